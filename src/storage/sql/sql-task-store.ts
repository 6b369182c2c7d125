/**
 * The ledger in SQL. The primary key (task, revision) of the events is the lock: of two changes made
 * from the same revision the second finds its place taken and stores nothing.
 */
import { sql } from 'kysely'
import type { Assignee, Task, TaskEvent } from '../../domain/task.ts'
import type { TaskFilter, TaskStore } from '../task-store.ts'
import type { Database } from './database.ts'
import { readJson, storedInstant, storedJson } from './stored-values.ts'

export interface TaskTables {
  tasks: {
    id: string
    revision: number
    schedule_revision: number
    status: string
    title: string
    search_text: string
    document_id: string | null
    series_id: string | null
    due_on: string | null
    body: string
  }
  task_events: {
    task_id: string
    revision: number
    at: number
    actor: string
    basis: string
    change: string
    event: string
  }
  task_assignees: { assignee: string; task_id: string }
  task_series: { id: string; body: string }
}

export function sqlTaskStore(database: Database): TaskStore {
  const bodies = () => database.db.selectFrom('tasks').select('body')
  return {
    append: (events, task) => append(database, events, task),
    byId: async (id) => {
      const row = await bodies().where('id', '=', id).executeTakeFirst()
      return row && readTask(row)
    },
    byIds: async (ids) =>
      ids.length === 0
        ? []
        : (
            await bodies()
              .where('id', 'in', [...ids])
              .execute()
          ).map(readTask),
    find: (filter) => find(database, filter),
    events: async (taskId) => {
      const rows = await database.db
        .selectFrom('task_events')
        .select('event')
        .where('task_id', '=', taskId)
        .orderBy('revision')
        .execute()
      return rows.map((row) => readJson<TaskEvent>(row.event))
    },
    openPage: async (afterId, limit) => {
      const { rows } = await sql<{ body: string }>`
        select body from tasks where id > ${afterId} and due_on is not null
          and status in ('needs-action', 'in-process', 'in-review')
        order by id limit ${limit}`.execute(database.db)
      return rows.map(readTask)
    },
    saveSeries: async (series) => {
      const body = storedJson(series)
      await database.db
        .insertInto('task_series')
        .values({ id: series.id, body })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ body }))
        .execute()
    },
    series: async () => {
      const rows = await database.db
        .selectFrom('task_series')
        .select('body')
        .orderBy('id')
        .execute()
      return rows.map((row) => readJson(row.body))
    },
  }
}

const readTask = ({ body }: { readonly body: string }): Task => readJson(body)

function append(
  database: Database,
  events: readonly [TaskEvent, ...TaskEvent[]],
  task: Task,
): Promise<boolean> {
  return database.transaction(async (inner) => {
    if (!(await addEvents(inner, events))) return false
    const row = rowOf(task)
    await inner.db
      .insertInto('tasks')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    if (events.some(({ change }) => change.kind !== 'acknowledged')) await setAssignees(inner, task)
    return true
  })
}

async function addEvents({ db }: Database, events: readonly TaskEvent[]): Promise<boolean> {
  const [first] = events
  if (first && first.revision > 1 && !(await hasRevision(db, first))) return false
  for (const event of events) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('task_events')
      .values({
        task_id: event.taskId,
        revision: event.revision,
        at: storedInstant(event.at),
        actor: event.actor.kind === 'person' ? event.actor.personId : event.actor.name,
        basis: event.basis,
        change: event.change.kind,
        event: storedJson(event),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) return false
  }
  return true
}

/** Locks the task's row on PostgreSQL, so that a claim that reads it waits for the change or precedes it. */
async function hasRevision(db: Database['db'], event: TaskEvent): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tasks')
    .set({ revision: event.revision })
    .where('id', '=', event.taskId)
    .where('revision', '=', event.revision - 1)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

async function setAssignees({ db }: Database, task: Task) {
  await db.deleteFrom('task_assignees').where('task_id', '=', task.id).execute()
  const keys = new Set(task.assignees.map(assigneeKey))
  if (keys.size === 0) return
  await db
    .insertInto('task_assignees')
    .values([...keys].map((assignee) => ({ assignee, task_id: task.id })))
    .execute()
}

/** A task as its row: what is searched lies in columns, the rest in `body`. */
export function rowOf(task: Task): TaskTables['tasks'] {
  const { source } = task
  return {
    id: task.id,
    revision: task.revision,
    schedule_revision: task.scheduleRevision,
    status: task.status,
    title: task.title,
    search_text: [task.title, source?.listTitle, source?.quote].filter(Boolean).join('\n'),
    document_id: source?.documentId ?? null,
    series_id: task.seriesId ?? null,
    due_on: task.deadline?.dueOn?.toString() ?? null,
    body: storedJson(task),
  }
}

async function find({ db }: Database, filter: TaskFilter): Promise<readonly Task[]> {
  let query = db.selectFrom('tasks').select('body')
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  if (filter.documentId !== undefined) query = query.where('document_id', '=', filter.documentId)
  if (filter.seriesId !== undefined) query = query.where('series_id', '=', filter.seriesId)
  for (const word of filter.words ?? []) {
    query = query.where(sql<boolean>`search_text like ${`%${escapeLike(word)}%`} escape '\\'`)
  }
  if (filter.assignedTo) {
    const keys = filter.assignedTo.map(assigneeKey)
    if (keys.length === 0) return []
    query = query.where('id', 'in', (inner) =>
      inner.selectFrom('task_assignees').select('task_id').where('assignee', 'in', keys),
    )
  }
  const rows = await query
    .orderBy(sql`due_on is null`)
    .orderBy('due_on')
    .orderBy('id')
    .limit(filter.limit)
    .execute()
  return rows.map(readTask)
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)
}

function assigneeKey(assignee: Assignee): string {
  switch (assignee.kind) {
    case 'person':
      return `person:${assignee.personId}`
    case 'unit':
      return `unit:${assignee.unit}`
    case 'role':
      return `role:${assignee.role}`
  }
}
