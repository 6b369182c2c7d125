/** Planned reminders in SQL. The id is the primary key: planning again inserts nothing. */
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Reminder, ReminderState, RungKind } from '../../domain/reminder.ts'
import type { ReminderRecord, ReminderStore } from '../reminder-store.ts'
import { batchesOf } from './batches.ts'
import type { Database } from './database.ts'
import { readInstant, storedInstant } from './stored-values.ts'

export interface ReminderTables {
  reminders: {
    id: string
    task_id: string
    schedule_revision: number
    person_id: string
    audience: 'owner' | 'leader'
    rung: string
    rung_kind: RungKind
    severity: number
    /** When it goes out: moves when it is postponed. */
    send_at: number
    /** When it should have gone out; null when it was never postponed. */
    planned_at: number | null
    state: ReminderState
    reason: string | null
    delivery_id: string | null
  }
}

type Row = Selectable<ReminderTables['reminders']>

export function sqlReminderStore(database: Database): ReminderStore {
  return {
    add: (reminders) => add(database, reminders),
    suppressStale: (taskId, current) => suppressStale(database, taskId, current),
    peopleDue: (options) => peopleDue(database, options),
    takeDue: (personId, now) => takeDue(database, personId, now),
    markEnqueued: (ids, deliveryId) =>
      change(database, ids, sql`state = 'enqueued', delivery_id = ${deliveryId}`),
    markSuppressed: (ids, reason) =>
      change(database, ids, sql`state = 'suppressed', reason = ${reason}`),
    postpone: (ids, until) =>
      change(
        database,
        ids,
        sql`planned_at = coalesce(planned_at, send_at), send_at = ${storedInstant(until)}`,
      ),
    overtaken: (ids) => overtaken(database, ids),
    ofTask: async (taskId) => {
      const rows = await database.db
        .selectFrom('reminders')
        .selectAll()
        .where('task_id', '=', taskId)
        .orderBy('send_at')
        .orderBy('severity')
        .orderBy('id')
        .execute()
      return rows.map(readRecord)
    },
    nextDueAt: async () => {
      const { rows } = await sql<{ at: number | null }>`
        select min(send_at) as at from reminders where state = 'scheduled'`.execute(database.db)
      const at = rows[0]?.at
      return at === null || at === undefined ? undefined : readInstant(at)
    },
  }
}

async function add({ db }: Database, reminders: readonly Reminder[]): Promise<number> {
  let added = 0
  for (const batch of batchesOf(reminders)) {
    const { numAffectedRows } = await sql`
      insert into reminders (id, task_id, schedule_revision, person_id, audience, rung, rung_kind,
        severity, send_at, state)
      values ${sql.join(batch.map(valuesOf))} on conflict (id) do nothing`.execute(db)
    added += Number(numAffectedRows ?? 0n)
  }
  return added
}

function valuesOf(reminder: Reminder): RawBuilder<unknown> {
  const { id, taskId, scheduleRevision, personId, audience, rung, sendAt } = reminder
  return sql`(${id}, ${taskId}, ${scheduleRevision}, ${personId}, ${audience}, ${rung.name},
    ${rung.kind}, ${rung.severity}, ${storedInstant(sendAt)}, 'scheduled')`
}

async function suppressStale(
  { db }: Database,
  taskId: string,
  { scheduleRevision, reason }: Parameters<ReminderStore['suppressStale']>[1],
): Promise<number> {
  const { numAffectedRows } = await sql`
    update reminders set state = 'suppressed', reason = ${reason}
    where task_id = ${taskId} and state = 'scheduled'
      and schedule_revision <> ${scheduleRevision ?? 0}`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

async function peopleDue({ db }: Database, options: Parameters<ReminderStore['peopleDue']>[0]) {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from reminders
    where state = 'scheduled' and send_at <= ${storedInstant(options.now)}
    group by person_id order by min(send_at), person_id limit ${options.limit}`.execute(db)
  return rows.map((row) => row.person_id)
}

async function takeDue(database: Database, personId: string, now: Temporal.Instant) {
  const skipLocked = database.engine === 'postgres' ? sql`for update skip locked` : sql``
  const { rows } = await sql<Row>`
    select * from reminders
    where person_id = ${personId} and state = 'scheduled' and send_at <= ${storedInstant(now)}
    order by send_at, severity, id ${skipLocked}`.execute(database.db)
  return rows.map(readReminder)
}

async function change({ db }: Database, ids: readonly string[], effect: RawBuilder<unknown>) {
  for (const batch of batchesOf(ids)) {
    await sql`update reminders set ${effect} where id in (${sql.join(batch)})`.execute(db)
  }
}

async function overtaken({ db }: Database, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select own.id from reminders own where own.id in (${sql.join(ids)}) and exists (
      select 1 from reminders other
      where other.task_id = own.task_id and other.person_id = own.person_id
        and other.schedule_revision = own.schedule_revision
        and other.severity > own.severity and other.state = 'enqueued')`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

function readReminder(row: Row): Reminder {
  return {
    id: row.id,
    taskId: row.task_id,
    scheduleRevision: row.schedule_revision,
    personId: row.person_id,
    audience: row.audience,
    rung: { name: row.rung, kind: row.rung_kind, severity: row.severity },
    sendAt: readInstant(row.planned_at ?? row.send_at),
  }
}

function readRecord(row: Row): ReminderRecord {
  return {
    ...readReminder(row),
    state: row.state,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.delivery_id !== null && { deliveryId: row.delivery_id }),
  }
}
