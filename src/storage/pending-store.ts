/**
 * Commands that were understood and wait for 「是」. Durable, because a restart between the question
 * and the answer must not lose what was asked; unique, because a button pressed five times acts once.
 */
import type { AccountRef } from '../domain/person.ts'

export interface Pending {
  readonly id: string
  readonly conversationId: string
  readonly account: AccountRef
  /** What to do or to choose among: written and read by conversation/, opaque here. */
  readonly request: unknown
  readonly expiresAt: Temporal.Instant
  /** Set once it was answered: the words that answered it, shown again when it is answered again. */
  readonly outcome?: string
}

export interface PendingStore {
  /** Replaces whatever the account still has open in the conversation. */
  put(pending: Pending): Promise<void>
  byId(id: string): Promise<Pending | undefined>
  /** The one still open, if it has not expired. */
  open(
    account: AccountRef,
    conversationId: string,
    now: Temporal.Instant,
  ): Promise<Pending | undefined>
  /** False when it is closed already. */
  close(id: string, outcome: string): Promise<boolean>
  prune(before: Temporal.Instant): Promise<number>
}
