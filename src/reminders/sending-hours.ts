/**
 * When a person may be pinged: on working days, inside the hours of the day that the policy gives.
 * All of it in the union's time zone, whatever the zone of the machine.
 */
import type { ReminderPolicy } from '../domain/reminder.ts'
import { nextWorkingDay, type WorkCalendar } from '../text/working-days.ts'

/** The part of a policy that hours need. */
export type Hours = Pick<ReminderPolicy, 'timeZone' | 'sendTime' | 'dayFrom' | 'dayTo'>

/** The moment at which pings of `day` go out. */
export function sendInstant(day: Temporal.PlainDate, { timeZone, sendTime }: Hours) {
  return day.toZonedDateTime({ timeZone, plainTime: sendTime }).toInstant()
}

/** Whether it is daytime; of every day, worked or not. */
export function isDaytime(instant: Temporal.Instant, { timeZone, dayFrom, dayTo }: Hours): boolean {
  const time = instant.toZonedDateTimeISO(timeZone).toPlainTime()
  return (
    Temporal.PlainTime.compare(time, dayFrom) >= 0 && Temporal.PlainTime.compare(time, dayTo) < 0
  )
}

/** `instant` itself when it lies in the daytime of a working day, else the sending time of the next such day. */
export function nextAllowed(
  instant: Temporal.Instant,
  hours: Hours,
  calendar: WorkCalendar,
): Temporal.Instant {
  const local = instant.toZonedDateTimeISO(hours.timeZone)
  const day = local.toPlainDate()
  const isBefore = Temporal.PlainTime.compare(local.toPlainTime(), hours.dayFrom) < 0
  if (calendar.isWorkingDay(day)) {
    if (isDaytime(instant, hours)) return instant
    if (isBefore) return sendInstant(day, hours)
  }
  return sendInstant(nextWorkingDay(calendar, day.add({ days: 1 })), hours)
}

/**
 * As {@link nextAllowed}, for a task that is due on `dueOn`: on a day off it is sent all the same, in
 * daytime, when the next working day would be too late.
 */
export function nextAllowedBefore(
  dueOn: Temporal.PlainDate | undefined,
  instant: Temporal.Instant,
  hours: Hours,
  calendar: WorkCalendar,
): Temporal.Instant {
  const allowed = nextAllowed(instant, hours, calendar)
  if (!dueOn || !isDaytime(instant, hours)) return allowed
  const end = endOfDay(dueOn, hours)
  const isOver = Temporal.Instant.compare(end, instant) <= 0
  return !isOver && Temporal.Instant.compare(allowed, end) >= 0 ? instant : allowed
}

/** The last moment that is still on time: the end of the due day, excluded. */
export function endOfDay(day: Temporal.PlainDate, { timeZone }: Pick<Hours, 'timeZone'>) {
  return day.add({ days: 1 }).toZonedDateTime(timeZone).toInstant()
}
