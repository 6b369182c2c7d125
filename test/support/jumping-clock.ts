/** A clock that runs as the real one does, from a moment of its own, and can be put forward. */
import type { Clock } from '../../src/clock.ts'

export interface JumpingClock extends Clock {
  /** Whoever sleeps until then wakes. */
  jumpTo(instant: Temporal.Instant): void
}

export function createJumpingClock(start: string): JumpingClock {
  let aheadMs = 0
  const sleepers = new Set<() => void>()
  const now = () => Temporal.Now.instant().add({ milliseconds: aheadMs })
  const jumpTo = (instant: Temporal.Instant) => {
    aheadMs += instant.epochMilliseconds - now().epochMilliseconds
    for (const look of [...sleepers]) look()
  }
  jumpTo(Temporal.Instant.from(start))
  return {
    now,
    jumpTo,
    sleepUntil: (instant, signal) =>
      new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined
        const look = () => {
          clearTimeout(timer)
          const left = instant.epochMilliseconds - now().epochMilliseconds
          if (left > 0 && !signal.aborted) {
            timer = setTimeout(look, Math.min(left, LONGEST_TIMEOUT_MS))
            return
          }
          sleepers.delete(look)
          signal.removeEventListener('abort', look)
          resolve()
        }
        sleepers.add(look)
        signal.addEventListener('abort', look)
        look()
      }),
  }
}

/** What setTimeout keeps exactly. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1
