/**
 * A task is the fold of its events: the stored task is only a copy that is quick to read, and folding
 * the history again gives the same.
 *
 * Whether a change may happen is change-task.ts's business; here every event already happened.
 */
import type {
  Task,
  TaskChange,
  TaskCorrections,
  TaskEvent,
  TaskSetup,
  TaskStatus,
} from '../domain/task.ts'

/** The task after all its events, oldest first; undefined for no events. */
export function foldTask(events: readonly TaskEvent[]): Task | undefined {
  return events.reduce<Task | undefined>(applyEvent, undefined)
}

/** @throws {Error} when the first event does not create the task: a damaged history. */
export function applyEvent(task: Task | undefined, event: TaskEvent): Task {
  if (event.change.kind === 'created')
    return createdTask(event, event.change.setup, event.change.status)
  if (!task) throw new Error(`History of task ${event.taskId} does not begin with its creation.`)
  const card = { ...task, ...effectOf(task, event, event.change), revision: event.revision }
  const changed = withoutAbsent(card)
  if (!changesSchedule(task, changed, event.change)) return changed
  return withoutAbsent({
    ...changed,
    acknowledgedAt: undefined,
    scheduleRevision: task.scheduleRevision + 1,
    schedule: scheduleOf(event),
  })
}

const scheduleOf = ({ at, actor, change }: TaskEvent) => ({ at, by: actor, cause: change.kind })

function createdTask(event: TaskEvent, setup: TaskSetup, status: TaskStatus): Task {
  return {
    ...setup,
    id: event.taskId,
    revision: event.revision,
    scheduleRevision: 1,
    schedule: scheduleOf(event),
    status,
    progress: [],
    createdAt: event.at,
    createdBy: event.actor,
  }
}

/** What a change takes away is undefined here. */
type Effect = { readonly [Key in keyof Task]?: Task[Key] | undefined }

function effectOf(task: Task, event: TaskEvent, change: TaskChange): Effect {
  return effectOnWork(task, event, change) ?? effectOnLife(event, change)
}

/** What changes the task's terms and its progress; undefined for what changes its state only. */
function effectOnWork(task: Task, event: TaskEvent, change: TaskChange): Effect | undefined {
  switch (change.kind) {
    case 'confirmed':
      return { ...correct(change.corrections), status: 'needs-action' }
    case 'edited':
      return correct(change.corrections)
    case 'readership-changed':
      return { readableBy: change.readableBy }
    case 'assigned':
      return { assignees: change.assignees, transferredFrom: undefined, snoozedUntil: undefined }
    case 'transferred':
      // Whoever takes over has asked for no rest.
      return {
        assignees: change.to,
        transferredFrom: task.assignees,
        status: 'needs-action',
        snoozedUntil: undefined,
      }
    case 'transfer-declined':
      return {
        assignees: task.transferredFrom ?? task.assignees,
        transferredFrom: undefined,
        snoozedUntil: undefined,
      }
    case 'extension-requested':
      return { extensionRequest: change.deadline }
    case 'extension-declined':
      return { extensionRequest: undefined }
    case 'extended':
      return { deadline: change.deadline, extensionRequest: undefined, snoozedUntil: undefined }
    case 'progress-reported':
      return {
        ...started(task),
        acknowledgedAt: event.at,
        progress: [...task.progress, reportOf(event, change)],
      }
    case 'remarked':
      return { ...started(task), acknowledgedAt: event.at }
    default:
      return undefined
  }
}

function effectOnLife(event: TaskEvent, change: TaskChange): Effect {
  switch (change.kind) {
    case 'proposed':
      return { status: 'proposed', closedAt: undefined }
    case 'accepted':
      return { status: 'in-process', acknowledgedAt: event.at, transferredFrom: undefined }
    case 'acknowledged':
      return { acknowledgedAt: event.at }
    case 'snoozed':
      return { snoozedUntil: change.until, acknowledgedAt: event.at }
    case 'submitted':
      return { status: 'in-review' }
    case 'returned':
      return { status: 'in-process' }
    case 'reopened':
      return { status: 'in-process', closedAt: undefined, snoozedUntil: undefined }
    case 'rejected':
    case 'completed':
    case 'cancelled':
    case 'superseded':
      return { status: change.kind, closedAt: event.at }
    case 'split':
      return { status: 'superseded', closedAt: event.at }
    default:
      return {}
  }
}

/** Whoever reports has the task in hand. */
function started(task: Task): Effect {
  return task.status === 'needs-action' ? { status: 'in-process' } : {}
}

function correct({ title, theme, assignees, deadline, target }: TaskCorrections): Effect {
  return {
    ...(title !== undefined && { title }),
    ...(theme !== undefined && { theme }),
    ...(assignees && { assignees }),
    ...(deadline && { deadline }),
    ...(target && { target }),
  }
}

function reportOf(event: TaskEvent, change: Extract<TaskChange, { kind: 'progress-reported' }>) {
  const { value, unit, note } = change
  return { value, unit, ...(note !== undefined && { note }), by: event.actor, at: event.at }
}

/** Reminders planned before such a change are void: their key names the revision they were made for. */
function changesSchedule(before: Task, after: Task, change: TaskChange): boolean {
  if (change.kind === 'snoozed' || change.kind === 'reopened') return true
  return (
    before.deadline?.dueOn?.toString() !== after.deadline?.dueOn?.toString() ||
    JSON.stringify(before.assignees) !== JSON.stringify(after.assignees) ||
    before.theme !== after.theme ||
    (before.closedAt === undefined) !== (after.closedAt === undefined)
  )
}

/** Absence is an absent key: a stored task that is read back equals the fold of its events. */
function withoutAbsent(task: Effect): Task {
  const present = Object.entries(task).filter(([, value]) => value !== undefined)
  return Object.fromEntries(present) as unknown as Task
}
