/**
 * What follows a send that failed: another try later, another channel, or the dead letters.
 *
 * The pause doubles from five seconds to an hour, with jitter so that replicas do not come back in
 * step; a moment that the platform names is kept. Where there is a second address the first gets few
 * tries, so that a reminder for today is not late because one platform is down.
 */
import { createHash } from 'node:crypto'
import type { DeliveryError } from '../channels/channel.ts'
import type { ClaimedDelivery, Delivery, DeliveryOutcome } from '../storage/outbox-store.ts'

const FIRST_PAUSE_SECONDS = 5
const LONGEST_PAUSE_SECONDS = 3600
/** About five hours with the pauses above: an outage of an afternoon loses nothing. */
const MAX_ATTEMPTS = 14
/** About a minute and a half. */
const MAX_ATTEMPTS_WITH_FALLBACK = 5

/** Where there is a second address. */
const MOST_MINUTES_PUT_OFF = 5

/** What waits for its channel comes back on common ticks, however long each took to fail, in its old order. */
const TICK_MS = 10_000

export function decideRetry(
  delivery: Pick<ClaimedDelivery, 'attempts' | 'fallbacks' | 'notBefore' | 'outcomeUnknown'>,
  error: DeliveryError,
  {
    now,
    claimedAt = now,
    random,
  }: {
    readonly now: Temporal.Instant
    /** The same for all that were claimed together. */
    readonly claimedAt?: Temporal.Instant
    readonly random: () => number
  },
): DeliveryOutcome {
  const most = delivery.fallbacks.length > 0 ? MAX_ATTEMPTS_WITH_FALLBACK : MAX_ATTEMPTS
  if (!error.retryable || delivery.attempts >= most) return { kind: 'dead', code: error.code }
  if (isPutOffTooFar(error, now, delivery)) return { kind: 'dead', code: error.code }
  if (error.postponed) return postpone(delivery, error, claimedAt)
  const doubled = FIRST_PAUSE_SECONDS * 2 ** (delivery.attempts - 1)
  const pause = Math.min(doubled, LONGEST_PAUSE_SECONDS)
  // Between half and the whole of the pause.
  const own = now.add({ milliseconds: Math.round(pause * 1000 * (0.5 + random() / 2)) })
  const { retryAt, outcomeUnknown } = error
  const isNamed = retryAt && Temporal.Instant.compare(retryAt, own) > 0
  return { kind: 'retry', at: isNamed ? retryAt : own, outcomeUnknown }
}

/** A channel that names a far moment has used itself up for now: the person's other channel says it. */
function isPutOffTooFar(
  { postponed, retryAt }: DeliveryError,
  now: Temporal.Instant,
  { fallbacks }: Pick<ClaimedDelivery, 'fallbacks'>,
): boolean {
  if (!postponed || retryAt === undefined || fallbacks.length === 0) return false
  return retryAt.since(now).total('minutes') > MOST_MINUTES_PUT_OFF
}

/** Costs a try only where another channel may take over; an earlier unknown outcome stays unknown. */
function postpone(
  { fallbacks, outcomeUnknown }: Pick<ClaimedDelivery, 'fallbacks' | 'outcomeUnknown'>,
  { retryAt }: DeliveryError,
  claimedAt: Temporal.Instant,
): DeliveryOutcome {
  const pause = fallbacks.length > 0 ? 2 * TICK_MS : TICK_MS
  const soonest = retryAt?.epochMilliseconds ?? claimedAt.epochMilliseconds + pause / 2
  const at = Temporal.Instant.fromEpochMilliseconds(Math.ceil(soonest / TICK_MS) * TICK_MS)
  const uncounted = fallbacks.length === 0 || retryAt !== undefined
  return { kind: 'retry', at, outcomeUnknown, uncounted }
}

/** The same words to the next address, under a key of its own; undefined when there is none. */
export function redirected(delivery: ClaimedDelivery): Delivery | undefined {
  const [to, ...fallbacks] = delivery.fallbacks
  if (!to) return undefined
  const about = JSON.stringify(['redirected', delivery.id, to.channel, to.conversationId])
  const id = createHash('sha256').update(about).digest('hex').slice(0, 40)
  return { id, to, content: delivery.content, notBefore: delivery.notBefore, fallbacks }
}
