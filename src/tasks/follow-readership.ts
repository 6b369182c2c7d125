/**
 * Who may see a task follows who may read the document it was read in, also when that changes later:
 * lists, digests, exports and answers look at the task alone. What was closed follows too.
 *
 * Key: the readership itself; following twice adds nothing.
 */
import type { Readership } from '../domain/person.ts'
import type { Actor } from '../domain/task.ts'
import { type LedgerDependencies, recordChange } from './record-change.ts'

/** What one transaction reads at once; more tasks than a document ever has. */
const MANY = 10_000
const READER: Actor = { kind: 'system', name: '读文件' }

/** Returns how many tasks changed. */
export async function followReadership(
  { documentId, readableBy }: { readonly documentId: string; readonly readableBy: Readership },
  { at, today }: { readonly at: Temporal.Instant; readonly today: Temporal.PlainDate },
  ledger: LedgerDependencies,
): Promise<number> {
  const tasks = await ledger.store.tasks.find({ documentId, limit: MANY })
  const behind = tasks.filter((task) => task.readableBy !== readableBy)
  const change = { kind: 'readership-changed', readableBy } as const
  const context = { actor: READER, at, today, basis: '文件可见范围' }
  for (const { id } of behind) await recordChange(id, change, context, ledger)
  return behind.length
}
