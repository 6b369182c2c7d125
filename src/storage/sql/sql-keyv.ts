/**
 * keyv over the main store, so that replicas on one PostgreSQL share dialogue context and a restart
 * on SQLite keeps it. Written here because the published adapters want an older keyv.
 *
 * When the database is full, locked or gone, a read is a miss and a write is dropped: those who may
 * lose nothing report the fault, a cache does not add to it.
 */
import { Keyv, KeyvBridgeAdapter, type KeyvBridgeStore } from 'keyv'
import type { Clock } from '../../clock.ts'
import { BotError } from '../../errors.ts'
import type { PrunedCache } from '../cache.ts'
import type { Database } from './database.ts'
import { storedInstant } from './stored-values.ts'

interface CacheEntriesTable {
  readonly namespace: string
  readonly key: string
  readonly value: string
  readonly expires_at: number | null
}

export interface CacheTables {
  readonly cache_entries: CacheEntriesTable
}

/** Entries read at a time while iterating. */
const PAGE_SIZE = 500

export function sqlCache(database: Database, clock: Pick<Clock, 'now'>): PrunedCache {
  return {
    keyv: (namespace) => {
      const store = new KeyvBridgeAdapter(namespaceStore(database, namespace, clock))
      return new Keyv({ store, namespace })
    },
    prune: async () => {
      const result = await database.db
        .deleteFrom('cache_entries')
        .where('expires_at', '<=', storedInstant(clock.now()))
        .executeTakeFirst()
      return Number(result.numDeletedRows)
    },
  }
}

/** One namespace as keyv's bridge wants it; `namespace` tells the bridge not to prefix keys itself. */
function namespaceStore(
  database: Database,
  namespace: string,
  clock: Pick<Clock, 'now'>,
): KeyvBridgeStore {
  const now = () => storedInstant(clock.now())
  const living = () =>
    database.db
      .selectFrom('cache_entries')
      .select(['key', 'value'])
      .where('namespace', '=', namespace)
      .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', now())]))
  return {
    namespace,
    get: (key) =>
      orElse(undefined, async () => {
        const entry = await living().where('key', '=', key).executeTakeFirst()
        return entry?.value
      }),
    /** `ttl` in milliseconds. */
    set: (key, value: string, ttl) =>
      orElse(false, async () => {
        const entry = { value, expires_at: ttl === undefined ? null : now() + ttl }
        await database.db
          .insertInto('cache_entries')
          .values({ namespace, key, ...entry })
          .onConflict((conflict) => conflict.columns(['namespace', 'key']).doUpdateSet(entry))
          .execute()
        return true
      }),
    delete: async (key) => {
      const result = await database.db
        .deleteFrom('cache_entries')
        .where('namespace', '=', namespace)
        .where('key', '=', key)
        .executeTakeFirst()
      return result.numDeletedRows > 0n
    },
    clear: async () => {
      await database.db.deleteFrom('cache_entries').where('namespace', '=', namespace).execute()
    },
    async *iterator() {
      for (let after = ''; ; ) {
        const page = await living()
          .where('key', '>', after)
          .orderBy('key')
          .limit(PAGE_SIZE)
          .execute()
        for (const { key, value } of page) yield [key, value]
        const last = page.at(-1)
        if (last === undefined || page.length < PAGE_SIZE) return
        after = last.key
      }
    },
  }
}

async function orElse<T>(fallback: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BotError) return fallback
    throw error
  }
}
