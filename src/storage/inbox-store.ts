/**
 * Messages that came in. A message is acknowledged to its platform after its row is committed; the
 * row's key is (channel, message id), so a redelivery on any replica is answered once. Rows are kept
 * 7 days: Feishu redelivers for up to 8 hours.
 */
import type { InboundMessage } from '../domain/message.ts'

export interface InboxItem {
  readonly message: InboundMessage
  readonly leaseToken: string
  readonly attempts: number
}

export interface InboxStore {
  /** False when the message is already known: nothing is stored. */
  accept(message: InboundMessage, at: Temporal.Instant): Promise<boolean>
  /** Leases up to `limit` messages, at most one per conversation, oldest first. */
  claim(options: {
    readonly now: Temporal.Instant
    readonly leaseUntil: Temporal.Instant
    readonly limit: number
    /** Channels whose messages another replica has to handle. */
    readonly except?: readonly string[]
  }): Promise<readonly InboxItem[]>
  /** False when the lease was lost: then somebody else has the message. */
  settle(
    item: InboxItem,
    outcome: 'done' | 'dead' | { readonly retryAt: Temporal.Instant },
  ): Promise<boolean>
  /** Takes back a message that its sender recalled: its words are erased, an unanswered one stays unanswered. */
  withdraw(message: Pick<InboundMessage, 'id' | 'conversation'>): Promise<void>
  /** The earliest moment at which some conversation's first message may be claimed, but for these channels. */
  nextDueAt(except?: readonly string[]): Promise<Temporal.Instant | undefined>
  /** Forgets settled messages older than `before`; returns how many. */
  prune(before: Temporal.Instant): Promise<number>
}
