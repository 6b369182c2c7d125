import { describe, expect, it } from 'vitest'
import { documentOf, wordsBySpaces } from '../../test/support/indexed-documents.ts'
import { knowledgeSource } from '../../test/support/knowledge-source.ts'
import { createKnowledgeBase, type KnowledgeSource } from './knowledge-base.ts'
import { createSearchIndex } from './search-index.ts'

describe('the knowledge base', () => {
  it('finds what was published and no longer finds what was withdrawn', async () => {
    const store = knowledgeSource()
    const base = createKnowledgeBase(store.source, createSearchIndex(wordsBySpaces))
    const texts = async () => {
      await base.refresh()
      return base.index.search({ text: '书屋', limit: 5 }).map(({ passage }) => passage.text)
    }
    expect(await texts()).toEqual([])
    store.publish(documentOf('v1', '', '书屋 三十 个'))
    expect(await texts()).toEqual(['书屋 三十 个'])
    store.publish(documentOf('v2', '', '书屋 五十 个'))
    store.withdraw('v1')
    expect(await texts()).toEqual(['书屋 五十 个'])
  })

  it('loads a version once, however often it is asked', async () => {
    const store = knowledgeSource()
    const base = createKnowledgeBase(store.source, createSearchIndex(wordsBySpaces))
    store.publish(documentOf('v1', '', '书屋'))
    await Promise.all([base.refresh(), base.refresh(), base.refresh()])
    await base.refresh()
    expect(store.reads()).toBe(1)
  })

  it('goes on with what it has when the store fails, and says so', async () => {
    const store = knowledgeSource()
    const told: unknown[] = []
    const base = createKnowledgeBase(store.source, createSearchIndex(wordsBySpaces), {
      onStale: (cause) => told.push(cause),
    })
    store.publish(documentOf('v1', '', '书屋'))
    await base.refresh()
    store.fail(true)
    store.publish(documentOf('v2', '', '书屋 二'))
    await base.refresh()
    expect(told).toHaveLength(1)
    expect(base.index.passageCount).toBe(1)
    store.fail(false)
    await base.refresh()
    expect(base.index.passageCount).toBe(2)
  })

  it('fails while nothing was ever loaded', async () => {
    const failing: KnowledgeSource = {
      ...knowledgeSource().source,
      changesSince: () => Promise.reject(new Error('down')),
    }
    const base = createKnowledgeBase(failing, createSearchIndex(wordsBySpaces))
    await expect(base.refresh()).rejects.toThrow('down')
  })
})
