/**
 * Sends what is due: claim and compose in one transaction, look once more, send, settle, one by one.
 *
 * Promises: a delivery is sent at least once, and once when the channel can tell repeated ids; none
 * begins after the change that made it void was committed before its last look; a crash repeats at
 * most what was under way. The delivery's id, the same at every try, is the key at the platform.
 */
import { type Channel, DeliveryError } from '../channels/channel.ts'
import type { Clock } from '../clock.ts'
import type { ReminderPolicy } from '../domain/reminder.ts'
import type { ClaimedDelivery, DeliveryOutcome } from '../storage/outbox-store.ts'
import type { Store } from '../storage/store.ts'
import type { WorkCalendar } from '../text/working-days.ts'
import { composeDelivery } from './compose-delivery.ts'
import { decideRetry, redirected } from './retry-delivery.ts'

export interface SendDependencies {
  readonly store: Store
  readonly clock: Clock
  readonly policy: ReminderPolicy
  readonly calendar: WorkCalendar
  /** Channels by name: those that are running. */
  readonly channels: ReadonlyMap<string, Channel>
  /** A number in [0, 1), for the jitter of retries. */
  readonly random: () => number
  readonly onOutcome?: (delivery: ClaimedDelivery, outcome: DeliveryOutcome) => void
  /** Test hook, called at every boundary with its name. */
  readonly failpoint?: (name: string) => void
}

/** Deliveries claimed at once: what a crash may leave leased. */
const BATCH = 64
/** Longer than a send with its deadline; then another worker tries. */
const LEASE_SECONDS = 90
const SEND_TIMEOUT_MS = 20_000

/** Channels whose deliveries this process may take. */
export function sendingHere(channels: ReadonlyMap<string, Channel>): readonly string[] {
  return [...channels].filter(([, channel]) => channel.sendsHere?.() ?? true).map(([name]) => name)
}

/** Sends one batch; says whether there was anything to send. */
export async function sendDue(
  dependencies: SendDependencies,
  signal?: AbortSignal,
): Promise<boolean> {
  const { failpoint } = dependencies
  const { found, ready, claimedAt } = await claimBatch(dependencies)
  failpoint?.('deliveries-claimed')
  const lanes = Map.groupBy(ready, (delivery) => laneOf(delivery, dependencies.channels))
  const sends = [...lanes.values()].map(async (inOrder) => {
    let down: DeliveryError | undefined
    for (const claimed of inOrder) {
      if (signal?.aborted) return
      const delivery = { ...claimed, claimedAt }
      // What waits behind a message that found the channel down does not overtake it by a moment's luck.
      if (down) await recover(delivery, down, dependencies)
      else down = await sendOne(delivery, dependencies)
    }
  })
  // A store that fails for one must not leave the others running unowned.
  const failed = (await Promise.allSettled(sends)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  return found
}

/** Claims what is due and settles at once what has nothing to say any more. */
async function claimBatch(dependencies: SendDependencies) {
  const { store, clock, channels, policy, calendar } = dependencies
  const now = clock.now()
  return store.transaction(async (inside) => {
    const claimed = await inside.outbox.claim({
      now,
      leaseUntil: now.add({ seconds: LEASE_SECONDS }),
      limit: BATCH,
      channels: sendingHere(channels),
    })
    const ready: ClaimedDelivery[] = []
    for (const delivery of claimed) {
      const composed = await composeDelivery(delivery.content, inside, { now, policy, calendar })
      if (composed.kind === 'message') ready.push(delivery)
      else await settle(delivery, composed, { ...dependencies, store: inside })
    }
    return { found: claimed.length > 0, ready, claimedAt: now }
  })
}

/**
 * One conversation keeps its order, conversations go side by side. A channel that cannot tell repeated
 * ids gets one send at a time, so that a crash repeats at most one.
 */
function laneOf({ to }: ClaimedDelivery, channels: SendDependencies['channels']): string {
  const isIdempotent = channels.get(to.channel)?.capabilities.idempotent ?? false
  return JSON.stringify(isIdempotent ? [to.channel, to.conversationId] : [to.channel])
}

interface Sending extends ClaimedDelivery {
  readonly claimedAt: Temporal.Instant
}

/** Resolves to the error when the channel is down: nothing can be sent there now. */
async function sendOne(
  delivery: Sending,
  dependencies: SendDependencies,
): Promise<DeliveryError | undefined> {
  const { store, clock, channels, policy, calendar, failpoint } = dependencies
  const channel = channels.get(delivery.to.channel)
  if (!channel) return undefined
  // Others of the batch went first: what was closed meanwhile stays unsaid, the rest is said anew.
  const options = { now: clock.now(), policy, calendar }
  const composed = await composeDelivery(delivery.content, store, options)
  if (composed.kind !== 'message') {
    await settle(delivery, composed, dependencies)
    return undefined
  }
  failpoint?.('delivery-before-send')
  try {
    const signal = AbortSignal.timeout(SEND_TIMEOUT_MS)
    await channel.send(delivery.to, composed.message, { deliveryId: delivery.id, signal })
  } catch (cause) {
    const error = toDeliveryError(cause)
    await recover(delivery, error, dependencies)
    return error.postponed && error.retryAt === undefined ? error : undefined
  }
  failpoint?.('delivery-before-settle')
  await settle(delivery, { kind: 'sent' }, dependencies)
  failpoint?.('delivery-settled')
  return undefined
}

async function recover(
  delivery: Sending,
  error: DeliveryError,
  dependencies: SendDependencies,
): Promise<void> {
  const outcome = decideRetry(delivery, error, {
    now: dependencies.clock.now(),
    claimedAt: delivery.claimedAt,
    random: dependencies.random,
  })
  await dependencies.store.transaction(async (store) => {
    const isOurs = await settle(delivery, outcome, { ...dependencies, store })
    const elsewhere = redirected(delivery)
    if (!isOurs || outcome.kind !== 'dead' || !elsewhere) return
    await store.outbox.enqueue([elsewhere])
    if (elsewhere.content.kind !== 'reminders') return
    const ids = elsewhere.content.reminders.map(({ id }) => id)
    await store.reminders.markEnqueued(ids, elsewhere.id)
  })
}

async function settle(
  delivery: ClaimedDelivery,
  outcome: DeliveryOutcome,
  { store, clock, onOutcome }: SendDependencies,
): Promise<boolean> {
  const isOurs = await store.outbox.settle(delivery, outcome, clock.now())
  if (isOurs) onOutcome?.(delivery, outcome)
  return isOurs
}

/** A fault of an adapter's own is no reason to lose a message: it is tried again, outcome unknown. */
function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  return new DeliveryError('channel_fault', '渠道出错，稍后再发。', {
    retryable: true,
    outcomeUnknown: true,
    cause: error,
  })
}
