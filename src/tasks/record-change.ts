/**
 * Writes to the ledger: a change is decided on the task as it is, stored as an event, and whatever
 * hangs on it (reminders) is done in the same transaction.
 *
 * Two people at once: the second finds the revision taken, reads again and decides anew.
 */

import type { Actor, Task, TaskChange, TaskEvent, TaskSetup } from '../domain/task.ts'
import { BotError } from '../errors.ts'
import type { Store } from '../storage/store.ts'
import { type ChangeContext, type ChangeResult, changeTask } from './change-task.ts'
import { applyEvent } from './fold-task.ts'

export interface LedgerDependencies {
  readonly store: Store
  /** Called with the store of the transaction whenever what is pinged has changed. */
  readonly onScheduleChanged: (task: Task, store: Store) => Promise<void>
}

export type RecordResult =
  | { readonly kind: 'recorded'; readonly task: Task }
  | Extract<ChangeResult, { readonly kind: 'refused' }>

const TRIES = 4

/** Applies one change to one task. */
export async function recordChange(
  taskId: string,
  change: TaskChange,
  context: ChangeContext,
  { store, onScheduleChanged }: LedgerDependencies,
): Promise<RecordResult> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const result = await store.transaction(async (inside) => {
      const task = await inside.tasks.byId(taskId)
      if (!task) return unknownTask
      const decided = changeTask(task, change, context)
      if (decided.kind === 'refused') return decided
      const next = applyEvent(task, decided.event)
      if (!(await inside.tasks.append([decided.event], next))) return undefined
      if (next.scheduleRevision !== task.scheduleRevision) await onScheduleChanged(next, inside)
      return { kind: 'recorded', task: next } as const
    })
    if (result) return result
  }
  throw new BotError('task_contended', '这件事项正被多人同时修改，本次没有保存。请再试一次。', {
    retryable: true,
  })
}

/** Puts a task into the ledger; the same id again changes nothing. */
export async function createTask(
  id: string,
  { setup, status }: { readonly setup: TaskSetup; readonly status: 'draft' | 'needs-action' },
  {
    actor,
    at,
    basis,
  }: { readonly actor: Actor; readonly at: Temporal.Instant; readonly basis: string },
  { store, onScheduleChanged }: LedgerDependencies,
): Promise<Task> {
  const change: TaskChange = { kind: 'created', setup, status }
  const event: TaskEvent = { taskId: id, revision: 1, at, actor, basis, change }
  return store.transaction(async (inside) => {
    const known = await inside.tasks.byId(id)
    if (known) return known
    const task = applyEvent(undefined, event)
    await inside.tasks.append([event], task)
    if (status !== 'draft') await onScheduleChanged(task, inside)
    return task
  })
}

/** Splits a task into parts that inherit what they do not say themselves; the whole is closed. */
export async function splitTask(
  taskId: string,
  parts: readonly { readonly id: string; readonly title: string }[],
  context: ChangeContext,
  dependencies: LedgerDependencies,
): Promise<RecordResult> {
  return dependencies.store.transaction(async (inside) => {
    const within = { ...dependencies, store: inside }
    const whole = await inside.tasks.byId(taskId)
    if (!whole) return unknownTask
    const intoTaskIds = parts.map(({ id }) => id)
    const result = await recordChange(taskId, { kind: 'split', intoTaskIds }, context, within)
    if (result.kind === 'refused') return result
    for (const { id, title } of parts) {
      await createTask(id, { setup: partOf(whole, title), status: 'needs-action' }, context, within)
    }
    return result
  })
}

/** A part has the whole's owner, day and source, and no figure: the figure was the whole's. */
function partOf(whole: Task, title: string): TaskSetup {
  const { source, theme, ownerPhrase, assignees, deadline, startsOn, readableBy } = whole
  return {
    title,
    assignees,
    startsOn,
    readableBy,
    parentId: whole.id,
    ...(source && { source }),
    ...(theme !== undefined && { theme }),
    ...(ownerPhrase !== undefined && { ownerPhrase }),
    ...(deadline && { deadline }),
  }
}

const unknownTask: RecordResult = {
  kind: 'refused',
  code: 'unknown_task',
  text: '没有找到这件事项，可能已被删除。',
}
