/** Which tables and functions are ours, as the migrations make them: nothing else in a database is touched. */
import type { Engine } from '../database.ts'
import type { Migration } from '../migrate.ts'

const MADE_TABLE = /^\s*create\s+(?:unlogged\s+)?table\s+(?:if not exists\s+)?(\w+)/i
const DROPPED_TABLE = /^\s*drop\s+table\s+(?:if exists\s+)?(\w+)/i
const MADE_FUNCTION = /^\s*create\s+(?:or replace\s+)?function\s+(\w+)/i

/** Not in a backup: what may be lost, and the list of migrations, which a restore writes itself. */
const LEFT_OUT = ['cache_entries', 'schema_migrations']

/** Names in the order of creation: what refers to a table comes after it. */
export function ownTables(migrations: readonly Migration[], engine: Engine): readonly string[] {
  const tables = new Set<string>()
  for (const statement of inOrder(migrations, engine)) {
    const [, made] = MADE_TABLE.exec(statement) ?? []
    const [, dropped] = DROPPED_TABLE.exec(statement) ?? []
    if (made) tables.add(made)
    if (dropped) tables.delete(dropped)
  }
  return [...tables]
}

/** The tables that a backup holds. */
export function savedTables(migrations: readonly Migration[], engine: Engine): readonly string[] {
  return ownTables(migrations, engine).filter((table) => !LEFT_OUT.includes(table))
}

export function ownFunctions(migrations: readonly Migration[], engine: Engine): readonly string[] {
  return inOrder(migrations, engine).flatMap(
    (statement) => MADE_FUNCTION.exec(statement)?.[1] ?? [],
  )
}

function inOrder(migrations: readonly Migration[], engine: Engine): readonly string[] {
  return migrations
    .toSorted((a, b) => a.number - b.number)
    .flatMap((migration) => migration.statements(engine))
}
