/**
 * The seam to storage. One store, two engines (SQLite file, PostgreSQL), the same promises: what
 * happens inside `transaction` is kept whole or not at all.
 */
import type { InboxStore } from './inbox-store.ts'
import type { KnowledgeStore } from './knowledge-store.ts'
import type { OutboxStore } from './outbox-store.ts'

export interface Store {
  readonly knowledge: KnowledgeStore
  readonly inbox: InboxStore
  readonly outbox: OutboxStore
  /** Runs `work` in one transaction; a rejection rolls everything back. */
  transaction<R>(work: (store: Store) => Promise<R>): Promise<R>
  close(): Promise<void>
}
