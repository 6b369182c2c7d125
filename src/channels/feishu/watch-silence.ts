/** A connection on which not even the answers to pings arrive is half-open, and looks healthy to everybody else. */
import type { Clock } from '../../clock.ts'

/** Added to the ping interval before silence counts as the end; also how soon a ping is answered. */
const GRACE_SECONDS = 10
const LOOK_EVERY_SECONDS = 5

/**
 * Resolves true when a ping must have gone unanswered, false when no longer watched. The SDK pings when
 * the connection opens and then every `pingSeconds`. A platform that left the first ping unanswered
 * may answer none, so it is given twice as long.
 */
export async function watchSilence(
  bytesRead: () => number,
  pingSeconds: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  let before = bytesRead()
  let watchedFor = 0
  let silentFor = 0
  let answers = false
  let lookedAt = clock.now()
  while (!signal.aborted) {
    await clock.sleepUntil(lookedAt.add({ seconds: LOOK_EVERY_SECONDS }), signal)
    // A machine that slept, or a clock that was put forward, is no silence of the other side.
    const passed = Math.min(secondsBetween(lookedAt, clock.now()), 2 * LOOK_EVERY_SECONDS)
    lookedAt = clock.now()
    watchedFor += passed
    const isHeard = bytesRead() !== before
    before = bytesRead()
    silentFor = isHeard ? 0 : silentFor + passed
    answers ||= isHeard && watchedFor <= GRACE_SECONDS
    const patience = (answers ? pingSeconds : 2 * pingSeconds) + GRACE_SECONDS
    if (silentFor > patience) return true
  }
  return false
}

const secondsBetween = (from: Temporal.Instant, to: Temporal.Instant) =>
  (to.epochMilliseconds - from.epochMilliseconds) / 1000
