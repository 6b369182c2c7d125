import type { Engine } from '../database.ts'
import type { Migration } from '../migrate.ts'

/** The ledger. Events can be added and nothing else: the database itself refuses the rest. */
export const ledgerTables: Migration = {
  number: 12,
  name: 'ledger',
  statements: (engine) => [
    `create table tasks (
      id text primary key,
      revision integer not null,
      schedule_revision integer not null,
      status text not null,
      title text not null,
      search_text text not null,
      document_id text,
      series_id text,
      due_on text,
      body text not null
    )`,
    `create index tasks_open on tasks (id) where due_on is not null
      and status in ('needs-action', 'in-process', 'in-review')`,
    'create index tasks_by_status on tasks (status, due_on)',
    'create index tasks_by_document on tasks (document_id) where document_id is not null',
    'create index tasks_by_series on tasks (series_id) where series_id is not null',
    `create table task_events (
      task_id text not null,
      revision integer not null,
      at bigint not null,
      actor text not null,
      basis text not null,
      change text not null,
      event text not null,
      primary key (task_id, revision)
    )`,
    'create index task_events_by_time on task_events (at)',
    ...refuseChanges(engine),
    `create table task_assignees (
      assignee text not null,
      task_id text not null,
      primary key (assignee, task_id)
    )`,
    'create index task_assignees_by_task on task_assignees (task_id)',
    `create table task_series (
      id text primary key,
      body text not null
    )`,
    `create table reminders (
      id text primary key,
      task_id text not null,
      schedule_revision integer not null,
      person_id text not null,
      audience text not null,
      rung text not null,
      rung_kind text not null,
      severity integer not null,
      send_at bigint not null,
      state text not null check (state in ('scheduled', 'enqueued', 'suppressed')),
      reason text,
      delivery_id text
    )`,
    `create index reminders_due on reminders (send_at, person_id) where state = 'scheduled'`,
    `create index reminders_of_person on reminders (person_id, send_at) where state = 'scheduled'`,
    'create index reminders_of_task on reminders (task_id)',
  ],
}

function refuseChanges(engine: Engine): readonly string[] {
  if (engine === 'sqlite') {
    return ['update', 'delete'].map(
      (verb) => `create trigger task_events_no_${verb} before ${verb} on task_events
        begin select raise(abort, 'task_events is append-only'); end`,
    )
  }
  return [
    `create function refuse_task_event_change() returns trigger language plpgsql as
      $$ begin raise exception 'task_events is append-only'; end $$`,
    `create trigger task_events_append_only before update or delete on task_events
      for each row execute function refuse_task_event_change()`,
  ]
}
