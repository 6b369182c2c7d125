/**
 * A clock that runs faster than the real one, the same in every process that is given the same origin:
 * an hour of leases and retries passes in two minutes of kills.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../src/clock.ts'

export interface ClockOrigin {
  /** What the clock shows … */
  readonly shows: string
  /** … at this real moment, milliseconds since 1970. */
  readonly atRealMs: number
  readonly factor: number
}

export function createScaledClock({ shows, atRealMs, factor }: ClockOrigin): Clock {
  const origin = Temporal.Instant.from(shows).epochMilliseconds
  const nowMs = () => origin + (performance.timeOrigin + performance.now() - atRealMs) * factor
  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(Math.round(nowMs())),
    sleepUntil: async (instant, signal) => {
      const realMs = Math.min(
        2 ** 31 - 1,
        Math.max(0, (instant.epochMilliseconds - nowMs()) / factor),
      )
      // Being woken is no fault: the caller looks at its signal.
      await pause(realMs, undefined, { signal }).catch(() => undefined)
    },
  }
}
