/**
 * PostgreSQL through `pg`: for many replicas on one database.
 *
 * Whole numbers of 64 bits come back as numbers, as SQLite gives them: ours are counters and
 * milliseconds, far below 2^53.
 */
import { type DatabaseConnection, type Dialect, PostgresDialect } from 'kysely'
import { Pool, types } from 'pg'
import { storeError } from './store-error.ts'

const POOL_SIZE = 10
const CONNECT_TIMEOUT_MS = 10_000
/** A statement that takes longer is a fault; the longest of ours reads all passages at the start. */
const STATEMENT_TIMEOUT_MS = 120_000
const INT8 = 20
const NUMERIC = 1700

export function postgresDialect(databaseUrl: string): Dialect {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'niangjiaren',
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === INT8 || type === NUMERIC ? Number : types.getTypeParser(type, format),
    },
  })
  // An idle connection that breaks is replaced by the pool at the next query, which reports it then;
  // without a listener the process would end.
  pool.on('error', () => {})
  return new PostgresDialect({
    pool: {
      connect: () => pool.connect().catch(rethrow),
      end: () => pool.end(),
      options: pool.options,
    },
    onCreateConnection: async (connection) => translateErrors(connection),
  })
}

function translateErrors(connection: DatabaseConnection) {
  const execute = connection.executeQuery.bind(connection)
  connection.executeQuery = (query, options) => execute<never>(query, options).catch(rethrow)
}

function rethrow(error: unknown): never {
  throw storeError(error)
}
