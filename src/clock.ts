/** Time as a dependency: the fake clock of the tests is test/support/fake-clock.ts. */
export interface Clock {
  now(): Temporal.Instant
  /** Resolves at `instant` or when `signal` aborts, whichever is first; never rejects. */
  sleepUntil(instant: Temporal.Instant, signal: AbortSignal): Promise<void>
}

/** Longest delay setTimeout keeps exactly: 2^31 − 1 milliseconds (Node documentation, timers). */
const LONGEST_TIMEOUT_MS = 2_147_483_647

export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  sleepUntil: async (instant, signal) => {
    for (;;) {
      const left = instant.epochMilliseconds - Temporal.Now.instant().epochMilliseconds
      if (left <= 0 || signal.aborted) return
      await pause(Math.min(left, LONGEST_TIMEOUT_MS), signal)
    }
  },
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, milliseconds)
    signal.addEventListener('abort', finish, { once: true })
  })
}
