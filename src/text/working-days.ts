/**
 * Working days, with the State Council's moved days (调休).
 *
 * The yearly notices are data (data/holidays/CN-YYYY.json); a year without one is estimated: the days
 * that the law itself gives, without moved days. Whoever shows an estimated day says 推定.
 *
 * Law: 全国年节及纪念日放假办法. Until 2024: 元旦 1, 春节 3, 清明 1, 劳动节 1, 端午 1, 中秋 1, 国庆 3 days;
 * from 2025 (decree 795) also 除夕 and 2 May.
 */
import { lunarDay, solarTermDay } from './lunar-calendar.ts'

/** One year's notice as an admin may edit it; days are ISO dates, both ends included. */
export interface HolidayNotice {
  readonly year: number
  /** Name of the notice. */
  readonly basis: string
  readonly periods: readonly {
    readonly name: string
    readonly from: string
    readonly to: string
    /** Weekend days worked in return. */
    readonly makeUp: readonly string[]
  }[]
}

export interface HolidayPeriod {
  readonly name: string
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  /** No notice for this year is known: computed from the law. */
  readonly estimated: boolean
}

export interface WorkCalendar {
  /** Last year whose notice is known. */
  readonly knownThrough: number
  isWorkingDay(day: Temporal.PlainDate): boolean
  /** Whether what is said about this day is computed instead of read from a notice. */
  isEstimated(day: Temporal.PlainDate): boolean
  /** The public holiday that covers this day; a plain weekend is none. */
  holidayOn(day: Temporal.PlainDate): HolidayPeriod | undefined
}

/** A day found by counting, and whether any day counted over is estimated (推定). */
export interface CountedDay {
  readonly on: Temporal.PlainDate
  readonly estimated: boolean
}

/** First year in which 除夕 and 2 May are days off by law. */
const THIRTEEN_DAYS_FROM = 2025

/** Builds the calendar from notices; of two for one year the later in the list holds (an admin's). */
export function workCalendar(notices: readonly HolidayNotice[]): WorkCalendar {
  const byYear = new Map(notices.map((notice) => [notice.year, notice]))
  const known = [...byYear.values()]
  const worked = new Set(known.flatMap(({ periods }) => periods.flatMap(({ makeUp }) => makeUp)))
  const off = new Map(known.flatMap(({ periods }) => periods.map(readPeriod).flatMap(daysOf)))
  const estimates = new Map<number, ReadonlyMap<string, HolidayPeriod>>()

  const estimateOf = (year: number) => {
    const existing = estimates.get(year)
    if (existing) return existing
    const made = new Map(statutoryPeriods(year).flatMap(daysOf))
    estimates.set(year, made)
    return made
  }
  const isEstimated = (day: Temporal.PlainDate) => !byYear.has(day.year)
  const holidayOn = (day: Temporal.PlainDate) =>
    off.get(day.toString()) ??
    (isEstimated(day) ? estimateOf(day.year).get(day.toString()) : undefined)

  return {
    knownThrough: Math.max(0, ...byYear.keys()),
    isEstimated,
    holidayOn,
    isWorkingDay: (day) =>
      worked.has(day.toString()) || (day.dayOfWeek <= 5 && holidayOn(day) === undefined),
  }
}

/** The day `count` working days after `from` (before, if negative); the starting day is not counted. */
export function addWorkingDays(
  calendar: WorkCalendar,
  from: Temporal.PlainDate,
  count: number,
): CountedDay {
  const step = { days: count < 0 ? -1 : 1 }
  let on = from
  let estimated = false
  for (let left = Math.abs(count); left > 0; ) {
    on = on.add(step)
    estimated ||= calendar.isEstimated(on)
    if (calendar.isWorkingDay(on)) left -= 1
  }
  return { on, estimated }
}

/** `day` itself if it is worked, else the working day before it. */
export function previousWorkingDay(
  calendar: WorkCalendar,
  day: Temporal.PlainDate,
): Temporal.PlainDate {
  return calendar.isWorkingDay(day) ? day : previousWorkingDay(calendar, day.subtract({ days: 1 }))
}

/** `day` itself if it is worked, else the working day after it. */
export function nextWorkingDay(
  calendar: WorkCalendar,
  day: Temporal.PlainDate,
): Temporal.PlainDate {
  return calendar.isWorkingDay(day) ? day : nextWorkingDay(calendar, day.add({ days: 1 }))
}

function readPeriod(period: HolidayNotice['periods'][number]): HolidayPeriod {
  return {
    name: period.name,
    from: Temporal.PlainDate.from(period.from),
    to: Temporal.PlainDate.from(period.to),
    estimated: false,
  }
}

function daysOf(period: HolidayPeriod): (readonly [string, HolidayPeriod])[] {
  const length = period.from.until(period.to).days + 1
  return Array.from({ length }, (_, index) => [period.from.add({ days: index }).toString(), period])
}

function statutoryPeriods(year: number): HolidayPeriod[] {
  const thirteen = year >= THIRTEEN_DAYS_FROM
  const springFestival = lunarDay(year, 1, 1)
  const dragonBoat = lunarDay(year, 5, 5)
  const midAutumn = lunarDay(year, 8, 15)
  const civil = (month: number, day: number) => Temporal.PlainDate.from({ year, month, day })
  return [
    statutory('元旦', civil(1, 1), 1),
    statutory('春节', springFestival?.subtract({ days: thirteen ? 1 : 0 }), thirteen ? 4 : 3),
    statutory('清明节', solarTermDay(year, '清明'), 1),
    statutory('劳动节', civil(5, 1), thirteen ? 2 : 1),
    statutory('端午节', dragonBoat, 1),
    statutory('中秋节', midAutumn, 1),
    statutory('国庆节', civil(10, 1), 3),
  ].flat()
}

function statutory(
  name: string,
  from: Temporal.PlainDate | undefined,
  days: number,
): HolidayPeriod[] {
  return from ? [{ name, from, to: from.add({ days: days - 1 }), estimated: true }] : []
}
