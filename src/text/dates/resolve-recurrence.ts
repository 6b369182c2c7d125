/** From a {@link Recurrence} to its rule and its next three days. */
import type { RecurringValue } from './expression.ts'
import type { Item, Point, Recurrence } from './point.ts'
import type { ResolvedItem } from './resolve-phrase.ts'
import { type Resolver, resolvePoint } from './resolve-point.ts'

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const WANTED = 3
/** Periods looked at before giving up: 29 February comes every four years. */
const MOST_PERIODS = 60

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
  if (next.length === 0 && !isPlain(recurrence)) {
    return { value: { kind: 'invalid' }, basis: { rule: '日期不存在', assumptions: [] } }
  }
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
  const assumptions = estimated ? ['放假安排尚未公布,工作日按法定节日推定'] : []
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

function nextDays(recurrence: Recurrence, resolver: Resolver): Temporal.PlainDate[] {
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
function isPlain({ items, afterEnd, every, unit }: Recurrence): boolean {
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

function advance({ unit, parity }: Recurrence, start: Temporal.PlainDate, count: number) {
  const steps = parity ? 2 * Math.ceil(count / 2) : count
  if (unit === 'week') return start.add({ weeks: steps })
  const months = { quarter: 3, half: 6, year: 12 }[unit as string] ?? 1
  return start.add({ months: months * steps })
}

function daysIn(
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

function ruleOf(
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
