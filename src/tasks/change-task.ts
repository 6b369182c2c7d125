/**
 * Which change a task accepts in which state. Pure: the caller stores the event that comes back.
 *
 * A refusal is an answer, not an error: its text says in plain Chinese why, and what to do instead.
 */
import type { Actor, Task, TaskChange, TaskEvent, TaskStatus } from '../domain/task.ts'

export type ChangeResult =
  | { readonly kind: 'changed'; readonly event: TaskEvent }
  | { readonly kind: 'refused'; readonly code: string; readonly text: string }

export interface ChangeContext {
  readonly actor: Actor
  readonly at: Temporal.Instant
  /** The day of `at` in the union's time zone. */
  readonly today: Temporal.PlainDate
  readonly basis: string
}

const OPEN = ['needs-action', 'in-process', 'in-review'] as const
const UNCONFIRMED = ['draft', 'proposed'] as const
const CLOSED = ['rejected', 'completed', 'cancelled', 'superseded'] as const

/** From which states each change is possible. */
const FROM: Readonly<Record<TaskChange['kind'], readonly TaskStatus[]>> = {
  created: [],
  proposed: ['draft', 'superseded'],
  confirmed: UNCONFIRMED,
  rejected: UNCONFIRMED,
  edited: [...UNCONFIRMED, ...OPEN],
  assigned: OPEN,
  accepted: ['needs-action'],
  transferred: OPEN,
  'transfer-declined': ['needs-action'],
  'extension-requested': OPEN,
  'extension-declined': OPEN,
  extended: OPEN,
  'progress-reported': OPEN,
  remarked: OPEN,
  acknowledged: OPEN,
  snoozed: OPEN,
  submitted: ['needs-action', 'in-process'],
  returned: ['in-review'],
  completed: OPEN,
  reopened: ['completed'],
  cancelled: [...UNCONFIRMED, ...OPEN],
  superseded: [...UNCONFIRMED, ...OPEN],
  split: OPEN,
  'readership-changed': [...UNCONFIRMED, ...OPEN, ...CLOSED],
}

/** How a state is called when it is in the way. */
export const STATUS_NAMES: Readonly<Record<TaskStatus, string>> = {
  draft: '待确认',
  proposed: '待确认',
  rejected: '已退回',
  'needs-action': '待签收',
  'in-process': '办理中',
  'in-review': '待办结审核',
  completed: '已办结',
  cancelled: '已取消',
  superseded: '已并入其他事项',
}

/** The event that records `change`, or why it cannot be. */
export function changeTask(task: Task, change: TaskChange, context: ChangeContext): ChangeResult {
  if (!FROM[change.kind].includes(task.status)) {
    return refuse('wrong_state', `「${task.title}」${STATUS_NAMES[task.status]}，不能再这样改。`)
  }
  const refusal = objectTo(task, change, context)
  if (refusal) return refusal
  const { actor, at, basis } = context
  return {
    kind: 'changed',
    event: { taskId: task.id, revision: task.revision + 1, at, actor, basis, change },
  }
}

function objectTo(task: Task, change: TaskChange, context: ChangeContext) {
  switch (change.kind) {
    case 'confirmed':
      return objectToPast(change.corrections.deadline?.dueOn ?? task.deadline?.dueOn, context)
    case 'edited':
      return objectToPast(change.corrections.deadline?.dueOn, context)
    case 'extended':
    case 'extension-requested':
      return objectToPast(change.deadline.dueOn, context) ?? objectToNoDay(change.deadline.dueOn)
    case 'assigned':
      return objectToNobody(change.assignees)
    case 'transferred':
      return objectToNobody(change.to)
    case 'transfer-declined':
      return task.transferredFrom
        ? undefined
        : refuse('not_transferred', `「${task.title}」不是转办来的，不能退回。`)
    case 'progress-reported':
      return objectToFigure(task, change)
    case 'snoozed':
      return objectToSnooze(task, change.until, context)
    default:
      return undefined
  }
}

function objectToPast(day: Temporal.PlainDate | undefined, { today }: ChangeContext) {
  if (!day || Temporal.PlainDate.compare(day, today) >= 0) return undefined
  return refuse('past_date', `${day} 已经过去，请给一个今天或以后的日期。`)
}

function objectToNoDay(day: Temporal.PlainDate | undefined) {
  return day ? undefined : refuse('no_date', '没有读出明确的日期，请说清是哪一天。')
}

function objectToNobody(assignees: readonly unknown[]) {
  return assignees.length > 0 ? undefined : refuse('nobody', '请说明交给谁办。')
}

/** A figure in another unit than the target's is never stored: 12人 is not 12个. */
function objectToFigure(task: Task, { value, unit }: { value: number; unit: string }) {
  if (!Number.isFinite(value) || value < 0) return refuse('bad_figure', '数字要是零或正数。')
  if (task.target && unit !== task.target.unit) {
    return refuse(
      'wrong_unit',
      `「${task.title}」按「${task.target.unit}」计数，您报的是「${unit}」。`,
    )
  }
  return undefined
}

/** A task is not put to sleep beyond its deadline: that is an extension, which a leader decides. */
function objectToSnooze(task: Task, until: Temporal.Instant, { at, today }: ChangeContext) {
  if (Temporal.Instant.compare(until, at) <= 0) return refuse('past_date', '这个时间已经过去。')
  const dueOn = task.deadline?.dueOn
  if (!dueOn || Temporal.PlainDate.compare(dueOn, today) < 0) return undefined
  const endOfDueDay = dueOn.add({ days: 1 }).toZonedDateTime('Asia/Shanghai').toInstant()
  if (Temporal.Instant.compare(until, endOfDueDay) < 0) return undefined
  return refuse('beyond_deadline', `${dueOn} 就到期了，要推迟请说「延到……」。`)
}

function refuse(code: string, text: string): ChangeResult {
  return { kind: 'refused', code, text }
}
