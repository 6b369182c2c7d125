/** A day and a length: 下月1日 + 三个工作日. The starting day is not counted. */
import { addWorkingDays, type WorkCalendar } from '../working-days.ts'
import type { Length } from './point.ts'

export interface MovedDay {
  readonly on: Temporal.PlainDate
  /** Whether days off were assumed that nobody has announced yet. */
  readonly estimated: boolean
}

/** `origin` moved by a length, forward for 1, back for −1. Half a month is 15 days, half a year six months. */
export function moveBy(
  origin: Temporal.PlainDate,
  { amount, unit }: Length,
  sign: number,
  calendar: WorkCalendar,
): MovedDay {
  if (unit === 'working-day') return addWorkingDays(calendar, origin, sign * Math.ceil(amount))
  const whole = Math.floor(amount)
  const half = amount > whole
  const durations = {
    hour: { days: Math.ceil(amount / 24) },
    day: { days: Math.ceil(amount) },
    week: { days: Math.ceil(amount * 7) },
    month: { months: whole, days: half ? 15 : 0 },
    quarter: { months: 3 * whole },
    year: { months: 12 * whole + (half ? 6 : 0) },
  }
  const duration = durations[unit]
  const on = sign > 0 ? origin.add(duration) : origin.subtract(duration)
  return { on, estimated: false }
}

export function addLength(
  origin: Temporal.PlainDate,
  length: Length,
  calendar: WorkCalendar,
): Temporal.PlainDate {
  return moveBy(origin, length, 1, calendar).on
}
