/** The RFC 5545 rule of a recurrence; where no rule can say it, the nearest one. */
import type { Item, Point, Recurrence } from './point.ts'
import { advance, daysIn } from './recurring-days.ts'
import type { Resolver } from './resolve-point.ts'

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

export function ruleOf(
  recurrence: Recurrence,
  next: readonly Temporal.PlainDate[],
  resolver: Resolver,
): string {
  const { every, unit } = recurrence
  const interval = every > 1 ? `;INTERVAL=${every}` : ''
  switch (unit) {
    case 'day':
      return `FREQ=DAILY${interval}`
    case 'working-day':
      return 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'
    case 'dekad':
      return 'FREQ=MONTHLY;BYMONTHDAY=10,20,-1'
    case 'week':
      return `FREQ=WEEKLY${interval}${weekdaysOf(recurrence)}`
    case 'month':
      return `FREQ=MONTHLY${interval}${monthDaysOf(recurrence)}`
    default:
      return yearlyRule(recurrence, next, resolver)
  }
}

function weekdaysOf({ items }: Recurrence): string {
  const days = points(items).flatMap(({ weekday }) => (weekday ? [WEEKDAYS[weekday - 1]] : []))
  return days.length > 0 ? `;BYDAY=${days.join(',')}` : ''
}

function points(items: readonly Item[]): Point[] {
  return items.map((item) => (item.kind === 'point' ? item.point : item.to))
}

const PART_DAYS: Partial<Record<NonNullable<Point['part']>, number>> = {
  end: -1,
  start: 10,
  middle: 20,
  dekad1: 10,
  dekad2: 20,
  dekad3: -1,
  dekads12: 20,
  dekads23: -1,
  half1: 15,
  half2: -1,
}

function monthDaysOf({ items, afterEnd }: Recurrence): string {
  if (afterEnd?.unit === 'day') return `;BYMONTHDAY=${afterEnd.amount}`
  const [first] = points(items)
  if (first?.nth) return nthRule(first.nth)
  const days = points(items).flatMap(({ day, part }) => {
    if (day?.kind === 'number') return [day.number]
    const last = part ? PART_DAYS[part] : undefined
    return last === undefined ? [] : [last]
  })
  return days.length > 0 ? `;BYMONTHDAY=${days.join(',')}` : ''
}

function nthRule({ of, ordinal, weekday }: NonNullable<Point['nth']>): string {
  if (of === 'working-day') return `;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${ordinal}`
  if (of === 'weekday') return `;BYDAY=${ordinal}${WEEKDAYS[(weekday ?? 1) - 1]}`
  if (of === 'day') return `;BYMONTHDAY=${ordinal}`
  return `;BYDAY=SU;BYSETPOS=${ordinal}`
}

/** Months and the day of the month of a whole year's occurrences, when they share one. */
function yearlyRule(
  recurrence: Recurrence,
  next: readonly Temporal.PlainDate[],
  resolver: Resolver,
): string {
  const { every, unit } = recurrence
  if (next.length === 0) {
    const months = { quarter: 3, half: 6, year: 12 }[unit as 'quarter' | 'half' | 'year'] * every
    return months % 12 === 0
      ? `FREQ=YEARLY${months > 12 ? `;INTERVAL=${months / 12}` : ''}`
      : `FREQ=MONTHLY;INTERVAL=${months}`
  }
  const days = wholeYear(recurrence, resolver)
  const months = [...new Set(days.map(({ month }) => month))].toSorted((a, b) => a - b)
  const numbers = [...new Set(days.map(({ day }) => day))]
  const isMonthEnd = days.every((day) => day.day === day.daysInMonth)
  const day = numbers.length === 1 ? numbers[0] : isMonthEnd ? -1 : undefined
  return [
    'FREQ=YEARLY',
    ...(every > 1 ? [`INTERVAL=${every}`] : []),
    `BYMONTH=${months.join(',')}`,
    ...(day === undefined ? [] : [`BYMONTHDAY=${day}`]),
  ].join(';')
}

function wholeYear(recurrence: Recurrence, resolver: Resolver): Temporal.PlainDate[] {
  const first = resolver.today.with({ month: 1, day: 1 })
  const once = { ...recurrence, every: 1 }
  const count = { quarter: 4, half: 2 }[recurrence.unit as string] ?? 1
  return Array.from({ length: count }, (_, index) => advance(once, first, index)).flatMap((start) =>
    daysIn(once, start, resolver),
  )
}
