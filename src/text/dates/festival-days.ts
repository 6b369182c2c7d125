/** The days of a festival, a solar term or a lunar date in one calendar year. */
import { lunarDay, lunarNewYearsEve, solarTermDay } from '../lunar-calendar.ts'
import type { WorkCalendar } from '../working-days.ts'
import type { Days } from './period-days.ts'
import type { Festival, Part, Point } from './point.ts'

export function festivalDays(
  point: Point,
  festival: Festival,
  year: number,
  calendar: WorkCalendar,
): Days | undefined {
  const on = festivalDay(festival, year)
  if (!on) return undefined
  if (!point.holiday) return { from: on, to: on }
  const holiday = calendar.holidayOn(on)
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

export function lunarDays(
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
