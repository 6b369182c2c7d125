/** Whether the database is sound: for `doctor` and for an operator who wonders. Changes nothing. */
import { sql } from 'kysely'
import type { AuditCheck } from '../audit-store.ts'
import type { Engine } from './database.ts'
import { openDatabaseOf, type StoreOptions } from './open-store.ts'
import { sqlAuditStore } from './sql-audit-store.ts'

export interface DatabaseCheck {
  readonly engine: Engine
  /** Version of the engine: 3.53.4, 17.2. */
  readonly version: string
  /** What the engine finds wrong with its own file; empty when nothing. SQLite only. */
  readonly faults: readonly string[]
  readonly audit: AuditCheck
}

/** @throws {BotError} when the database cannot be opened or read. */
export async function checkDatabase(options: StoreOptions): Promise<DatabaseCheck> {
  const database = openDatabaseOf(options)
  const { db, engine } = database
  try {
    const version =
      engine === 'sqlite'
        ? sql<{ version: string }>`select sqlite_version() as version`
        : sql<{ version: string }>`select current_setting('server_version') as version`
    return {
      engine,
      version: (await version.execute(db)).rows[0]?.version ?? '',
      faults: engine === 'sqlite' ? await faultsOf(db) : [],
      audit: await sqlAuditStore(database).check(),
    }
  } finally {
    await database.close()
  }
}

async function faultsOf(db: ReturnType<typeof openDatabaseOf>['db']): Promise<readonly string[]> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(10)`.execute(db)
  return rows.map(({ quick_check }) => quick_check).filter((line) => line !== 'ok')
}
