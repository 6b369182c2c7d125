/**
 * The columns of every table, for the query builder. Each store declares its own tables beside its
 * SQL; here they are put together.
 *
 * Conventions, the same on both engines: a moment is a whole number of milliseconds since 1970 in a
 * column named `…_at` (see stored-values.ts), a day is ISO text in a column named `…_on`, a yes or
 * no is 0 or 1, structured values are JSON text.
 */
import type { AuditTables } from './sql-audit-store.ts'
import type { ConsoleTables } from './sql-console-store.ts'
import type { InboxTables } from './sql-inbox-store.ts'
import type { CacheTables } from './sql-keyv.ts'
import type { LeaseTables } from './sql-lease-store.ts'
import type { OutboxTables } from './sql-outbox-store.ts'
import type { PendingTables } from './sql-pending-store.ts'
import type { PeopleTables } from './sql-people-store.ts'
import type { PinnedTables } from './sql-pinned-store.ts'
import type { QuestionTables } from './sql-question-store.ts'
import type { ReminderTables } from './sql-reminder-store.ts'
import type { SourceTables } from './sql-source-store.ts'
import type { TaskTables } from './sql-task-store.ts'
import type { KnowledgeTables } from './stored-version.ts'

export type Tables = KnowledgeTables &
  AuditTables &
  CacheTables &
  ConsoleTables &
  QuestionTables &
  InboxTables &
  OutboxTables &
  LeaseTables &
  PendingTables &
  PinnedTables &
  SourceTables &
  PeopleTables &
  ReminderTables &
  TaskTables
