import type { Migration } from '../migrate.ts'

/** What came in and what goes out. The order of arrival is `seq`: per conversation it is kept. */
export const messageTables: Migration = {
  number: 10,
  name: 'messages',
  statements: (engine) => [
    `create table inbox (
      seq ${engine === 'sqlite' ? 'integer primary key autoincrement' : 'bigserial primary key'},
      channel text not null,
      message_id text not null,
      conversation text not null,
      message text not null,
      state text not null check (state in ('waiting', 'leased', 'done', 'dead')),
      not_before_at bigint not null,
      lease_token text,
      lease_until_at bigint,
      attempts integer not null default 0,
      accepted_at bigint not null,
      settled_at bigint,
      unique (channel, message_id)
    )`,
    `create index inbox_open on inbox (conversation, seq) where state in ('waiting', 'leased')`,
    `create index inbox_due on inbox (seq) where state in ('waiting', 'leased')`,
    'create index inbox_settled on inbox (settled_at) where settled_at is not null',
    `create table outbox (
      seq ${engine === 'sqlite' ? 'integer primary key autoincrement' : 'bigserial primary key'},
      id text not null unique,
      channel text not null,
      conversation_id text not null,
      destination text not null,
      content text not null,
      fallbacks text not null,
      not_before_at bigint not null,
      state text not null check (state in ('waiting', 'leased', 'sent', 'dead', 'suppressed')),
      lease_token text,
      lease_until_at bigint,
      attempts integer not null default 0,
      outcome_unknown integer not null default 0,
      reason text,
      settled_at bigint
    )`,
    `create index outbox_waiting on outbox (not_before_at) where state = 'waiting'`,
    `create index outbox_leased on outbox (lease_until_at) where state = 'leased'`,
    'create index outbox_conversation on outbox (channel, conversation_id, seq)',
    `create index outbox_dead on outbox (seq) where state = 'dead'`,
    'create index outbox_settled on outbox (settled_at) where settled_at is not null',
    `create table pending_commands (
      id text primary key,
      channel text not null,
      account_id text not null,
      conversation_id text not null,
      request text not null,
      expires_at bigint not null,
      outcome text
    )`,
    `create unique index pending_commands_open on pending_commands
      (channel, account_id, conversation_id) where outcome is null`,
    'create index pending_commands_expiry on pending_commands (expires_at)',
  ],
}
