import type { Migration } from '../migrate.ts'

/** Accounts of the console, and the log of what was asked. */
export const consoleTables: Migration = {
  number: 20,
  name: 'console',
  statements: () => [
    `create table console_accounts (
      id text primary key,
      name text not null unique,
      role text not null check (role in ('worker', 'member', 'cadre', 'admin')),
      password_hash text not null,
      created_at bigint not null
    )`,
    `create table console_first (id integer primary key check (id = 1))`,
    `create table console_invitations (
      code_hash text primary key,
      role text not null,
      expires_at bigint not null
    )`,
    `create table console_sessions (
      token_hash text primary key,
      account_id text not null references console_accounts (id) on delete cascade,
      created_at bigint not null,
      seen_at bigint not null
    )`,
    'create index console_sessions_by_account on console_sessions (account_id)',
    `create table questions (
      id text primary key,
      asked_at bigint not null,
      channel text not null,
      question text not null,
      role text not null,
      jurisdiction_code text,
      kind text not null,
      reason text,
      document_ids text not null,
      latency_ms double precision not null,
      helpful integer,
      vote_reason text
    )`,
    'create index questions_by_time on questions (asked_at)',
  ],
}
