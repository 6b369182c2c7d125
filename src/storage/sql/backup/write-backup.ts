/**
 * Everything in the store into one file, as it stands at one moment: the bot may go on running, and
 * what it writes meanwhile is in the next backup.
 */
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { type Migration, migrate } from '../migrate.ts'
import { MIGRATIONS } from '../migrations.ts'
import { openDatabaseOf, type StoreOptions } from '../open-store.ts'
import {
  type BackupSummary,
  type RowBatch,
  type StoredRow,
  writeBackupFile,
} from './backup-file.ts'
import { savedTables } from './own-tables.ts'

/** A line of the file holds rows of about this many characters. */
const BATCH_CHARACTERS = 2_000_000
const FETCHED_ROWS = 200

/** @throws {BotError} when the store cannot be read, `backup_exists` when the file is there already. */
export async function writeBackup(
  options: StoreOptions,
  file: string,
  { createdAt }: { readonly createdAt: Temporal.Instant },
): Promise<BackupSummary> {
  const database = openDatabaseOf(options)
  try {
    await migrate(database, MIGRATIONS)
    return await database.snapshot((snapshot) =>
      writeBackupFile(
        file,
        { createdAt, migrations: MIGRATIONS.map(({ number }) => number) },
        allRows(snapshot, MIGRATIONS),
      ),
    )
  } finally {
    await database.close()
  }
}

/** Every row that a backup holds, table after table. */
export async function* allRows(
  database: Database,
  migrations: readonly Migration[],
): AsyncGenerator<RowBatch> {
  for (const table of savedTables(migrations, database.engine)) {
    let rows: StoredRow[] = []
    let characters = 0
    for await (const row of rowsOf(database, table)) {
      rows.push(row)
      characters += sizeOf(row)
      if (characters < BATCH_CHARACTERS) continue
      yield { table, rows }
      rows = []
      characters = 0
    }
    yield { table, rows }
  }
}

async function* rowsOf(database: Database, table: string): AsyncGenerator<StoredRow> {
  const { db, engine } = database
  const all = sql<StoredRow>`select * from ${sql.table(table)}`
  if (engine === 'sqlite') {
    for await (const { rows } of db.getExecutor().stream<StoredRow>(all.compile(db), 1)) yield* rows
    return
  }
  await sql`declare backup_rows no scroll cursor for ${all}`.execute(db)
  for (;;) {
    const fetched = await sql<StoredRow>`fetch ${sql.lit(FETCHED_ROWS)} from backup_rows`.execute(
      db,
    )
    yield* fetched.rows
    if (fetched.rows.length < FETCHED_ROWS) break
  }
  await sql`close backup_rows`.execute(db)
}

function sizeOf(row: StoredRow): number {
  return Object.values(row).reduce<number>(
    (sum, value) => sum + (typeof value === 'number' || value === null ? 8 : value.length),
    0,
  )
}
