/** Opens the store: the file in DATA_DIR, or PostgreSQL when an address is given. */
import { join } from 'node:path'
import { type Clock, systemClock } from '../../clock.ts'
import type { Store } from '../store.ts'
import { type Database, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './migrations.ts'
import { postgresDialect } from './postgres.ts'
import { sqlAuditStore } from './sql-audit-store.ts'
import { sqlConsoleStore } from './sql-console-store.ts'
import { sqlInboxStore } from './sql-inbox-store.ts'
import { sqlCache } from './sql-keyv.ts'
import { sqlKnowledgeStore } from './sql-knowledge-store.ts'
import { sqlLeaseStore } from './sql-lease-store.ts'
import { sqlOutboxStore } from './sql-outbox-store.ts'
import { sqlPendingStore } from './sql-pending-store.ts'
import { sqlPeopleStore } from './sql-people-store.ts'
import { sqlPinnedStore } from './sql-pinned-store.ts'
import { sqlQuestionStore } from './sql-question-store.ts'
import { sqlReminderStore } from './sql-reminder-store.ts'
import { sqlSourceStore } from './sql-source-store.ts'
import { sqlTaskStore } from './sql-task-store.ts'
import { MEMORY, sqliteDialect } from './sqlite.ts'

const FILE_NAME = 'niangjiaren.sqlite'

export interface StoreOptions {
  /** `postgres://…`; absent: the SQLite file. */
  readonly databaseUrl?: string
  /** Folder of the SQLite file; absent: in memory, gone when closed. */
  readonly dataDir?: string
  /** By which cached values expire. */
  readonly clock?: Pick<Clock, 'now'>
}

/** @throws {BotError} when the database cannot be opened, read or written, or is newer than the program. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = openDatabaseOf(options)
  try {
    await migrate(database, MIGRATIONS)
    return sqlStore(database, options.clock ?? systemClock)
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The database alone, as it is: for moving and checking it. */
export function openDatabaseOf({ databaseUrl, dataDir }: StoreOptions): Database {
  if (databaseUrl !== undefined) return openDatabase('postgres', postgresDialect(databaseUrl))
  const file = dataDir === undefined ? MEMORY : join(dataDir, FILE_NAME)
  return openDatabase('sqlite', sqliteDialect({ file }))
}

function sqlStore(database: Database, clock: Pick<Clock, 'now'>): Store {
  return {
    knowledge: sqlKnowledgeStore(database),
    audit: sqlAuditStore(database),
    pinned: sqlPinnedStore(database),
    sources: sqlSourceStore(database),
    cache: sqlCache(database, clock),
    console: sqlConsoleStore(database),
    questions: sqlQuestionStore(database),
    inbox: sqlInboxStore(database),
    outbox: sqlOutboxStore(database),
    leases: sqlLeaseStore(database),
    pending: sqlPendingStore(database),
    people: sqlPeopleStore(database),
    reminders: sqlReminderStore(database),
    tasks: sqlTaskStore(database),
    transaction: (work) => database.transaction((inner) => work(sqlStore(inner, clock))),
    close: () => database.close(),
  }
}
