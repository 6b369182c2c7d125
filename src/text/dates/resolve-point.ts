/**
 * From a {@link Point} to its days.
 *
 * A point without a year lies in the plan year if there is one; else it is the next one that is not
 * over on the reference day (looking back instead, in a report). What was assumed is said.
 */
import type { DateContext } from './expression.ts'
import { festivalDays, lunarDays } from './festival-days.ts'
import { type Days, monthDays, months, narrow, yearDays } from './period-days.ts'
import type { NumberRef, Point, YearRef } from './point.ts'

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
  if (point.nth) return fromDays(narrow(week, { nth: point.nth }, resolver))
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
      return found(days.from, days.to, ['文中未写月份，按最近的一个月推定'])
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
    return found(days.from, days.to, [`文中未写年份，按计划年度${planYear}年推定`])
  }
  const step = looksBack(role) ? -1 : 1
  for (let years = -1; years <= YEARS_AHEAD; years += 1) {
    const days = inYear(today.year + step * years)
    if (days && isOnSide(days, today, role, REPORT_ANNOUNCES.ofYear)) {
      return found(days.from, days.to, [`文中未写年份，推定为${days.to.year}年`])
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
  return found(days.from, days.to, [`文中未写年份，按计划年度${planYear}年推定`])
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
  if (point.festival) return festivalDays(point, point.festival, year, resolver.calendar)
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
