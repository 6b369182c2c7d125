import { describe, expect, it, vi } from 'vitest'
import { documentOf, wordsBySpaces } from '../../test/support/indexed-documents.ts'
import type { EmbeddingModel } from '../models/embedding-model.ts'
import { createHybridSearch, type VectorCache } from './hybrid-search.ts'
import { createSearchIndex } from './search-index.ts'

/** Meanings of three directions; a text means what the words in it mean. */
const MEANINGS: Readonly<Record<string, number>> = { 歇脚: 0, 驿站: 0, 书屋: 1, 读书: 1, 保险: 2 }

function modelOf() {
  const asked: string[][] = []
  let failing = false
  const model: EmbeddingModel = {
    id: 'meanings',
    dimensions: 3,
    embed: async (texts) => {
      if (failing) throw new Error('down')
      asked.push([...texts])
      return texts.map((text) => {
        const vector = new Float32Array([0.01, 0.01, 0.01])
        for (const [word, at] of Object.entries(MEANINGS)) if (text.includes(word)) vector[at] = 1
        return vector
      })
    },
  }
  return {
    model,
    asked,
    fail: () => {
      failing = true
    },
  }
}

function setUp(cache: VectorCache = memoryCache()) {
  const index = createSearchIndex(wordsBySpaces)
  index.add(documentOf('a', '', '驿站 开放 时间'))
  index.add(documentOf('b', '', '书屋 开放 时间'))
  index.add(documentOf('c', '', '保险 办理'))
  const faults: unknown[] = []
  const fake = modelOf()
  const hybrid = createHybridSearch({
    index,
    model: fake.model,
    cache,
    onFault: (cause) => faults.push(cause),
  })
  return { index, hybrid, faults, ...fake }
}

function memoryCache(): VectorCache {
  const entries = new Map<string, Uint8Array>()
  return {
    getMany: async (keys) => keys.map((key) => entries.get(key)),
    set: async (key, vector) => entries.set(key, vector.slice()),
  }
}

const signal = new AbortController().signal

describe('hybrid search', () => {
  it('finds by meaning what shares no word with the question', async () => {
    const { hybrid } = setUp()
    await hybrid.follow(signal)
    const index = await hybrid.indexFor('歇脚', signal)
    const [first] = index.search({ text: '歇脚', limit: 3 })
    expect(first?.passage.text).toBe('驿站 开放 时间')
  })

  it('shows nothing that the asker may not see', async () => {
    const { hybrid } = setUp()
    await hybrid.follow(signal)
    const index = await hybrid.indexFor('歇脚', signal)
    const accepts = ({ versionId }: { versionId: string }) => versionId !== 'a'
    const hits = index.search({ text: '歇脚', limit: 9, accepts })
    expect(hits.map(({ document }) => document.versionId)).not.toContain('a')
  })

  it('answers by words when the model is down, and says so', async () => {
    const { hybrid, index, fail, faults } = setUp()
    await hybrid.follow(signal)
    fail()
    expect(await hybrid.indexFor('驿站', signal)).toBe(index)
    expect(faults).toHaveLength(1)
  })

  it('makes a vector once, also for another process with the same cache', async () => {
    const cache = memoryCache()
    const first = setUp(cache)
    await first.hybrid.follow(signal)
    await first.hybrid.follow(signal)
    expect(first.asked.flat()).toHaveLength(3)
    const second = setUp(cache)
    await second.hybrid.follow(signal)
    expect(second.asked).toEqual([])
    expect(second.hybrid.size).toBe(3)
  })

  it('takes in what came to the index since, and goes through it only then', async () => {
    const { hybrid, index } = setUp()
    await hybrid.follow(signal)
    const documents = vi.spyOn(index, 'documents')
    await hybrid.follow(signal)
    expect(documents).not.toHaveBeenCalled()
    index.add(documentOf('d', '', '读书 活动'))
    await hybrid.follow(signal)
    expect(hybrid.size).toBe(4)
  })

  it('forgets what left the index', async () => {
    const { hybrid, index } = setUp()
    await hybrid.follow(signal)
    index.remove('a')
    await hybrid.follow(signal)
    expect(hybrid.size).toBe(2)
  })
})
