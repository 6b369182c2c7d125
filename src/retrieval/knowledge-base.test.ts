import { describe, expect, it } from 'vitest'
import { documentOf, wordsBySpaces } from '../../test/support/indexed-documents.ts'
import type { DocumentVersion } from '../domain/document.ts'
import { createKnowledgeBase, type KnowledgeSource } from './knowledge-base.ts'
import { createSearchIndex } from './search-index.ts'

/** A store of which the test sets what is in force. */
function storeOf() {
  const versions = new Map<string, DocumentVersion>()
  const log: { versionId: string; inForce: boolean }[] = []
  let failing = false
  let reads = 0
  const source: KnowledgeSource = {
    revision: () => (failing ? Promise.reject(new Error('down')) : Promise.resolve(log.length)),
    changesSince: async (revision) => ({ revision: log.length, changes: log.slice(revision) }),
    contents: async (versionIds) => {
      reads += versionIds.length
      return versionIds.flatMap((versionId) => versions.get(versionId) ?? [])
    },
  }
  return {
    source,
    publish(versionId: string, text: string) {
      versions.set(versionId, documentOf(versionId, '', text) as DocumentVersion)
      log.push({ versionId, inForce: true })
    },
    withdraw: (versionId: string) => log.push({ versionId, inForce: false }),
    fail: (now: boolean) => {
      failing = now
    },
    reads: () => reads,
  }
}

describe('the knowledge base', () => {
  it('finds what was published and no longer finds what was withdrawn', async () => {
    const store = storeOf()
    const base = createKnowledgeBase(store.source, createSearchIndex(wordsBySpaces))
    const texts = async () => {
      await base.refresh()
      return base.index.search({ text: '书屋', limit: 5 }).map(({ passage }) => passage.text)
    }
    expect(await texts()).toEqual([])
    store.publish('v1', '书屋 三十 个')
    expect(await texts()).toEqual(['书屋 三十 个'])
    store.publish('v2', '书屋 五十 个')
    store.withdraw('v1')
    expect(await texts()).toEqual(['书屋 五十 个'])
  })

  it('loads a version once, however often it is asked', async () => {
    const store = storeOf()
    const base = createKnowledgeBase(store.source, createSearchIndex(wordsBySpaces))
    store.publish('v1', '书屋')
    await Promise.all([base.refresh(), base.refresh(), base.refresh()])
    await base.refresh()
    expect(store.reads()).toBe(1)
  })

  it('goes on with what it has when the store fails, and says so', async () => {
    const store = storeOf()
    const told: unknown[] = []
    const base = createKnowledgeBase(store.source, createSearchIndex(wordsBySpaces), {
      onStale: (cause) => told.push(cause),
    })
    store.publish('v1', '书屋')
    await base.refresh()
    store.fail(true)
    store.publish('v2', '书屋 二')
    await base.refresh()
    expect(told).toHaveLength(1)
    expect(base.index.passageCount).toBe(1)
    store.fail(false)
    await base.refresh()
    expect(base.index.passageCount).toBe(2)
  })

  it('fails while nothing was ever loaded', async () => {
    const failing: KnowledgeSource = {
      ...storeOf().source,
      changesSince: () => Promise.reject(new Error('down')),
    }
    const base = createKnowledgeBase(failing, createSearchIndex(wordsBySpaces))
    await expect(base.refresh()).rejects.toThrow('down')
  })
})
