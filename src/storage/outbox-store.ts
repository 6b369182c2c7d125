/**
 * Messages that go out: answers and reminders alike. A delivery's id is made from what it is about,
 * so that planning or answering twice inserts once; the id travels to the platform as its
 * idempotency key.
 */
import type { ConversationRef, OutboundMessage } from '../domain/message.ts'

export interface Delivery {
  /** Idempotency key: never made from anything that changes on a retry. */
  readonly id: string
  readonly to: ConversationRef
  readonly message: OutboundMessage
  readonly notBefore: Temporal.Instant
  /** The task this is about, to be re-checked before sending; absent for answers. */
  readonly taskId?: string
  readonly taskRevision?: number
}

export interface ClaimedDelivery extends Delivery {
  readonly leaseToken: string
  /** 1 at the first try. */
  readonly attempts: number
  /** An earlier try ended without our knowing whether the platform took it. */
  readonly outcomeUnknown: boolean
}

export type DeliveryOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'retry'; readonly at: Temporal.Instant; readonly outcomeUnknown: boolean }
  | { readonly kind: 'dead'; readonly code: string }
  | { readonly kind: 'suppressed'; readonly reason: string }

export interface OutboxStore {
  /** Inserts what is not there yet; returns how many were new. */
  enqueue(deliveries: readonly Delivery[]): Promise<number>
  claim(options: {
    readonly now: Temporal.Instant
    readonly leaseUntil: Temporal.Instant
    readonly limit: number
    /** Channels that can send now; others wait. */
    readonly channels: readonly string[]
  }): Promise<readonly ClaimedDelivery[]>
  /** False when the lease was lost. */
  settle(delivery: ClaimedDelivery, outcome: DeliveryOutcome): Promise<boolean>
  /** The earliest moment at which something becomes due; undefined when nothing waits. */
  nextDueAt(): Promise<Temporal.Instant | undefined>
}
