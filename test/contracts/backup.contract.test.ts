/** Backup and restore: everything, between the engines, whole or not at all. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { savePinnedAnswer } from '../../src/knowledge/edit-pinned-answers.ts'
import {
  addDocument,
  publishDocument,
  rollbackDocument,
} from '../../src/knowledge/publish-document.ts'
import { checkBackup } from '../../src/storage/sql/backup/backup-file.ts'
import { restoreBackup } from '../../src/storage/sql/backup/restore-backup.ts'
import { allRows, writeBackup } from '../../src/storage/sql/backup/write-backup.ts'
import { MIGRATIONS } from '../../src/storage/sql/migrations.ts'
import { openDatabaseOf, openStore, type StoreOptions } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { documentReading } from '../support/document-reading.ts'
import { type Place, SHARED_STORE_KINDS, type TestStore } from '../support/test-stores.ts'

const createdAt = Temporal.Instant.from('2025-03-02T08:00:00.5Z')

async function fill(store: Store): Promise<void> {
  const context = { store, actor: 'cli', at: createdAt }
  const original = new Uint8Array([0, 255, 10, 13])
  for (const text of ['第一份文件,写着20个。', '半个\ud83d字符与\u0000空字符。', '第三份文件。']) {
    await addDocument(
      documentReading({ text, fileName: text }),
      { publish: true, original },
      context,
    )
  }
  const [first] = await store.knowledge.inForce()
  const next = documentReading({ text: '第一份文件,写着30个。', fileName: first?.fileName ?? '' })
  const { version } = await addDocument(next, { publish: true }, context)
  await rollbackDocument(version.documentId, context)
  await savePinnedAnswer(
    { questions: ['怎么入会'], notQuestions: [], answer: '填表。', readableBy: 'all', owner: 'li' },
    context,
  )
  for (const id of ['m1', 'm2']) {
    const conversation = { channel: 'web', conversationId: 'c', kind: 'private' as const }
    const content = { kind: 'text' as const, text: '今年建多少书屋?' }
    await store.inbox.accept(
      { id, conversation, sender: { accountId: 'a' }, sentAt: createdAt, content },
      createdAt,
    )
  }
}

/** Every row of every table, as text, in one order. */
async function rowsOf(options: StoreOptions): Promise<readonly string[]> {
  const database = openDatabaseOf(options)
  const lines: string[] = []
  await database.snapshot(async (snapshot) => {
    for await (const { table, rows } of allRows(snapshot, MIGRATIONS)) {
      for (const row of rows) {
        const plain = Object.entries(row).map(([column, value]) => [
          column,
          value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
        ])
        lines.push(`${table} ${JSON.stringify(plain.toSorted())}`)
      }
    }
  })
  await database.close()
  return lines.toSorted()
}

const pairs = SHARED_STORE_KINDS.flatMap((from) =>
  SHARED_STORE_KINDS.map((to) => ({ from, to, title: `${from.name} to ${to.name}` })),
)

describe.each(pairs)('a backup from $title', ({ from, to }) => {
  let source: TestStore
  let target: Place
  let folder: string
  let file: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'niangjiaren-backup-'))
    file = join(folder, 'backup.gz')
    source = await from.open()
    target = await to.reserve()
    await fill(source.store)
  })
  afterEach(async () => {
    await source.dispose()
    await target.dispose()
    rmSync(folder, { recursive: true, force: true })
  })

  it('brings everything over, and the store works on', async () => {
    const written = await writeBackup(source.options, file, { createdAt })
    const restored = await restoreBackup(target.options, file, { replace: false })

    expect(restored).toEqual(written)
    expect(await rowsOf(target.options)).toEqual(await rowsOf(source.options))
    const store = await openStore(target.options)
    const summary = (await store.knowledge.inForce())[0]
    expect(await store.knowledge.version(summary?.versionId ?? '')).toEqual(
      await source.store.knowledge.version(summary?.versionId ?? ''),
    )
    expect(await store.audit.check()).toMatchObject({ kind: 'intact' })
    const context = { store, actor: 'cli', at: createdAt }
    await addDocument(documentReading({ text: '恢复之后的。' }), { publish: true }, context)
    await store.inbox.accept(
      {
        id: 'm3',
        conversation: { channel: 'web', conversationId: 'c', kind: 'private' },
        sender: { accountId: 'a' },
        sentAt: createdAt,
        content: { kind: 'text', text: '恢复之后' },
      },
      createdAt,
    )
    await store.close()
  })

  it('is refused by a store that holds something, unless it is to be replaced', async () => {
    await writeBackup(source.options, file, { createdAt })
    const store = await openStore(target.options)
    const context = { store, actor: 'cli', at: createdAt }
    const gone = await addDocument(
      documentReading({ text: '要被替换的。' }),
      { publish: true },
      context,
    )
    const { revision } = await store.knowledge.changesSince(0)
    await expect(restoreBackup(target.options, file, { replace: false })).rejects.toMatchObject({
      code: 'store_not_empty',
    })
    expect(await store.knowledge.list()).toHaveLength(1)

    await restoreBackup(target.options, file, { replace: true })
    expect(await store.knowledge.list()).toHaveLength(3)
    const { changes } = await store.knowledge.changesSince(revision)
    expect(changes).toContainEqual(
      expect.objectContaining({ versionId: gone.version.versionId, inForce: false }),
    )
    expect(changes.filter(({ inForce }) => inForce)).toHaveLength(3)
    await store.close()
  })

  it('holds the state of one moment while the store goes on', async () => {
    const [first] = await source.store.knowledge.inForce()
    const writing = writeBackup(source.options, file, { createdAt })
    await publishDocument(first?.versionId ?? '', {
      store: source.store,
      actor: 'x',
      at: createdAt,
    })
    await addDocument(
      documentReading({ text: '同时写入的。' }),
      { publish: true },
      {
        store: source.store,
        actor: 'x',
        at: createdAt,
      },
    )
    await writing
    await restoreBackup(target.options, file, { replace: false })

    const store = await openStore(target.options)
    expect(await store.audit.check()).toMatchObject({ kind: 'intact' })
    await store.close()
  })
})

describe('a backup file', () => {
  let folder: string
  let file: string
  let options: StoreOptions
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'niangjiaren-backup-'))
    file = join(folder, 'backup.gz')
    options = { dataDir: join(folder, 'data') }
    const store = await openStore(options)
    await fill(store)
    await store.close()
    await writeBackup(options, file, { createdAt })
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is for its owner only, and is never overwritten', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await expect(writeBackup(options, file, { createdAt })).rejects.toMatchObject({
      code: 'backup_exists',
    })
    expect(readdirSync(folder).toSorted()).toEqual(['backup.gz', 'data'])
  })

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
    ['changed in the middle', (bytes: Buffer) => bytes.fill(0, 200, 210)],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('这不是备份')],
  ])('that is %s is refused before anything is touched', async (_, spoil) => {
    writeFileSync(file, spoil(readFileSync(file)))
    const before = await rowsOf(options)

    await expect(restoreBackup(options, file, { replace: true })).rejects.toMatchObject({
      code: 'backup_damaged',
    })
    expect(await rowsOf(options)).toEqual(before)
  })

  it('that is not there is named', async () => {
    await expect(checkBackup(join(folder, 'none'))).rejects.toMatchObject({
      code: 'backup_missing',
    })
  })
})
