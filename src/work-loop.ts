/**
 * The loop behind inbox, reminders and outbox: does one step after another until stopped.
 *
 * After a step that found work the next follows at once; after one that found none the loop sleeps
 * until it is woken, until something becomes due, or until the poll time is over, whichever is
 * first. Polling is the promise, waking only makes it quicker: another replica cannot wake us.
 */
import type { Clock } from './clock.ts'

export interface WorkLoop {
  /** There may be work now. */
  wake(): void
  /** Resolves when the step under way has ended. */
  stop(): Promise<void>
}

export interface WorkLoopOptions {
  readonly clock: Clock
  /** When the next work becomes due; undefined when nothing waits. */
  readonly nextDueAt: () => Promise<Temporal.Instant | undefined>
  /** A step failed: the loop goes on after {@link PAUSE_AFTER_ERROR_MS}. */
  readonly onError: (error: unknown) => void
}

/** Longest time in which work that another process brought in stays unseen. */
const POLL_MS = 1000
/** Something may stay due that this process cannot take (another one has it, its channel is down). */
const SHORTEST_PAUSE_MS = 50
/** A database that is away is not asked more often than this. */
const PAUSE_AFTER_ERROR_MS = 2000

/** Repeats `step`, which says whether it found work. `step` gets a signal that aborts on stop. */
export function startWorkLoop(
  step: (signal: AbortSignal) => Promise<boolean>,
  options: WorkLoopOptions,
): WorkLoop {
  const stopping = new AbortController()
  let woken = new AbortController()

  const idle = async () => {
    const { signal } = woken
    const dueAt = await options.nextDueAt()
    const now = options.clock.now()
    const soonest = now.add({ milliseconds: SHORTEST_PAUSE_MS })
    const pollAt = now.add({ milliseconds: POLL_MS })
    await options.clock.sleepUntil(earliest(latest(dueAt ?? pollAt, soonest), pollAt), signal)
    if (signal.aborted) woken = new AbortController()
  }
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        if (!(await step(stopping.signal)) && !stopping.signal.aborted) await idle()
      } catch (error) {
        options.onError(error)
        const until = options.clock.now().add({ milliseconds: PAUSE_AFTER_ERROR_MS })
        await options.clock.sleepUntil(until, stopping.signal)
      }
    }
  }
  const running = run()

  return {
    wake: () => woken.abort(),
    stop: async () => {
      stopping.abort()
      woken.abort()
      await running
    },
  }
}

function earliest(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b
}

function latest(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a
}
