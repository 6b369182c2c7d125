import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documentReading } from '../../test/support/document-reading.ts'
import { BadInputError, BotError } from '../errors.ts'
import type { DocumentSource } from '../ingestion/ingest-document.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { type IntakeFile, type IntakeTools, ingestFolder } from './ingest-folder.ts'
import { addDocument } from './publish-document.ts'

const EPOCH = Temporal.Instant.fromEpochMilliseconds(0)
let store: Store
beforeEach(async () => {
  store = await openStore({})
})
afterEach(() => store.close())

const file = (n: number, content = `第${n}份文件。`.repeat(9)): IntakeFile => ({
  name: `子文件夹/${n}.md`,
  bytes: async () => new TextEncoder().encode(content),
})
const files = (count: number) => Array.from({ length: count }, (_, n) => file(n * n * 7919))

async function ingest({ fileName, bytes }: DocumentSource) {
  const text = new TextDecoder().decode(bytes)
  if (text.includes('坏')) throw new BadInputError('empty_file', '文件是空的。')
  if (text.includes('意外')) throw new TypeError('parser fell over')
  const contentHash = createHash('sha256').update(bytes).digest('hex')
  return documentReading({ text, contentHash, fileName })
}
const run = (taken: readonly IntakeFile[], more: Partial<IntakeTools> = {}) =>
  ingestFolder(taken, {
    ingest,
    add: (reading, options) =>
      addDocument(reading, options, {
        store,
        actor: 'cli',
        at: EPOCH,
      }),
    knowledge: store.knowledge,
    publish: true,
    ...more,
  })

describe('ingestFolder', () => {
  it('takes the good files in and lists the bad ones with their reasons', async () => {
    const taken = [
      ...files(20),
      file(1, '坏'),
      file(2, '意外'),
      ...files(3).map((one) => ({ ...one, name: `再${one.name}` })),
    ]
    const { counts, failures } = await run(taken)

    expect(counts).toEqual({ newDocuments: 20, newVersions: 0, published: 0, known: 3, failed: 2 })
    expect(failures).toMatchObject([
      { name: '子文件夹/1.md', code: 'empty_file', message: '文件是空的。' },
      { name: '子文件夹/2.md', code: 'unreadable_file' },
    ])
    expect(await store.knowledge.inForce()).toHaveLength(20)
  })

  it('reports progress after every file', async () => {
    const seen: string[] = []
    await run([file(1), file(2, '坏')], {
      onProgress: ({ done, total, outcome }) => seen.push(`${done}/${total} ${outcome.kind}`),
    })

    expect(seen).toEqual(['1/2 stored', '2/2 failed'])
  })

  it('goes on where it was stopped, without reading again what is in', async () => {
    const stop = new AbortController()
    const taken = files(12)
    const first = await run(taken, {
      signal: stop.signal,
      onProgress: ({ done }) => done === 5 && stop.abort(),
    })
    expect(first).toMatchObject({ counts: { newDocuments: 5 }, left: 7 })

    const again: string[] = []
    const second = await run(taken, {
      ingest: (source) => {
        again.push(source.fileName)
        return ingest(source)
      },
    })
    expect(second).toMatchObject({ counts: { newDocuments: 7, known: 5 }, left: 0 })
    expect(again).toHaveLength(7)
  })

  it('reads the next files while one is stored', async () => {
    const allRead = Promise.withResolvers<void>()
    let left = 3
    const { counts } = await run(files(left), {
      ingest: (source) => {
        if (--left === 0) allRead.resolve()
        return ingest(source)
      },
      add: async (reading, options) => {
        await allRead.promise
        return addDocument(reading, options, { store, actor: 'cli', at: EPOCH })
      },
    })

    expect(counts).toMatchObject({ newDocuments: 3 })
  })

  it('publishes the drafts of an earlier run', async () => {
    await run(files(2), { publish: false })
    expect(await store.knowledge.inForce()).toEqual([])

    const { counts } = await run(files(2))
    expect(counts).toMatchObject({ published: 2, known: 0 })
    expect(await store.knowledge.inForce()).toHaveLength(2)
  })

  it('stops when the store fails, and keeps what was stored before', async () => {
    let added = 0
    const full = new BotError('store_full', '磁盘空间不足。', { retryable: true })
    const running = run(files(9), {
      add: async (reading, options) => {
        if (++added > 3) throw full
        return addDocument(reading, options, {
          store,
          actor: 'cli',
          at: EPOCH,
        })
      },
    })

    await expect(running).rejects.toBe(full)
    expect(await store.knowledge.inForce()).toHaveLength(3)
  })
})
