/**
 * SQLite through `node:sqlite`: one file, one connection a process, any number of processes.
 *
 * Durability: WAL with `synchronous = FULL`, so that what was committed survives a power cut too.
 * Every transaction takes the write lock when it begins; a transaction that read first and wrote
 * later could fail half-way. Waiting for another process never blocks the event loop: the engine
 * itself waits {@link BLOCKING_WAIT_MS} at most, the rest is asynchronous retries.
 */
import { chmodSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { makeFolder } from './make-folder.ts'
import { isBusy, storeError } from './store-error.ts'

const BLOCKING_WAIT_MS = 20
const RETRY_PAUSE_MS = 15
/** Longer than any transaction of ours: bulk intake commits document by document. */
const DEFAULT_LOCK_WAIT_MS = 10_000
/** Distinct statements of the whole program; far below what a cache could grow to by mistake. */
const STATEMENT_CACHE_SIZE = 300

export const MEMORY = ':memory:'

export interface SqliteOptions {
  /** Path of the database file, or {@link MEMORY}. */
  readonly file: string
  /** How long to wait for another process's transaction before giving up, milliseconds. */
  readonly lockWaitMs?: number
}

/** Opens (and creates) the file. @throws {BotError} when it cannot be opened or is no database. */
export function sqliteDialect(options: SqliteOptions): Dialect {
  const database = openFile(options.file)
  const connection = sqliteConnection(database, options.lockWaitMs ?? DEFAULT_LOCK_WAIT_MS)
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => sqliteDriver(database, connection),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

function openFile(file: string): DatabaseSync {
  try {
    if (file !== MEMORY) makeFolder(dirname(file))
    const database = new DatabaseSync(file, { timeout: BLOCKING_WAIT_MS })
    try {
      whenFree(() => database.exec(SETTINGS))
      if (file !== MEMORY) chmodSync(file, 0o600)
      return database
    } catch (error) {
      database.close()
      throw error
    }
  } catch (error) {
    throw storeError(isFileSystemError(error) ? unwritable(error) : error)
  }
}

const SETTINGS =
  'pragma synchronous = full; pragma foreign_keys = on; pragma temp_store = memory; pragma journal_mode = wal'

/**
 * A second process that opens at the same moment may hold the lock while it sets the journal; the
 * engine does not wait for that one by itself. Only while a process starts may it be waited for so.
 */
function whenFree(open: () => void): void {
  const deadline = performance.now() + DEFAULT_LOCK_WAIT_MS
  for (;;) {
    try {
      open()
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_PAUSE_MS)
    }
  }
}

const isFileSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error

/** The same complaint as the engine's own "unable to open database file". */
const unwritable = (cause: Error) =>
  Object.assign(new Error(cause.message, { cause }), { errcode: 14 })

function sqliteDriver(database: DatabaseSync, connection: DatabaseConnection): Driver {
  const run = async (statement: string) => {
    await connection.executeQuery(CompiledQuery.raw(statement))
  }
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: (_connection, { accessMode }) =>
      run(accessMode === 'read only' ? 'begin' : 'begin immediate'),
    commitTransaction: () => run('commit'),
    // A full disk makes the engine roll back by itself; a second rollback would hide the reason.
    rollbackTransaction: async () => {
      if (database.isTransaction) await run('rollback')
    },
    releaseConnection: async () => {},
    destroy: async () => database.close(),
  }
}

function sqliteConnection(database: DatabaseSync, lockWaitMs: number): DatabaseConnection {
  const prepare = statementCache(database)
  const execute = <R>(query: CompiledQuery): QueryResult<R> => {
    const statement = prepare(query.sql)
    const parameters = query.parameters as SQLInputValue[]
    if (statement.columns().length > 0) return { rows: statement.all(...parameters) as R[] }
    const { changes } = statement.run(...parameters)
    return { rows: [], numAffectedRows: BigInt(changes) }
  }
  return {
    async executeQuery<R>(query: CompiledQuery) {
      const deadline = performance.now() + lockWaitMs
      for (;;) {
        try {
          return execute<R>(query)
        } catch (error) {
          if (!isBusy(error) || performance.now() > deadline) throw storeError(error)
          await pause(RETRY_PAUSE_MS)
        }
      }
    },
    async *streamQuery<R>(query: CompiledQuery) {
      // Its own statement: a cached one could be started again while this one is half read.
      const statement = database.prepare(query.sql)
      for (const row of statement.iterate(...(query.parameters as SQLInputValue[]))) {
        yield { rows: [row as R] }
      }
    },
  }
}

function statementCache(database: DatabaseSync): (text: string) => StatementSync {
  const statements = new Map<string, StatementSync>()
  return (text) => {
    const known = statements.get(text)
    if (known) return known
    const statement = database.prepare(text)
    if (statements.size >= STATEMENT_CACHE_SIZE) statements.clear()
    statements.set(text, statement)
    return statement
  }
}
