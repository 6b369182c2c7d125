/**
 * Brings a database to the schema of this program: every migration that is not there yet, in the
 * order of their numbers, in one transaction under a lock. Two processes that start at once are
 * safe: the second waits and finds nothing to do. A database that knows a migration this program
 * does not is newer than the program and stays untouched.
 */
import { type Kysely, sql } from 'kysely'
import { BotError } from '../../errors.ts'
import type { Database, Engine } from './database.ts'
import type { Tables } from './tables.ts'

/** Numbered, named for what it adds, and never edited once it has been released. */
export interface Migration {
  readonly number: number
  readonly name: string
  /** The statements, in order; they differ between engines only where the engines do. */
  statements(engine: Engine): readonly string[]
}

/** Any constant shared by all our processes; one lock for one database. */
const LOCK_KEY = 7_318_260_114

/** @throws {BotError} `store_newer` when the database is newer than `migrations`. */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  const applied = await appliedNumbers(database.db, database.engine)
  refuseNewer(applied, migrations)
  if (migrations.every(({ number }) => applied.includes(number))) return
  await database.transaction(async ({ db, engine }) => {
    if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK_KEY})`.execute(db)
    await sql`create table if not exists schema_migrations (
      number integer primary key, name text not null)`.execute(db)
    const known = await appliedNumbers(db, engine)
    refuseNewer(known, migrations)
    const pending = migrations
      .filter(({ number }) => !known.includes(number))
      .toSorted((a, b) => a.number - b.number)
    for (const migration of pending) await apply(db, engine, migration)
  })
}

async function apply(db: Kysely<Tables>, engine: Engine, migration: Migration) {
  for (const statement of migration.statements(engine)) await sql.raw(statement).execute(db)
  await sql`insert into schema_migrations (number, name)
    values (${migration.number}, ${migration.name})`.execute(db)
}

async function appliedNumbers(db: Kysely<Tables>, engine: Engine): Promise<readonly number[]> {
  const exists =
    engine === 'sqlite'
      ? sql`select 1 from sqlite_master where type = 'table' and name = 'schema_migrations'`
      : sql`select 1 where to_regclass('schema_migrations') is not null`
  if ((await exists.execute(db)).rows.length === 0) return []
  const { rows } = await sql<{ number: number }>`select number from schema_migrations`.execute(db)
  return rows.map(({ number }) => number)
}

function refuseNewer(applied: readonly number[], migrations: readonly Migration[]) {
  const known = new Set(migrations.map(({ number }) => number))
  if (applied.every((number) => known.has(number))) return
  throw new BotError(
    'store_newer',
    `数据库的版本是 ${Math.max(...applied)}，本程序只认识到 ${Math.max(0, ...known)}：数据库由更新的程序写过。` +
      '请升级程序后再启动，或用旧版本的备份恢复；未做任何改动。',
  )
}
