/**
 * One open database, whichever engine, with transactions that nest.
 *
 * `transaction` hands a Database bound to the transaction to its work; a transaction inside it is a
 * savepoint, so an inner failure that is caught undoes the inner part only. Using the outer
 * Database inside the work would write beside the transaction on PostgreSQL and wait for itself for
 * ever on SQLite: it is refused on both, at once.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Dialect, Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export type Engine = 'sqlite' | 'postgres'

export interface Database {
  readonly engine: Engine
  /** The query builder, bound to this database or transaction. */
  readonly db: Kysely<Tables>
  /** Runs `work` whole or not at all. Inside a transaction: a savepoint. */
  transaction<R>(work: (database: Database) => Promise<R>): Promise<R>
  /** Reads everything as it stands at one moment, without holding writers back. */
  snapshot<R>(work: (database: Database) => Promise<R>): Promise<R>
  close(): Promise<void>
}

/** Where the current asynchronous call stands: inside which transaction of which database. */
interface Scope {
  readonly root: Kysely<Tables>
  readonly innermost: Kysely<Tables>
  readonly depth: number
  open: boolean
}

const scopes = new AsyncLocalStorage<Scope>()

export function openDatabase(engine: Engine, dialect: Dialect): Database {
  const root = new Kysely<Tables>({ dialect })
  return {
    engine,
    get db() {
      refuseInside(root)
      return root
    },
    transaction: async (work) => {
      refuseInside(root)
      return root
        .transaction()
        .execute((transaction) =>
          inScope({ root, innermost: transaction, depth: 1, open: true }, engine, work),
        )
    },
    snapshot: async (work) => {
      refuseInside(root)
      return root
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((transaction) =>
          inScope({ root, innermost: transaction, depth: 1, open: true }, engine, work),
        )
    },
    close: () => root.destroy(),
  }
}

async function inScope<R>(scope: Scope, engine: Engine, work: (database: Database) => Promise<R>) {
  try {
    return await scopes.run(scope, () => work(boundDatabase(scope, engine)))
  } finally {
    scope.open = false
  }
}

function boundDatabase(scope: Scope, engine: Engine): Database {
  let savepoints = Promise.resolve()
  const nested = async <R>(work: (database: Database) => Promise<R>) => {
    const name = sql.id(`nested_${scope.depth}`)
    await sql`savepoint ${name}`.execute(scope.innermost)
    try {
      const inner = { ...scope, depth: scope.depth + 1, open: true }
      const result = await inScope(inner, engine, work)
      await sql`release savepoint ${name}`.execute(scope.innermost)
      return result
    } catch (error) {
      await sql`rollback to savepoint ${name}`.execute(scope.innermost)
      await sql`release savepoint ${name}`.execute(scope.innermost)
      throw error
    }
  }
  return {
    engine,
    get db() {
      if (!scope.open) throw new Error(ENDED)
      return scope.innermost
    },
    // Savepoints form a stack: two at once on the same level wait for one another.
    transaction: async <R>(work: (database: Database) => Promise<R>) => {
      if (!scope.open) throw new Error(ENDED)
      const result = savepoints.then(() => nested(work))
      savepoints = result.then(noop, noop)
      return result
    },
    snapshot: async () => {
      throw new Error('A snapshot is taken outside transactions.')
    },
    close: async () => {
      throw new Error('A store is closed outside its transactions.')
    },
  }
}

const ENDED = 'The transaction of this store has ended.'
const noop = () => {}

function refuseInside(root: Kysely<Tables>) {
  const scope = scopes.getStore()
  if (scope?.open && scope.root === root) {
    throw new Error('Inside a transaction, use the store that was handed to its work.')
  }
}
