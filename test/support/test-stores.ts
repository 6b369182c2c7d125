/**
 * Fresh stores for tests, one kind after another: SQLite in memory and in a file always, PostgreSQL
 * when TEST_DATABASE_URL names a server. On PostgreSQL every store gets a schema of its own, so that
 * test files may run side by side; it is dropped when the test is over.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openStore, type StoreOptions } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'

export interface TestStore {
  readonly store: Store
  /** How another process opens the same database. */
  readonly options: StoreOptions
  dispose(): Promise<void>
}

export interface StoreKind {
  readonly name: string
  open(): Promise<TestStore>
}

const databaseUrl = process.env['TEST_DATABASE_URL']

/** Kinds whose database a second process can open too. */
export const SHARED_STORE_KINDS: readonly StoreKind[] = [
  { name: 'SQLite in a file', open: openFile },
  ...(databaseUrl ? [{ name: 'PostgreSQL', open: () => openSchema(databaseUrl) }] : []),
]

export const STORE_KINDS: readonly StoreKind[] = [
  { name: 'SQLite in memory', open: openMemory },
  ...SHARED_STORE_KINDS,
]

if (!databaseUrl)
  console.info('TEST_DATABASE_URL is not set: PostgreSQL is not tested in this run.')

async function openMemory(): Promise<TestStore> {
  const store = await openStore({})
  return { store, options: {}, dispose: () => store.close() }
}

async function openFile(): Promise<TestStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'niangjiaren-store-'))
  const store = await openStore({ dataDir })
  return {
    store,
    options: { dataDir },
    dispose: async () => {
      await store.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function openSchema(serverUrl: string): Promise<TestStore> {
  const schema = `test_${randomUUID().replaceAll('-', '')}`
  await runOn(serverUrl, `create schema ${schema}`)
  const url = new URL(serverUrl)
  url.searchParams.set('options', `-csearch_path=${schema}`)
  const options = { databaseUrl: url.href }
  const store = await openStore(options)
  return {
    store,
    options,
    dispose: async () => {
      await store.close()
      await runOn(serverUrl, `drop schema ${schema} cascade`)
    },
  }
}

async function runOn(serverUrl: string, statement: string) {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}
