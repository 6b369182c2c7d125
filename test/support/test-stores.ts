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

/** A place for a database in which nothing is yet. */
export interface Place {
  readonly options: StoreOptions
  dispose(): Promise<void>
}

export interface StoreKind {
  readonly name: string
  reserve(): Promise<Place>
  open(options?: Pick<StoreOptions, 'clock'>): Promise<TestStore>
}

const databaseUrl = process.env['TEST_DATABASE_URL']

/** Kinds whose database a second process can open too. */
export const SHARED_STORE_KINDS: readonly StoreKind[] = [
  kind('SQLite in a file', reserveFolder),
  ...(databaseUrl ? [kind('PostgreSQL', () => reserveSchema(databaseUrl))] : []),
]

export const STORE_KINDS: readonly StoreKind[] = [
  kind('SQLite in memory', async () => ({ options: {}, dispose: async () => {} })),
  ...SHARED_STORE_KINDS,
]

if (!databaseUrl)
  console.info('TEST_DATABASE_URL is not set: PostgreSQL is not tested in this run.')

function kind(name: string, reserve: () => Promise<Place>): StoreKind {
  return {
    name,
    reserve,
    open: async (options = {}) => {
      const place = await reserve()
      const store = await openStore({ ...place.options, ...options })
      return {
        store,
        options: place.options,
        dispose: async () => {
          await store.close()
          await place.dispose()
        },
      }
    },
  }
}

async function reserveFolder(): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'niangjiaren-store-'))
  const dispose = async () => rmSync(dataDir, { recursive: true, force: true })
  return { options: { dataDir }, dispose }
}

async function reserveSchema(serverUrl: string): Promise<Place> {
  const schema = `test_${randomUUID().replaceAll('-', '')}`
  await runOn(serverUrl, `create schema ${schema}`)
  const url = new URL(serverUrl)
  url.searchParams.set('options', `-csearch_path=${schema}`)
  const dispose = () => runOn(serverUrl, `drop schema ${schema} cascade`)
  return { options: { databaseUrl: url.href }, dispose }
}

async function runOn(serverUrl: string, statement: string) {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}
