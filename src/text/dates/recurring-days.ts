/** The days of a recurrence, one period after another. */
import type { Item, Point, Recurrence } from './point.ts'
import { type Resolver, resolvePoint } from './resolve-point.ts'

const WANTED = 3

/** Periods looked at before giving up: 29 February comes every four years. */
const MOST_PERIODS = 60

export function nextDays(recurrence: Recurrence, resolver: Resolver): Temporal.PlainDate[] {
  const { today } = resolver
  if (recurrence.unit === 'day') return isPlain(recurrence) ? consecutive(today) : []
  if (recurrence.unit === 'working-day') return workingDays(resolver)
  if (isPlain(recurrence)) return []
  const found: Temporal.PlainDate[] = []
  let start = periodStart(recurrence, today)
  for (let tried = 0; tried < MOST_PERIODS && found.length < WANTED; tried += 1) {
    const days = daysIn(recurrence, start, resolver).filter(
      (day) => Temporal.PlainDate.compare(day, today) >= 0,
    )
    found.push(...days)
    const steps = found.length > 0 ? recurrence.every : 1
    start = advance(recurrence, start, steps)
  }
  return found.toSorted(Temporal.PlainDate.compare).slice(0, WANTED)
}

/** No day inside the period is named. */
export function isPlain({ items, afterEnd, every, unit }: Recurrence): boolean {
  return items.length === 0 && !afterEnd && (unit !== 'day' || every === 1)
}

function consecutive(today: Temporal.PlainDate): Temporal.PlainDate[] {
  return [0, 1, 2].map((days) => today.add({ days }))
}

function workingDays({ today, calendar }: Resolver): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = []
  for (let day = today; days.length < WANTED; day = day.add({ days: 1 })) {
    if (calendar.isWorkingDay(day)) days.push(day)
  }
  return days
}

/** One period before the present one, because what follows a period's end may still lie ahead. */
function periodStart(recurrence: Recurrence, today: Temporal.PlainDate): Temporal.PlainDate {
  const back = recurrence.afterEnd ? -1 : 0
  return advance(recurrence, startOf(recurrence, today), back)
}

function startOf({ unit, parity }: Recurrence, today: Temporal.PlainDate) {
  const length = { quarter: 3, half: 6, year: 12 }[unit as string]
  if (length) {
    const month = length * Math.floor((today.month - 1) / length) + 1
    return today.with({ month, day: 1 })
  }
  const isWeek = unit === 'week'
  const start = isWeek ? today.subtract({ days: today.dayOfWeek - 1 }) : today.with({ day: 1 })
  if (!parity) return start
  const isOdd = ((isWeek ? start.weekOfYear : start.month) ?? 1) % 2 === 1
  if (isOdd === (parity === 'odd')) return start
  return start.add(isWeek ? { weeks: 1 } : { months: 1 })
}

export function advance({ unit, parity }: Recurrence, start: Temporal.PlainDate, count: number) {
  const steps = parity ? 2 * Math.ceil(count / 2) : count
  if (unit === 'week') return start.add({ weeks: steps })
  const months = { quarter: 3, half: 6, year: 12 }[unit as string] ?? 1
  return start.add({ months: months * steps })
}

export function daysIn(
  recurrence: Recurrence,
  start: Temporal.PlainDate,
  resolver: Resolver,
): Temporal.PlainDate[] {
  if (recurrence.afterEnd) {
    const end = advance(recurrence, start, 1).subtract({ days: 1 })
    return [afterEnd(end, recurrence.afterEnd.amount, recurrence.afterEnd.unit, resolver)]
  }
  const frame = frameOf(recurrence, start)
  const { planYear, ...free } = resolver
  const inside = { ...free, today: start, role: 'deadline' as const }
  return recurrence.items
    .flatMap((item) => dueDay(item, frame, recurrence, inside))
    .toSorted(Temporal.PlainDate.compare)
}

function afterEnd(end: Temporal.PlainDate, amount: number, unit: string, { calendar }: Resolver) {
  if (unit === 'week') return end.add({ weeks: amount })
  if (unit === 'month') return end.add({ months: amount })
  if (unit !== 'working-day') return end.add({ days: amount })
  let day = end
  for (let left = amount; left > 0; ) {
    day = day.add({ days: 1 })
    if (calendar.isWorkingDay(day)) left -= 1
  }
  return day
}

function frameOf({ unit }: Recurrence, start: Temporal.PlainDate): Point {
  const year = { kind: 'absolute', year: start.year } as const
  const number = (value: number) => ({ kind: 'number', number: value }) as const
  switch (unit) {
    case 'week':
      return { week: { kind: 'shift', shift: 0 } }
    case 'year':
      return { year }
    case 'half':
      return { year, half: number(start.month > 6 ? 2 : 1) }
    case 'quarter':
      return { year, quarter: number((start.month + 2) / 3) }
    default:
      return { year, month: number(start.month) }
  }
}

/** The day on which it is due in this period: a stretch is due at its end, 春节前 on the eve. */
function dueDay(
  item: Item,
  frame: Point,
  { relation, unit }: Recurrence,
  resolver: Resolver,
): Temporal.PlainDate[] {
  const point = item.kind === 'point' ? item.point : item.to
  const { bare, ...own } = point
  const framed = bare ? { ...own, ...frame } : { ...frame, ...own }
  const resolved = resolvePoint(framed, resolver)
  if (resolved.kind === 'invalid') return clampToMonthEnd(framed, unit === 'year', resolver)
  const isEve = relation === 'until' && point.festival !== undefined
  return [isEve ? resolved.from.subtract({ days: 1 }) : resolved.to]
}

/** 每月31日 falls on the last day of a short month: RFC 5545 would skip it, an office does not. */
function clampToMonthEnd(
  point: Point,
  recursByYear: boolean,
  resolver: Resolver,
): Temporal.PlainDate[] {
  if (point.day?.kind !== 'number' || point.day.number > 31 || point.day.number < 29) return []
  const { day, ...month } = point
  // 每年2月30日 is no day of any year.
  const named = month.month?.kind === 'number' ? month.month.number : undefined
  if (named !== undefined && recursByYear && day.number > longestOf(named)) return []
  const resolved = resolvePoint(month, resolver)
  return resolved.kind === 'days' ? [resolved.to] : []
}

function longestOf(month: number): number {
  return Temporal.PlainYearMonth.from({ year: LEAP_YEAR, month }).daysInMonth
}

const LEAP_YEAR = 2024
