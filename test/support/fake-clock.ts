/**
 * A clock that stands still until a test moves it. Sleepers wake in the order of their instants, and
 * each sees its own instant as `now`, so that a year passes in a millisecond and in the right order.
 */
import type { Clock } from '../../src/clock.ts'

export interface FakeClock extends Clock {
  /** Moves forward, waking sleepers on the way; resolves when those woken had a turn to run. */
  advance(duration: Temporal.DurationLike): Promise<void>
  advanceTo(instant: Temporal.Instant): Promise<void>
  /** Jumps, backward too, as a clock that is corrected; wakes who is due. */
  jumpTo(instant: Temporal.Instant): Promise<void>
}

interface Sleeper {
  readonly at: Temporal.Instant
  readonly wake: () => void
}

export function createFakeClock(start: string | Temporal.Instant): FakeClock {
  let now = Temporal.Instant.from(start)
  let sleepers: Sleeper[] = []

  const wakeDue = async (until: Temporal.Instant) => {
    for (;;) {
      const next = sleepers
        .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
        .find(({ at }) => Temporal.Instant.compare(at, until) <= 0)
      if (!next) return
      sleepers = sleepers.filter((sleeper) => sleeper !== next)
      if (Temporal.Instant.compare(next.at, now) > 0) now = next.at
      next.wake()
      await turn()
    }
  }
  const advanceTo = async (instant: Temporal.Instant) => {
    await turn()
    await wakeDue(instant)
    if (Temporal.Instant.compare(instant, now) > 0) now = instant
  }

  return {
    now: () => now,
    sleepUntil: (instant, signal) =>
      new Promise((resolve) => {
        if (signal.aborted || Temporal.Instant.compare(instant, now) <= 0) return resolve()
        const sleeper = { at: instant, wake: finish }
        function finish() {
          sleepers = sleepers.filter((other) => other !== sleeper)
          signal.removeEventListener('abort', finish)
          resolve()
        }
        sleepers.push(sleeper)
        signal.addEventListener('abort', finish, { once: true })
      }),
    advance: (duration) =>
      advanceTo(now.toZonedDateTimeISO('UTC').add(Temporal.Duration.from(duration)).toInstant()),
    advanceTo,
    jumpTo: async (instant) => {
      now = instant
      await wakeDue(instant)
    },
  }
}

/** Lets everything that is ready run once, including callbacks of input and output. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
