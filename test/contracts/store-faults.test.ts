/** What the operator reads when the database cannot be used, and that the bot recovers when it can again. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { checkDatabase } from '../../src/storage/sql/check-database.ts'
import { openDatabase } from '../../src/storage/sql/database.ts'
import { migrate } from '../../src/storage/sql/migrate.ts'
import { MIGRATIONS } from '../../src/storage/sql/migrations.ts'
import { openStore } from '../../src/storage/sql/open-store.ts'
import { sqlCache } from '../../src/storage/sql/sql-keyv.ts'
import { sqlKnowledgeStore } from '../../src/storage/sql/sql-knowledge-store.ts'
import { MEMORY, sqliteDialect } from '../../src/storage/sql/sqlite.ts'
import { documentReading } from '../support/document-reading.ts'

const createdAt = Temporal.Instant.from('2025-03-02T08:00:00Z')

describe('a SQLite file that cannot be used', () => {
  let dataDir: string
  let file: string
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'niangjiaren-faults-'))
    file = join(dataDir, 'niangjiaren.sqlite')
  })
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  it('that is no database is named as damaged and stays as it is', async () => {
    writeFileSync(file, '这不是数据库'.repeat(500))
    const before = readFileSync(file)

    await expect(openStore({ dataDir })).rejects.toMatchObject({
      code: 'store_corrupt',
      message: expect.stringContaining('restore'),
    })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('whose pages are damaged is named as damaged', async () => {
    const store = await openStore({ dataDir })
    await store.knowledge.addDraft(documentReading(), { createdAt })
    await store.close()
    const bytes = readFileSync(file)
    bytes.fill(0xab, 100, 4096)
    writeFileSync(file, bytes)

    await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'store_corrupt' })
  })

  it('that is damaged inside is found by the check, a sound one is not', async () => {
    const store = await openStore({ dataDir })
    await store.knowledge.addDraft(documentReading({ text: '很长。'.repeat(20_000) }), {
      createdAt,
    })
    await store.close()
    expect(await checkDatabase({ dataDir })).toEqual({
      engine: 'sqlite',
      version: expect.stringMatching(/^3\./),
      faults: [],
      audit: { kind: 'intact', entries: 0 },
    })

    const bytes = readFileSync(file)
    bytes.fill(0xab, bytes.length - 60_000, bytes.length - 30_000)
    writeFileSync(file, bytes)
    const { faults } = await checkDatabase({ dataDir })
    expect(faults).not.toEqual([])
  })

  it('whose folder cannot be made is named as unwritable', async () => {
    writeFileSync(join(dataDir, 'occupied'), '')
    const opening = openStore({ dataDir: join(dataDir, 'occupied') })

    await expect(opening).rejects.toMatchObject({
      code: 'store_unwritable',
      message: expect.stringContaining('DATA_DIR'),
    })
  })

  it('that another program locks is waited for, then named as locked', async () => {
    const store = await openStore({ dataDir })
    await store.close()
    const other = new DatabaseSync(file)
    other.exec('begin immediate')
    const database = openDatabase('sqlite', sqliteDialect({ file, lockWaitMs: 60 }))
    const knowledge = sqlKnowledgeStore(database)
    const blocked = knowledge.addDraft(documentReading(), { createdAt })
    await expect(blocked).rejects.toMatchObject({ code: 'store_locked', retryable: true })

    other.exec('commit')
    other.close()
    await knowledge.addDraft(documentReading(), { createdAt })
    expect(await knowledge.list()).toHaveLength(1)
    await database.close()
  })

  it('is read by its copy, taken while nothing writes', async () => {
    const store = await openStore({ dataDir })
    await store.knowledge.addDraft(documentReading(), { createdAt })
    await store.close()
    const copyDir = mkdtempSync(join(dataDir, 'copy-'))
    copyFileSync(file, join(copyDir, 'niangjiaren.sqlite'))
    const copy = await openStore({ dataDir: copyDir })

    expect(await copy.knowledge.list()).toHaveLength(1)
    await copy.close()
  })
})

describe('a full disk', () => {
  it('keeps nothing of the write, still reads, and recovers without a restart', async () => {
    const database = openDatabase('sqlite', sqliteDialect({ file: MEMORY }))
    await migrate(database, MIGRATIONS)
    const knowledge = sqlKnowledgeStore(database)
    const small = await knowledge.addDraft(documentReading(), { createdAt })
    const pages = await sql<{ page_count: number }>`pragma page_count`.execute(database.db)
    const limit = (pages.rows[0]?.page_count ?? 0) + 2
    await sql.raw(`pragma max_page_count = ${limit}`).execute(database.db)
    const large = documentReading({ text: '很长的一份文件。'.repeat(20_000) })

    await expect(knowledge.addDraft(large, { createdAt })).rejects.toMatchObject({
      code: 'store_full',
      message: expect.stringContaining('磁盘空间不足'),
      retryable: true,
    })
    expect((await knowledge.list()).map(({ versionId }) => versionId)).toEqual([small.versionId])

    await sql.raw('pragma max_page_count = 1000000').execute(database.db)
    await knowledge.addDraft(large, { createdAt })
    expect(await knowledge.list()).toHaveLength(2)
    await database.close()
  })
})

describe('the cache', () => {
  it('drops a write and misses when the disk is full', async () => {
    const database = openDatabase('sqlite', sqliteDialect({ file: MEMORY }))
    await migrate(database, MIGRATIONS)
    const keyv = sqlCache(database, systemClock).keyv('a')
    await keyv.set('small', 1)
    await sql.raw('pragma max_page_count = 1').execute(database.db)

    expect(await keyv.set('large', 'x'.repeat(1_000_000))).toBe(false)
    expect(await keyv.get('large')).toBeUndefined()
    expect(await keyv.get('small')).toBe(1)
    await database.close()
  })
})

describe('a PostgreSQL that cannot be used', () => {
  it('that nobody serves is named as unreachable', async () => {
    const opening = openStore({ databaseUrl: 'postgres://somebody:secret@127.0.0.1:9/none' })

    await expect(opening).rejects.toMatchObject({
      code: 'store_unreachable',
      message: expect.not.stringContaining('secret'),
    })
  })

  const serverUrl = process.env['TEST_DATABASE_URL']
  it.skipIf(!serverUrl)('that has no such database is named as missing', async () => {
    const url = new URL(serverUrl ?? '')
    url.pathname = '/no_such_database'

    await expect(openStore({ databaseUrl: url.href })).rejects.toMatchObject({
      code: 'store_missing',
    })
  })
})
