/**
 * Recurring tasks: lays down the occurrences of every series ahead of time, one task for each.
 *
 * An occurrence's id is made from the series and its day, so that running this again, or on two
 * replicas, makes none twice. Days come from the words of the series, counted from its own rule and
 * never from when the last one was done: nothing drifts, completing one moves no other.
 */
import { createHash } from 'node:crypto'
import type { Task, TaskSeries } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'
import type { DateContext } from '../text/dates/expression.ts'
import { parseDates } from '../text/dates/parse-dates.ts'
import { createTask } from './record-change.ts'

export interface SeriesDependencies {
  readonly store: Store
  readonly now: Temporal.Instant
  /** `ref` is now, on the union's clock. */
  readonly context: DateContext
  readonly onScheduleChanged: (task: Task, store: Store) => Promise<void>
}

/** Occurrences due within this many days exist as tasks, and always the next one. */
const AHEAD_DAYS = 35

/** Returns how many series got further. */
export async function continueSeries(dependencies: SeriesDependencies): Promise<number> {
  const { store, context } = dependencies
  const all = await store.tasks.series()
  let continued = 0
  for (const series of all) {
    const days = occurrences(series, context)
    if (days.length === 0) continue
    await store.transaction((inside) => layDown(series, days, { ...dependencies, store: inside }))
    continued += 1
  }
  return continued
}

/** The next day of the series and every further one that is near, from where it was planned through. */
export function occurrences(
  series: TaskSeries,
  context: DateContext,
): readonly Temporal.PlainDate[] {
  const today = context.ref.toPlainDate()
  const until = today.add({ days: AHEAD_DAYS })
  const planned = series.plannedThrough
  const days: Temporal.PlainDate[] = []
  let from = latest(series.startsOn, today)
  if (planned) from = latest(from, planned.add({ days: 1 }))
  for (;;) {
    const next = nextOn(series.phrase, from, context)
    if (!next || (series.endsOn && Temporal.PlainDate.compare(next, series.endsOn) > 0)) return days
    const isNear = Temporal.PlainDate.compare(next, until) <= 0
    const hasNext = days.length > 0 || (planned && Temporal.PlainDate.compare(planned, today) >= 0)
    if (!isNear && hasNext) return days
    days.push(next)
    from = next.add({ days: 1 })
  }
}

function nextOn(phrase: string, from: Temporal.PlainDate, context: DateContext) {
  const [read] = parseDates(phrase, { ...context, ref: from.toPlainDateTime() })
  return read?.value.kind === 'recur' ? read.value.next[0] : undefined
}

async function layDown(
  series: TaskSeries,
  days: readonly Temporal.PlainDate[],
  { store, now, onScheduleChanged, context }: SeriesDependencies,
): Promise<void> {
  const created = { actor: series.createdBy, at: now, basis: `series:${series.id}` }
  for (const dueOn of days) {
    const setup = {
      ...series.setup,
      seriesId: series.id,
      startsOn: context.ref.toPlainDate(),
      deadline: { phrase: series.phrase, dueOn },
    }
    const id = occurrenceId(series.id, dueOn)
    await createTask(id, { setup, status: 'needs-action' }, created, { store, onScheduleChanged })
  }
  const last = days.at(-1)
  if (last) await store.tasks.saveSeries({ ...series, plannedThrough: last })
}

function occurrenceId(seriesId: string, on: Temporal.PlainDate): string {
  return createHash('sha256').update(`${seriesId}/${on}`).digest('hex').slice(0, 32)
}

function latest(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? b : a
}
