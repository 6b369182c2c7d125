/**
 * The revision: one counter row that every change of standing updates first. The row stays locked
 * until that transaction ends, so revisions become visible in their order, and a reader that has
 * seen revision n has missed nothing up to n.
 */
import type { KnowledgeChange } from '../knowledge-store.ts'
import type { Database } from './database.ts'

/** On SQLite every transaction holds the write lock from its beginning: touching the row says the same there. */
export async function lock({ db }: Database) {
  await db
    .updateTable('knowledge_state')
    .set((row) => ({ revision: row.ref('revision') }))
    .execute()
}

export async function revision({ db }: Database): Promise<number> {
  const state = await db.selectFrom('knowledge_state').select('revision').executeTakeFirstOrThrow()
  return state.revision
}

export async function nextRevision({ db }: Database): Promise<number> {
  const state = await db
    .updateTable('knowledge_state')
    .set((row) => ({ revision: row('revision', '+', 1) }))
    .returning('revision')
    .executeTakeFirstOrThrow()
  return state.revision
}

/** The revision is read before the rows: what commits in between comes again next time. */
export async function changesSince(database: Database, since: number) {
  const seen = await revision(database)
  const rows = await database.db
    .selectFrom('versions')
    .select(['version_id', 'status', 'revision'])
    .where('revision', '>', since)
    .$if(since === 0, (query) => query.where('status', '=', 'in-force'))
    .orderBy('revision')
    .execute()
  const removed = await removedSince(database, since)
  const changes = rows.map(
    (row): KnowledgeChange => ({
      versionId: row.version_id,
      inForce: row.status === 'in-force',
      revision: row.revision,
    }),
  )
  return { revision: seen, changes: [...removed, ...changes] }
}

async function removedSince({ db }: Database, since: number): Promise<KnowledgeChange[]> {
  if (since === 0) return []
  const rows = await db
    .selectFrom('removed_versions')
    .select(['version_id', 'revision'])
    .where('revision', '>', since)
    .execute()
  return rows.map((row) => ({
    versionId: row.version_id,
    inForce: false,
    revision: row.revision,
  }))
}
