/**
 * The seam to storage. One store, two engines (SQLite file, PostgreSQL), the same promises: what
 * happens inside `transaction` is kept whole or not at all.
 */
import type { AuditStore } from './audit-store.ts'
import type { PrunedCache } from './cache.ts'
import type { ConsoleStore } from './console-store.ts'
import type { InboxStore } from './inbox-store.ts'
import type { KnowledgeStore } from './knowledge-store.ts'
import type { LeaseStore } from './lease-store.ts'
import type { OutboxStore } from './outbox-store.ts'
import type { PendingStore } from './pending-store.ts'
import type { PeopleStore } from './people-store.ts'
import type { PinnedStore } from './pinned-store.ts'
import type { QuestionStore } from './question-store.ts'
import type { ReminderStore } from './reminder-store.ts'
import type { SourceStore } from './source-store.ts'
import type { TaskStore } from './task-store.ts'

export interface Store {
  readonly knowledge: KnowledgeStore
  readonly console: ConsoleStore
  readonly questions: QuestionStore
  readonly audit: AuditStore
  readonly pinned: PinnedStore
  readonly sources: SourceStore
  /** What may be lost; shared by replicas on one PostgreSQL. */
  readonly cache: PrunedCache
  readonly inbox: InboxStore
  readonly outbox: OutboxStore
  readonly leases: LeaseStore
  readonly pending: PendingStore
  readonly people: PeopleStore
  readonly reminders: ReminderStore
  readonly tasks: TaskStore
  /**
   * Runs `work` in one transaction; a rejection rolls everything back. Inside, only the store that
   * is handed to `work` may be used. A transaction inside a transaction undoes its own part alone.
   */
  transaction<R>(work: (store: Store) => Promise<R>): Promise<R>
  close(): Promise<void>
}
