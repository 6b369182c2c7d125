import type { Clock } from '../clock.ts'

/** 2026-11-21 09:05 in the union's time zone. */
export function formatMoment(at: Temporal.Instant, timeZone: string): string {
  return at
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ')
}

/** The day it is in the union's time zone. */
export function today(services: {
  readonly clock: Pick<Clock, 'now'>
  readonly timeZone: string
}): Temporal.PlainDate {
  return services.clock.now().toZonedDateTimeISO(services.timeZone).toPlainDate()
}
