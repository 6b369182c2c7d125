import type { Migration } from '../migrate.ts'

/**
 * The audit log and the head of its chain. The engine itself refuses to change or delete an entry;
 * the chain of hashes shows it when somebody went past the engine.
 */
export const auditTables: Migration = {
  number: 3,
  name: 'audit',
  statements: (engine) => [
    `create table audit_entries (
      sequence bigint primary key,
      at bigint not null,
      actor text not null,
      action text not null,
      subject text not null,
      details text not null,
      hash text not null
    )`,
    'create index audit_entries_by_subject on audit_entries (subject, sequence)',
    `create table audit_head (
      id integer primary key check (id = 1),
      sequence bigint not null,
      hash text not null
    )`,
    `insert into audit_head (id, sequence, hash) values (1, 0, '')`,
    ...(engine === 'sqlite' ? SQLITE_GUARDS : POSTGRES_GUARDS),
  ],
}

const SQLITE_GUARDS = ['update', 'delete'].map(
  (action) => `create trigger audit_entries_refuse_${action} before ${action} on audit_entries
    begin select raise(abort, 'audit entries are never changed'); end`,
)

const POSTGRES_GUARDS = [
  `create function refuse_audit_change() returns trigger language plpgsql as
    $$ begin raise exception 'audit entries are never changed'; end $$`,
  `create trigger audit_entries_refuse_change before update or delete or truncate on audit_entries
    for each statement execute function refuse_audit_change()`,
]
