/** From a {@link Recurrence} to its rule and its next three days. */
import type { RecurringValue } from './expression.ts'
import type { Recurrence } from './point.ts'
import { ruleOf } from './recurrence-rule.ts'
import { isPlain, nextDays } from './recurring-days.ts'
import type { Resolver } from './resolve-point.ts'
import { impossible, type ResolvedItem } from './resolved-item.ts'

const PERIODS: Readonly<Record<Recurrence['unit'], readonly [number, 'D' | 'W' | 'M' | 'Y']>> = {
  day: [1, 'D'],
  'working-day': [1, 'D'],
  week: [1, 'W'],
  dekad: [10, 'D'],
  month: [1, 'M'],
  quarter: [3, 'M'],
  half: [6, 'M'],
  year: [1, 'Y'],
}

/** The value of a recurrence. */
export function resolveRecurrence(recurrence: Recurrence, resolver: Resolver): ResolvedItem {
  const next = nextDays(recurrence, resolver)
  if (next.length === 0 && !isPlain(recurrence)) return impossible()
  const value: RecurringValue = {
    kind: 'recur',
    rrule: ruleOf(recurrence, next, resolver),
    period: periodOf(recurrence),
    next,
    ...(recurrence.clock && recurrence.clock.hour < 24
      ? { time: Temporal.PlainTime.from(recurrence.clock) }
      : {}),
  }
  const estimated = next.some(
    (day) => usesCalendar(recurrence) && resolver.calendar.isEstimated(day),
  )
  const assumptions = estimated ? ['放假安排尚未公布，工作日按法定节日推定'] : []
  return { value, basis: { rule: '周期', assumptions } }
}

function usesCalendar({ unit, items }: Recurrence): boolean {
  return (
    unit === 'working-day' ||
    items.some((item) => item.kind === 'point' && item.point.nth?.of === 'working-day')
  )
}

function periodOf({ every, unit }: Recurrence): string {
  const [count, letter] = PERIODS[unit]
  return `P${count * every}${letter}`
}
