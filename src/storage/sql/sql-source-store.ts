/** Watched pages in SQL. */
import type { SourceStore, WatchedSource } from '../source-store.ts'
import type { Database } from './database.ts'
import { readInstant, storedInstant } from './stored-values.ts'

interface WatchedSourcesTable {
  readonly url: string
  readonly document_id: string
  readonly checked_at: number | null
  readonly next_check_at: number
  readonly failures: number
  readonly problem: string | null
}

export interface SourceTables {
  readonly watched_sources: WatchedSourcesTable
}

export function sqlSourceStore(database: Database): SourceStore {
  const rows = () => database.db.selectFrom('watched_sources').selectAll()
  return {
    watch: (source) => watch(database, source),
    unwatch: async (url) => {
      const result = await database.db
        .deleteFrom('watched_sources')
        .where('url', '=', url)
        .executeTakeFirst()
      return result.numDeletedRows > 0n
    },
    claim: (now, leaseUntil) => claim(database, now, leaseUntil),
    settle: (source) => settle(database, source),
    list: async () => (await rows().orderBy('url').execute()).map(read),
    nextDueAt: async () => {
      const row = await rows().orderBy('next_check_at').limit(1).executeTakeFirst()
      return row && readInstant(row.next_check_at)
    },
  }
}

async function watch({ db }: Database, source: Parameters<SourceStore['watch']>[0]) {
  const { url, documentId, nextCheckAt } = source
  await db
    .insertInto('watched_sources')
    .values({
      url,
      document_id: documentId,
      checked_at: null,
      next_check_at: storedInstant(nextCheckAt),
      failures: 0,
      problem: null,
    })
    .onConflict((conflict) => conflict.column('url').doUpdateSet({ document_id: documentId }))
    .execute()
}

/** SQLite lets one claim in at a time; on PostgreSQL a second one passes over the row of the first. */
async function claim(
  { db, engine }: Database,
  now: Temporal.Instant,
  leaseUntil: Temporal.Instant,
) {
  const row = await db
    .updateTable('watched_sources')
    .set({ next_check_at: storedInstant(leaseUntil) })
    .where('next_check_at', '<=', storedInstant(now))
    .where('url', '=', (query) =>
      query
        .selectFrom('watched_sources')
        .select('url')
        .where('next_check_at', '<=', storedInstant(now))
        .orderBy('next_check_at')
        .limit(1)
        .$if(engine === 'postgres', (one) => one.forUpdate().skipLocked()),
    )
    .returningAll()
    .executeTakeFirst()
  return row && read(row)
}

async function settle({ db }: Database, source: WatchedSource): Promise<void> {
  await db
    .updateTable('watched_sources')
    .set({
      document_id: source.documentId,
      checked_at: source.checkedAt ? storedInstant(source.checkedAt) : null,
      next_check_at: storedInstant(source.nextCheckAt),
      failures: source.failures,
      problem: source.problem ?? null,
    })
    .where('url', '=', source.url)
    .execute()
}

function read(row: WatchedSourcesTable): WatchedSource {
  return {
    url: row.url,
    documentId: row.document_id,
    ...(row.checked_at !== null && { checkedAt: readInstant(row.checked_at) }),
    nextCheckAt: readInstant(row.next_check_at),
    failures: row.failures,
    ...(row.problem !== null && { problem: row.problem }),
  }
}
