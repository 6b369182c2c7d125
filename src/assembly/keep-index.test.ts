import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documentOf, wordsBySpaces } from '../../test/support/indexed-documents.ts'
import { type FakeSource, knowledgeSource } from '../../test/support/knowledge-source.ts'
import { type Logger, silentLogger } from '../logger.ts'
import { createKnowledgeBase } from '../retrieval/knowledge-base.ts'
import { createSearchIndex, type SearchIndex } from '../retrieval/search-index.ts'
import { createIndexKeeper, SNAPSHOT_NAME } from './keep-index.ts'

let folder: string
let events: string[]
const logger: Logger = {
  ...silentLogger,
  info: (event) => events.push(event),
  warn: (event) => events.push(event),
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'index-'))
  events = []
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A process that starts on the store, follows it once and does what is to be done behind the questions. */
async function start(store: FakeSource, { keeps = true } = {}): Promise<SearchIndex> {
  const index = createSearchIndex(wordsBySpaces)
  const base = createKnowledgeBase(store.source, index, {
    ...(keeps && { keeper: createIndexKeeper(folder, logger) }),
    keeping: { fromPassages: 0, afterChanges: 1 },
  })
  await base.refresh()
  await base.tidied()
  return index
}

function answers(index: SearchIndex, question: string) {
  const hits = index.search({ text: question, limit: 10 })
  return hits
    .map(({ document, passage, score, coverage }) => {
      const { fileName, metadata, text } = document
      return {
        place: `${document.versionId}/${passage.ordinal}`,
        passage,
        score,
        coverage,
        fileName,
        metadata,
        text,
      }
    })
    .toSorted((a, b) => b.score - a.score || a.place.localeCompare(b.place))
}

function filled(): FakeSource {
  const store = knowledgeSource()
  store.publish(documentOf('a', '书屋 计划', '新建 职工书屋 三十 个', '办理 互助 保险'))
  store.publish(documentOf('b', '驿站 通知', '工会 驿站 开放 时间', '驿站 有 热水 𠮷'))
  return store
}

describe('an index that was kept', () => {
  it('is taken over without reading what still stands', async () => {
    const store = filled()
    const before = await start(store)
    expect(events).toEqual(['index_kept'])
    const reads = store.reads()
    const after = await start(store)

    expect(store.reads()).toBe(reads)
    expect(answers(after, '驿站 热水 书屋')).toEqual(answers(before, '驿站 热水 书屋'))
    expect([...after.vocabulary()]).toEqual([...before.vocabulary()])
  })

  it('answers after any changes what an index read from the store answers', async () => {
    const words = fc.constantFrom('书屋', '驿站', '热水', '保险', '培训', '三十', '救助')
    const text = fc.array(words, { minLength: 1, maxLength: 6 }).map((list) => list.join(' '))
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
          texts: fc.array(text, { maxLength: 3 }),
        }),
      },
      { weight: 1, arbitrary: fc.constant('restart' as const) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), text, async (steps, question) => {
        const store = knowledgeSource()
        rmSync(join(folder, SNAPSHOT_NAME), { force: true })
        for (const one of steps) {
          if (one === 'restart') await start(store)
          else if (one.texts.length === 0) store.withdraw(one.id)
          else store.publish(documentOf(one.id, one.texts[0] ?? '', ...one.texts))
        }
        const kept = await start(store)
        const read = await start(store, { keeps: false })
        const rounded = (index: SearchIndex) =>
          answers(index, question).map((one) => ({ ...one, score: one.score.toFixed(4) }))
        expect(rounded(kept)).toEqual(rounded(read))
        expect(kept.passageCount).toBe(read.passageCount)
        expect(events).not.toContain('index_not_kept')
      }),
      { numRuns: 60 },
    )
  })

  it('goes on growing and shrinking like any other', async () => {
    const store = filled()
    await start(store)
    const index = await start(store)
    index.remove('a')
    while (!index.tidy(100));
    index.add(documentOf('c', '', '书屋 书屋', '热水 培训', '驿站'))
    const fresh = createSearchIndex(wordsBySpaces)
    fresh.add(documentOf('b', '驿站 通知', '工会 驿站 开放 时间', '驿站 有 热水 𠮷'))
    fresh.add(documentOf('c', '', '书屋 书屋', '热水 培训', '驿站'))
    expect(answers(index, '驿站 书屋')).toEqual(answers(fresh, '驿站 书屋'))
  })

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length * 0.7)],
    ['empty', () => Buffer.alloc(0)],
    ['different in one bit', (bytes: Buffer) => flipped(bytes, bytes.length >> 1)],
  ])('is thrown away when the file is %s', async (_, spoil) => {
    const store = filled()
    const before = await start(store)
    const file = join(folder, SNAPSHOT_NAME)
    writeFileSync(file, spoil(readFileSync(file)))
    events = []
    const after = await start(store)

    expect(events).toEqual(['index_snapshot_refused', 'index_kept'])
    expect(answers(after, '驿站 热水')).toEqual(answers(before, '驿站 热水'))
  })

  it('is thrown away when it is of another store', async () => {
    await start(filled())
    events = []
    const other = knowledgeSource()
    other.publish(documentOf('x', '', '另一 家 的 驿站'))
    other.publish(documentOf('y', '', '另一 家 的 热水'))
    const index = await start(other)

    expect(events).toEqual(['index_snapshot_refused', 'index_kept'])
    expect(answers(index, '驿站').map(({ place }) => place)).toEqual(['x/0'])
    expect(index.passageCount).toBe(2)
  })

  it('is thrown away when the store went back to an earlier state', async () => {
    const store = filled()
    store.publish(documentOf('a', '书屋 计划', '新建 职工书屋 五十 个', '办理 互助 保险'))
    await start(store)
    events = []
    const index = await start(filled())

    expect(events).toEqual(['index_snapshot_refused', 'index_kept'])
    expect(answers(index, '职工书屋')[0]?.text).toContain('三十')
  })

  it('loses what was withdrawn meanwhile, from the file too', async () => {
    const store = filled()
    await start(store)
    store.withdraw('b')
    const index = await start(store)

    expect(answers(index, '驿站')).toEqual([])
    const texts = readFileSync(join(folder, SNAPSHOT_NAME)).toString('utf16le')
    expect(texts).not.toContain('驿站 有 热水')
  })

  it('costs no answer when it cannot be written', async () => {
    const store = filled()
    rmSync(folder, { recursive: true })
    const index = await start(store)
    expect(events).toEqual(['index_not_kept'])
    expect(answers(index, '驿站')).not.toEqual([])
    folder = mkdtempSync(join(tmpdir(), 'index-'))
  })
})

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 4
  return copy
}
