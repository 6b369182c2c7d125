/**
 * Messages that go out: answers and reminders alike. A delivery's id is made from what it is about,
 * so that planning or answering twice inserts once; the id travels to the platform as its
 * idempotency key.
 */
import type { ConversationRef, OutboundMessage } from '../domain/message.ts'
import type { Reminder } from '../domain/reminder.ts'

/** What a delivery says: fixed words, or words made when it is sent, from the tasks as they are then. */
export type DeliveryContent =
  | { readonly kind: 'message'; readonly message: OutboundMessage }
  | {
      readonly kind: 'reminders'
      readonly personId: string
      readonly reminders: readonly Reminder[]
    }
  /** A leader's look at everything that is behind, as of the day it was planned for. */
  | { readonly kind: 'overview'; readonly personId: string; readonly on: Temporal.PlainDate }

export interface Delivery {
  /** Idempotency key, at most 50 characters: never made from anything that changes on a retry. */
  readonly id: string
  readonly to: ConversationRef
  readonly content: DeliveryContent
  readonly notBefore: Temporal.Instant
  /** Where to say it when `to` cannot be reached, best first. */
  readonly fallbacks: readonly ConversationRef[]
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
  /** `uncounted`: this try was none, and no attempt is used up. */
  | {
      readonly kind: 'retry'
      readonly at: Temporal.Instant
      readonly outcomeUnknown: boolean
      readonly uncounted?: boolean
    }
  | { readonly kind: 'dead'; readonly code: string }
  | { readonly kind: 'suppressed'; readonly reason: string }

export type DeliveryState = 'waiting' | 'leased' | 'sent' | 'dead' | 'suppressed'

/** The line an admin sees. */
export interface DeliveryRecord extends Delivery {
  readonly state: DeliveryState
  readonly attempts: number
  /** Why it is dead or suppressed: a code or a reason. */
  readonly reason?: string
  readonly settledAt?: Temporal.Instant
}

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
  settle(
    delivery: ClaimedDelivery,
    outcome: DeliveryOutcome,
    at: Temporal.Instant,
  ): Promise<boolean>
  /** The earliest moment at which something becomes due, on these channels if any are named. */
  nextDueAt(channels?: readonly string[]): Promise<Temporal.Instant | undefined>
  /** Takes back deliveries that nobody has claimed yet; returns how many. */
  suppress(ids: readonly string[], reason: string, at: Temporal.Instant): Promise<number>
  byId(id: string): Promise<DeliveryRecord | undefined>
  /** The newest first: dead letters for the admin, what was last said in a conversation. */
  list(filter: {
    readonly state?: DeliveryState
    readonly to?: Pick<ConversationRef, 'channel' | 'conversationId'>
    readonly limit: number
  }): Promise<readonly DeliveryRecord[]>
  /** Puts a dead letter back in the queue; false when it is not dead. */
  revive(id: string, at: Temporal.Instant): Promise<boolean>
  /** Forgets deliveries settled before `before`; returns how many. */
  prune(before: Temporal.Instant): Promise<number>
}
