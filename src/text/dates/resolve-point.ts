/**
 * From a {@link Point} to its days.
 *
 * A point without a year lies in the plan year if there is one; else it is the next one that is not
 * over on the reference day (looking back instead, in a report). What was assumed is said.
 */
import { lunarDay, lunarNewYearsEve, solarTermDay } from '../lunar-calendar.ts'
import { addWorkingDays } from '../working-days.ts'
import type { DateContext } from './expression.ts'
import type { Festival, Nth, NumberRef, Part, Point, YearRef } from './point.ts'

export interface Days {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

export type ResolvedPoint =
  | (Days & { readonly kind: 'days'; readonly assumptions: readonly string[] })
  | { readonly kind: 'invalid' }

export interface Resolver extends Omit<DateContext, 'ref' | 'role'> {
  /** `past`: on or before the reference day for certain (以来). */
  readonly role?: 'deadline' | 'narrative' | 'past'
  readonly today: Temporal.PlainDate
}

/** How far a point without a year is looked for: 29 February comes again within eight years. */
const YEARS_AHEAD = 8
/** First year of the first five-year plan (1953), by which 「十四五」 is 2021–2025: 1956 + 5 × (14 − 1). */
const PLAN_EPOCH = 1956

/** The days of a point. */
export function resolvePoint(point: Point, resolver: Resolver): ResolvedPoint {
  const { today } = resolver
  if (point.now) return found(today, today)
  if (point.day?.kind === 'shift') {
    const on = today.add({ days: point.day.shift })
    return found(on, on)
  }
  if (isByWeek(point)) return resolveWeek(point, resolver)
  if (isByMonth(point)) return resolveByMonth(point, resolver)
  return resolveByYear(point, resolver)
}

function found(
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  assumptions: readonly string[] = [],
): ResolvedPoint {
  return { kind: 'days', from, to, assumptions }
}

function isByWeek(point: Point): boolean {
  return point.week?.kind === 'shift' || (point.weekday !== undefined && !point.month)
}

function resolveWeek(point: Point, resolver: Resolver): ResolvedPoint {
  const { today, role } = resolver
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  if (point.week?.kind !== 'shift') {
    const ahead = (7 + (point.weekday ?? 1) - today.dayOfWeek) % 7
    const back = ahead === 0 ? 0 : 7 - ahead
    const on = looksBack(role) ? today.subtract({ days: back }) : today.add({ days: ahead })
    return found(on, on)
  }
  const start = monday.add({ weeks: point.week.shift })
  if (point.weekday !== undefined) {
    const on = start.add({ days: point.weekday - 1 })
    return found(on, on)
  }
  const week = { from: start, to: start.add({ days: 6 }) }
  if (point.nth) return fromDays(nthDay(week, point.nth, resolver))
  if (point.part === 'weekend') return found(start.add({ days: 5 }), start.add({ days: 6 }))
  return found(week.from, week.to)
}

/** A day, dekad or counted day whose month is not named, or named by distance: 20日, 下月10号, 月底. */
function isByMonth(point: Point): boolean {
  if (point.year || point.quarter || point.half || point.monthsUpTo) return false
  if (point.lunar || point.festival) return false
  return point.month?.kind === 'shift' || point.month === undefined
}

function resolveByMonth(point: Point, resolver: Resolver): ResolvedPoint {
  const { today, role } = resolver
  const base = today.toPlainYearMonth()
  const inMonth = (month: Temporal.PlainYearMonth) => narrow(monthDays(month), point, resolver)
  if (point.month?.kind === 'shift')
    return fromDays(inMonth(base.add({ months: point.month.shift })))
  const step = looksBack(role) ? -1 : 1
  for (let months = 0; months <= 12; months += 1) {
    const days = inMonth(base.add({ months: step * months }))
    if (days && isOnSide(days, today, role, REPORT_ANNOUNCES.ofMonth)) {
      return found(days.from, days.to, ['文中未写月份,按最近的一个月推定'])
    }
  }
  return { kind: 'invalid' }
}

/** A report may announce: a day that lies only so many days ahead is ahead, not a year or a month back. */
const REPORT_ANNOUNCES = { ofYear: 60, ofMonth: 15 }

function looksBack(role: Resolver['role']): boolean {
  return role === 'narrative' || role === 'past'
}

function isOnSide(
  days: Days,
  today: Temporal.PlainDate,
  role: Resolver['role'],
  announced: number,
): boolean {
  if (!looksBack(role)) return Temporal.PlainDate.compare(days.to, today) >= 0
  const latest = role === 'narrative' ? today.add({ days: announced }) : today
  return Temporal.PlainDate.compare(days.from, latest) <= 0
}

function resolveByYear(point: Point, resolver: Resolver): ResolvedPoint {
  const { planYear, today, role } = resolver
  const inYear = (year: number) => withinYear(point, year, resolver)
  if (point.year?.kind === 'plan') return fromDays(inPlan(point.year, point, resolver))
  if (point.year) return explicitYear(point, point.year, inYear, resolver)
  if (point.quarter?.kind === 'shift') return fromDays(byQuarter(point, point.quarter, resolver))
  if (planYear !== undefined) {
    const days = inYear(planYear)
    if (!days) return { kind: 'invalid' }
    return found(days.from, days.to, [`文中未写年份,按计划年度${planYear}年推定`])
  }
  const step = looksBack(role) ? -1 : 1
  for (let years = -1; years <= YEARS_AHEAD; years += 1) {
    const days = inYear(today.year + step * years)
    if (days && isOnSide(days, today, role, REPORT_ANNOUNCES.ofYear)) {
      return found(days.from, days.to, [`文中未写年份,推定为${days.to.year}年`])
    }
  }
  return { kind: 'invalid' }
}

function explicitYear(
  point: Point,
  year: Exclude<YearRef, { kind: 'plan' }>,
  inYear: (year: number) => Days | undefined,
  { today, planYear }: Resolver,
): ResolvedPoint {
  if (year.kind === 'absolute') return fromDays(inYear(year.year))
  const isImplied = point.bare === true && planYear !== undefined
  const base = isImplied ? planYear : today.year
  const days = inYear(base + year.years)
  if (!days || !isImplied) return fromDays(days)
  return found(days.from, days.to, [`文中未写年份,按计划年度${planYear}年推定`])
}

function fromDays(days: Days | undefined): ResolvedPoint {
  return days ? found(days.from, days.to) : { kind: 'invalid' }
}

function inPlan(
  plan: Extract<YearRef, { kind: 'plan' }>,
  point: Point,
  resolver: Resolver,
): Days | undefined {
  const first = PLAN_EPOCH + 5 * (plan.ordinal - 1)
  if (plan.year !== undefined) return yearDays(first + plan.year - 1)
  const whole = { from: yearDays(first).from, to: yearDays(first + 4).to }
  return point.part ? narrow(whole, point, resolver) : whole
}

function byQuarter(
  point: Point,
  quarter: Extract<NumberRef, { kind: 'shift' }>,
  resolver: Resolver,
): Days | undefined {
  const { today } = resolver
  const first = today.with({ day: 1, month: 3 * Math.floor((today.month - 1) / 3) + 1 })
  const start = first.add({ months: 3 * quarter.shift })
  const number = (start.month + 2) / 3
  return withinYear({ ...point, quarter: { kind: 'number', number } }, start.year, resolver)
}

/** The days of a point in one calendar year; undefined where they do not exist. */
function withinYear(point: Point, year: number, resolver: Resolver): Days | undefined {
  if (point.festival) return festivalDays(point, point.festival, year, resolver)
  if (point.lunar) return lunarDays(point.lunar, point.part, year)
  const frame = frameOf(point, year)
  if (!frame) return undefined
  const inMonth = point.month ? monthWithin(frame, point.month) : frame
  return inMonth ? narrow(inMonth, point, resolver) : undefined
}

function frameOf(point: Point, year: number): Days | undefined {
  if (point.monthsUpTo) return months(year, 1, point.monthsUpTo)
  if (point.quarter?.kind === 'number') return months(year, 3 * point.quarter.number - 2, 3)
  if (point.half?.kind === 'number') return months(year, 6 * point.half.number - 5, 6)
  return yearDays(year)
}

function monthWithin(frame: Days, month: NumberRef): Days | undefined {
  if (month.kind === 'number') {
    if (month.number < 1 || month.number > 12) return undefined
    return months(frame.from.year, month.number, 1)
  }
  if (month.kind === 'shift') return undefined
  const count = frame.from.until(frame.to.add({ days: 1 }), { largestUnit: 'months' }).months
  const index = month.ordinal < 0 ? count + month.ordinal : month.ordinal - 1
  if (index < 0 || index >= count) return undefined
  return monthDays(frame.from.add({ months: index }).toPlainYearMonth())
}

/** The day, counted day or part of a period. */
function narrow(period: Days, point: Point, resolver: Resolver): Days | undefined {
  if (point.day?.kind === 'number') return dayOf(period, point.day.number)
  if (point.nth) return nthDay(period, point.nth, resolver)
  if (point.weekday !== undefined) return undefined
  if (point.part === 'dekad-now') return partOf(period, dekadOf(resolver.today))
  return point.part ? partOf(period, point.part) : period
}

function dayOf({ from, to }: Days, day: number): Days | undefined {
  if (day < 1 || day > to.day || from.month !== to.month) return undefined
  const on = from.with({ day })
  return { from: on, to: on }
}

function nthDay(period: Days, nth: Nth, resolver: Resolver): Days | undefined {
  const { through, ...one } = nth
  const last = oneNthDay(period, one, resolver)
  if (!through || !last) return last
  const first = oneNthDay(period, { ...one, ordinal: Math.sign(one.ordinal) }, resolver)
  if (!first) return undefined
  return one.ordinal > 0 ? { from: first.from, to: last.to } : { from: last.from, to: first.to }
}

function oneNthDay(period: Days, nth: Nth, { calendar }: Resolver): Days | undefined {
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

function festivalDays(
  point: Point,
  festival: Festival,
  year: number,
  resolver: Resolver,
): Days | undefined {
  const on = festivalDay(festival, year)
  if (!on) return undefined
  if (!point.holiday) return { from: on, to: on }
  const holiday = resolver.calendar.holidayOn(on)
  return holiday
    ? { from: holiday.from, to: holiday.to }
    : { from: on.subtract({ days: 3 }), to: on.add({ days: 3 }) }
}

function festivalDay(festival: Festival, year: number): Temporal.PlainDate | undefined {
  switch (festival.kind) {
    case 'civil':
      return Temporal.PlainDate.from({ year, month: festival.month, day: festival.day })
    case 'lunar':
      return inCivilYear(festival.month, (lunarYear) =>
        lunarDay(lunarYear, festival.month, festival.day),
      )(year)
    case 'term':
      return solarTermDay(year, festival.name)
    case 'eve':
      return lunarNewYearsEve(year - 1)
    case 'nth': {
      const first = Temporal.PlainDate.from({ year, month: festival.month, day: 1 })
      const distance = (7 + festival.weekday - first.dayOfWeek) % 7
      return first.add({ days: distance + 7 * (festival.nth - 1) })
    }
  }
}

/** A festival of the twelfth lunar month lies in the civil year after its lunar one. */
function inCivilYear(
  month: number,
  dayIn: (lunarYear: number) => Temporal.PlainDate | undefined,
): (year: number) => Temporal.PlainDate | undefined {
  return (year) => dayIn(month === 12 ? year - 1 : year)
}

function lunarDays(
  lunar: NonNullable<Point['lunar']>,
  part: Part | undefined,
  year: number,
): Days | undefined {
  if (lunar.day !== undefined) {
    const on = lunarDay(year, lunar.month, lunar.day, lunar.leap)
    return on ? { from: on, to: on } : undefined
  }
  const from = lunarDay(year, lunar.month, 1, lunar.leap)
  const to = lunarDay(year, lunar.month, -1, lunar.leap)
  if (!from || !to) return undefined
  if (part === 'end') return { from: to, to }
  return { from, to }
}

function yearDays(year: number): Days {
  return months(year, 1, 12)
}

function months(year: number, first: number, count: number): Days {
  const from = Temporal.PlainDate.from({ year, month: first, day: 1 })
  return { from, to: from.add({ months: count }).subtract({ days: 1 }) }
}

function monthDays(month: Temporal.PlainYearMonth): Days {
  return { from: month.toPlainDate({ day: 1 }), to: month.toPlainDate({ day: month.daysInMonth }) }
}
