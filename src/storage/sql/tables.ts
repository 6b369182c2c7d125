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
import type { CacheTables } from './sql-keyv.ts'
import type { QuestionTables } from './sql-question-store.ts'
import type { KnowledgeTables } from './stored-version.ts'

export type Tables = KnowledgeTables & AuditTables & CacheTables & ConsoleTables & QuestionTables
