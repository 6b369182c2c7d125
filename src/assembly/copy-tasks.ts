/**
 * Keeps a copy of the ledger's tasks in people's own Feishu task lists (FEISHU_TASKS=on): one way
 * only, the ledger is the truth. A copy is written when the task has a revision that was not copied
 * yet; which ones were is remembered in a cache, and writing one again does no harm.
 */
import type { App } from '../app.ts'
import type { FeishuChannel } from '../channels/feishu/feishu-channel.ts'
import type { TaskCopy } from '../channels/feishu/sync-task.ts'
import type { Person } from '../domain/person.ts'
import { isOpen, OPEN_STATUSES, type Task } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'
import { createDirectory, type Directory, findRecipients } from '../tasks/find-recipients.ts'
import { startWorkLoop, type WorkLoop } from '../work-loop.ts'

const CHANNEL = 'feishu'
/** Tasks looked at in one round, soonest due first. */
const MOST_TASKS = 1_000
/** As long as a year's plan runs, and a bit. */
const REMEMBERED_MS = 400 * 24 * 60 * 60 * 1000

/** How often the ledger is gone through. */
const COPY_EVERY = { minutes: 5 }

/** Copies now and then, as long as the month has calls to spare. */
export function startTaskCopies(app: App, feishu: FeishuChannel): WorkLoop {
  const { store, clock, logger } = app
  const kept = app.cache.keyv('feishu-tasks')
  let nextAt = clock.now()
  const copy = async (signal: AbortSignal) => {
    if (Temporal.Instant.compare(clock.now(), nextAt) < 0) return false
    nextAt = clock.now().add(COPY_EVERY) // before the work: a failure waits as long
    const { isReady, isSaving } = feishu.health()
    if (isReady && !isSaving) await copyTasks({ store, kept, put: feishu.tasks.put, signal })
    return false
  }
  return startWorkLoop(copy, {
    clock,
    nextDueAt: async () => nextAt,
    onError: (error) => logger.warn('task_copy_failed', { error }),
  })
}

export interface CopyTools {
  readonly store: Pick<Store, 'tasks' | 'people'>
  /** What was copied: the two calls of keyv. */
  readonly kept: {
    get(key: string): Promise<unknown>
    set(key: string, value: unknown, ttl?: number): Promise<unknown>
  }
  /** @throws {DeliveryError} */
  readonly put: (task: TaskCopy, signal: AbortSignal) => Promise<void>
  readonly signal: AbortSignal
}

/** Copies what changed since the last time; returns how many. @throws {DeliveryError} */
export async function copyTasks({ store, kept, put, signal }: CopyTools): Promise<number> {
  const statuses = [...OPEN_STATUSES, 'completed', 'cancelled', 'superseded'] as const
  const tasks = await store.tasks.find({ statuses, limit: MOST_TASKS })
  const directory = createDirectory(await store.people.all())
  let copied = 0
  for (const task of tasks) {
    const key = `task/${task.id}`
    const before = await kept.get(key)
    const accountIds = accountsOf(task, directory)
    const isNews = before !== task.revision && accountIds.length > 0
    // What was over before it was ever copied is nobody's task any more.
    if (!isNews || (before === undefined && !isOpen(task))) continue
    await put(copyOf(task, accountIds), signal)
    await kept.set(key, task.revision, REMEMBERED_MS)
    copied += 1
  }
  return copied
}

function accountsOf(task: Task, directory: Directory): readonly string[] {
  return findRecipients(task, directory)
    .owners.map((id) => directory.byId(id))
    .flatMap((person) => (person ? feishuAccount(person) : []))
}

const feishuAccount = ({ accounts }: Person) =>
  accounts
    .filter(({ channel, kind }) => channel === CHANNEL && kind !== 'group')
    .map(({ accountId }) => accountId)

function copyOf(task: Task, accountIds: readonly string[]): TaskCopy {
  const { source, deadline, closedAt } = task
  return {
    id: task.id,
    title: task.title,
    description: source ? `《${source.documentTitle}》：“${source.quote}”` : '',
    accountIds,
    ...(deadline?.dueOn && { dueOn: deadline.dueOn }),
    ...(!isOpen(task) && closedAt && { completedAt: closedAt }),
  }
}
