/**
 * A backup into a store of either engine, in one transaction: afterwards everything of the backup is
 * there and nothing else, or nothing was changed. A backup of an older program is brought to the
 * schema of this one.
 */
import { sql } from 'kysely'
import { BadInputError, BotError } from '../../../errors.ts'
import type { Database } from '../database.ts'
import { migrate } from '../migrate.ts'
import { MIGRATIONS } from '../migrations.ts'
import { openDatabaseOf, type StoreOptions } from '../open-store.ts'
import {
  type BackupSummary,
  checkBackup,
  readBatches,
  type StoredRow,
  type TableCounts,
} from './backup-file.ts'
import { ownFunctions, ownTables, savedTables } from './own-tables.ts'

export interface RestoreOptions {
  /** Throw away what the store holds. Without it, a store that holds anything is refused. */
  readonly replace: boolean
}

/** Rows that every new database has; they do not make it a used one. */
const SEEDED = ['schema_migrations', 'knowledge_state', 'audit_head', 'cache_entries']
/** Below the 32,766 parameters of one SQLite statement. */
const PARAMETERS = 20_000

/**
 * @throws {BotError} `backup_damaged`, `backup_foreign`, `backup_newer`, `backup_missing`;
 *   `store_not_empty` when the store holds something and `replace` was not said.
 */
export async function restoreBackup(
  options: StoreOptions,
  file: string,
  { replace }: RestoreOptions,
): Promise<BackupSummary> {
  const summary = await checkBackup(file)
  const schema = MIGRATIONS.filter(({ number }) => summary.migrations.includes(number))
  if (schema.length < summary.migrations.length) {
    throw new BotError('backup_newer', '这份备份是更新的程序写的，请升级程序后再恢复。')
  }
  const database = openDatabaseOf(options)
  try {
    await migrate(database, MIGRATIONS)
    await database.transaction(async (inner) => {
      if (!replace) await refuseUsed(inner)
      const earlier = await standing(inner)
      await dropAll(inner)
      await migrate(inner, schema)
      await fill(inner, file)
      await migrate(inner, MIGRATIONS)
      await compare(inner, summary.tables)
      await announce(inner, earlier)
    })
    return summary
  } finally {
    await database.close()
  }
}

async function refuseUsed(database: Database): Promise<void> {
  for (const table of ownTables(MIGRATIONS, database.engine)) {
    if (SEEDED.includes(table) || (await count(database, table)) === 0) continue
    throw new BadInputError(
      'store_not_empty',
      '当前的数据库里已经有内容，没有恢复。请换一个空的 DATA_DIR 或 DATABASE_URL；确定要用备份替换现有内容时，加上 --replace。',
    )
  }
}

async function dropAll({ db, engine }: Database): Promise<void> {
  const cascade = sql.raw(engine === 'postgres' ? ' cascade' : '')
  if (engine === 'sqlite') await sql`pragma defer_foreign_keys = on`.execute(db)
  for (const table of ['schema_migrations', ...ownTables(MIGRATIONS, engine)].toReversed()) {
    await sql`drop table if exists ${sql.table(table)}${cascade}`.execute(db)
  }
  for (const name of ownFunctions(MIGRATIONS, engine)) {
    await sql`drop function if exists ${sql.table(name)}${cascade}`.execute(db)
  }
}

async function fill(database: Database, file: string): Promise<void> {
  const { db, engine } = database
  if (engine === 'postgres') await sql`set constraints all deferred`.execute(db)
  for (const table of savedTables(MIGRATIONS, engine)) {
    if (SEEDED.includes(table)) await sql`delete from ${sql.table(table)}`.execute(db)
  }
  for await (const { table, rows } of readBatches(file)) {
    const size = Math.max(1, Math.floor(PARAMETERS / Object.keys(rows[0] ?? { a: 0 }).length))
    for (let from = 0; from < rows.length; from += size) {
      await insert(database, table, rows.slice(from, from + size))
    }
  }
  if (engine === 'postgres') await continueSequences(database)
}

async function insert({ db }: Database, table: string, rows: readonly StoredRow[]) {
  const columns = Object.keys(rows[0] ?? {})
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const values = sql.join(
    rows.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`),
  )
  await sql`insert into ${sql.table(table)} (${names}) values ${values}`.execute(db)
}

/** A counter column goes on after the numbers that came from the backup; SQLite does so by itself. */
async function continueSequences({ db }: Database): Promise<void> {
  const { rows } = await sql<{ table_name: string; column_name: string }>`
    select table_name, column_name from information_schema.columns
    where table_schema = current_schema() and column_default like 'nextval(%'`.execute(db)
  const ours = ownTables(MIGRATIONS, 'postgres')
  for (const { table_name, column_name } of rows) {
    if (!ours.includes(table_name)) continue
    await sql`select setval(pg_get_serial_sequence(${table_name}, ${column_name}),
      coalesce((select max(${sql.ref(column_name)}) from ${sql.table(table_name)}), 0) + 1, false)`.execute(
      db,
    )
  }
}

async function compare(database: Database, tables: TableCounts): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    if ((await count(database, table)) === rows) continue
    throw new BotError('restore_incomplete', `恢复后 ${table} 的行数和备份不一致，没有改动数据库。`)
  }
}

async function count({ db }: Database, table: string): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select count(*) as rows from ${sql.table(table)}`.execute(db)
  return rows[0]?.rows ?? 0
}

interface Standing {
  readonly revision: number
  readonly versionIds: readonly string[]
}

/** What indexes of running processes hold now. */
async function standing({ db }: Database): Promise<Standing> {
  const { revision } = await db
    .selectFrom('knowledge_state')
    .select('revision')
    .executeTakeFirstOrThrow()
  const rows = await db.selectFrom('versions').select('version_id').execute()
  return { revision, versionIds: rows.map(({ version_id }) => version_id) }
}

/** A process that goes on running over a replaced store hears that everything changed. */
async function announce({ db }: Database, earlier: Standing): Promise<void> {
  if (earlier.versionIds.length === 0) return
  const restored = await db
    .selectFrom('knowledge_state')
    .select('revision')
    .executeTakeFirstOrThrow()
  const next = Math.max(restored.revision, earlier.revision) + 1
  await db.updateTable('knowledge_state').set({ revision: next }).execute()
  await db.updateTable('versions').set({ revision: next }).execute()
  const kept = new Set(
    (await db.selectFrom('versions').select('version_id').execute()).map((row) => row.version_id),
  )
  for (const version_id of earlier.versionIds.filter((id) => !kept.has(id))) {
    await db
      .insertInto('removed_versions')
      .values({ version_id, revision: next })
      .onConflict((conflict) => conflict.column('version_id').doUpdateSet({ revision: next }))
      .execute()
  }
}
