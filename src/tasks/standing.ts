/**
 * How a task stands on a day: 序时进度 and its colour.
 *
 * 序时进度 is the share of the time that is over, from the day the task counts from to its last day:
 * by then the same share of the figure ought to be reached.
 * 蓝: on schedule. 黄: behind it, or within a week of the limit with no figure to go by. 红: overdue,
 * or above a figure that must not be exceeded.
 */
import { isOpen, type ProgressReport, type Task } from '../domain/task.ts'

export type Colour = 'blue' | 'yellow' | 'red'

export interface Standing {
  /** Absent once the task is closed. */
  readonly colour?: Colour
  /** Share of the time that is over, 0 to 1; absent without a day. */
  readonly elapsed?: number
  /** Share of the target that is reached, from 0, above 1 when exceeded; absent without a target. */
  readonly reached?: number
  /** Days until the last day on time: 0 on it, negative when overdue; absent without a day. */
  readonly daysLeft?: number
  readonly latest?: ProgressReport
}

export const COLOUR_NAMES: Readonly<Record<Colour, string>> = {
  blue: '蓝',
  yellow: '黄',
  red: '红',
}

/** Without a figure, this close to its last day a task wants attention. Days. */
const NEAR_DAYS = 7

export function standingOf(task: Task, today: Temporal.PlainDate): Standing {
  const latest = task.progress.at(-1)
  const dueOn = task.deadline?.dueOn
  const daysLeft = dueOn && today.until(dueOn).days
  const elapsed = dueOn && shareElapsed(task.startsOn, dueOn, today)
  const reached = task.target && shareReached(task.target.value, latest?.value ?? 0)
  const colour = isOpen(task) ? colourOf(task, { daysLeft, elapsed, reached }) : undefined
  return {
    ...(colour && { colour }),
    ...(elapsed !== undefined && { elapsed }),
    ...(reached !== undefined && { reached }),
    ...(daysLeft !== undefined && { daysLeft }),
    ...(latest && { latest }),
  }
}

type Measures = { readonly [Key in 'daysLeft' | 'elapsed' | 'reached']: number | undefined }

function colourOf(task: Task, { daysLeft, elapsed, reached }: Measures): Colour {
  if (daysLeft !== undefined && daysLeft < 0) return 'red'
  if (task.target?.bound === 'at-most') return (reached ?? 0) > 1 ? 'red' : 'blue'
  if (reached !== undefined && reached >= 1) return 'blue'
  if (reached !== undefined && elapsed !== undefined) return reached < elapsed ? 'yellow' : 'blue'
  return daysLeft !== undefined && daysLeft <= NEAR_DAYS ? 'yellow' : 'blue'
}

/** The first day counts as over when it is over: on the day a task begins nothing is expected yet. */
function shareElapsed(from: Temporal.PlainDate, to: Temporal.PlainDate, today: Temporal.PlainDate) {
  const whole = from.until(to).days + 1
  const over = from.until(today).days
  if (whole <= 0) return 1
  return Math.min(1, Math.max(0, over / whole))
}

function shareReached(target: number, value: number): number {
  return target === 0 ? 1 : value / target
}
