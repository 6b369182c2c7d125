/** Parts of a period: its 5th day, its last working day, its second week, its 中旬, its end. */
import { addWorkingDays, type WorkCalendar } from '../working-days.ts'
import type { Nth, Part, Point } from './point.ts'

/** What parts are counted by. */
export interface Counting {
  readonly calendar: WorkCalendar
  readonly today: Temporal.PlainDate
}

export interface Days {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

/** The day, counted day or part of a period. */
export function narrow(period: Days, point: Point, counting: Counting): Days | undefined {
  if (point.day?.kind === 'number') return dayOf(period, point.day.number)
  if (point.nth) return nthDay(period, point.nth, counting)
  if (point.weekday !== undefined) return undefined
  if (point.part === 'dekad-now') return partOf(period, dekadOf(counting.today))
  return point.part ? partOf(period, point.part) : period
}

function dayOf({ from, to }: Days, day: number): Days | undefined {
  if (day < 1 || day > to.day || from.month !== to.month) return undefined
  const on = from.with({ day })
  return { from: on, to: on }
}

function nthDay(period: Days, nth: Nth, counting: Counting): Days | undefined {
  const { through, ...one } = nth
  const last = oneNthDay(period, one, counting)
  if (!through || !last) return last
  const first = oneNthDay(period, { ...one, ordinal: Math.sign(one.ordinal) }, counting)
  if (!first) return undefined
  return one.ordinal > 0 ? { from: first.from, to: last.to } : { from: last.from, to: first.to }
}

function oneNthDay(period: Days, nth: Nth, { calendar }: Counting): Days | undefined {
  if (nth.of === 'week') return nthWeek(period, nth.ordinal)
  const forward = nth.ordinal > 0
  const steps = Math.abs(nth.ordinal)
  if (nth.of === 'working-day') {
    const outside = forward ? period.from.subtract({ days: 1 }) : period.to.add({ days: 1 })
    const { on } = addWorkingDays(calendar, outside, forward ? steps : -steps)
    return { from: on, to: on }
  }
  const edge = forward ? period.from : period.to
  const distance =
    nth.of === 'weekday' && nth.weekday !== undefined
      ? (7 + (forward ? nth.weekday - edge.dayOfWeek : edge.dayOfWeek - nth.weekday)) % 7
      : 0
  const days = distance + (steps - 1) * (nth.of === 'weekday' ? 7 : 1)
  const on = forward ? edge.add({ days }) : edge.subtract({ days })
  const isInside =
    Temporal.PlainDate.compare(on, period.from) >= 0 &&
    Temporal.PlainDate.compare(on, period.to) <= 0
  return isInside ? { from: on, to: on } : undefined
}

/** The nth week that begins in the period (Monday to Sunday); the last one that ends in it. */
function nthWeek({ from, to }: Days, ordinal: number): Days {
  if (ordinal < 0) {
    const sunday = to.subtract({ days: to.dayOfWeek % 7 }).add({ weeks: ordinal + 1 })
    return { from: sunday.subtract({ days: 6 }), to: sunday }
  }
  const monday = from.add({ days: (8 - from.dayOfWeek) % 7 }).add({ weeks: ordinal - 1 })
  return { from: monday, to: monday.add({ days: 6 }) }
}

/** 旬 of a month: ten days, ten days, the rest. */
function dekadOf({ day }: Temporal.PlainDate): Exclude<Part, 'dekad-now'> {
  if (day <= 10) return 'dekad1'
  return day <= 20 ? 'dekad2' : 'dekad3'
}

/** First and last day of a part, by the period's length in months. 初 and 中 are as wide as they are used. */
function partOf(period: Days, part: Exclude<Part, 'dekad-now'>): Days {
  const { from, to } = period
  const isMonth = from.month === to.month && from.year === to.year
  const at = (first: number, last: number) => ({
    from: from.add({ days: first - 1 }),
    to: last < 0 ? to : from.add({ days: last - 1 }),
  })
  switch (part) {
    case 'end':
      return { from: to, to }
    case 'start':
      return isMonth ? at(1, 10) : { from, to: monthDays(from.toPlainYearMonth()).to }
    case 'middle':
      return isMonth ? at(11, 20) : middleOf(period)
    case 'dekad1':
      return at(1, 10)
    case 'dekad2':
      return at(11, 20)
    case 'dekad3':
      return at(21, -1)
    case 'dekads12':
      return at(1, 20)
    case 'dekads23':
      return at(11, -1)
    case 'half1':
      return at(1, 15)
    case 'half2':
      return at(16, -1)
    case 'weekend':
      return period
  }
}

/** Fifteen days on either side of the middle: 年中 is 15 June to 15 July or so. */
function middleOf({ from, to }: Days): Days {
  const middle = from.add({ days: Math.floor(from.until(to).days / 2) })
  return { from: middle.subtract({ days: 15 }), to: middle.add({ days: 15 }) }
}

export function yearDays(year: number): Days {
  return months(year, 1, 12)
}

export function months(year: number, first: number, count: number): Days {
  const from = Temporal.PlainDate.from({ year, month: first, day: 1 })
  return { from, to: from.add({ months: count }).subtract({ days: 1 }) }
}

export function monthDays(month: Temporal.PlainYearMonth): Days {
  return { from: month.toPlainDate({ day: 1 }), to: month.toPlainDate({ day: month.daysInMonth }) }
}
