import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsBySpaces as cutter, documentOf } from '../../test/support/indexed-documents.ts'
import { createSearchIndex } from './search-index.ts'

function filled() {
  const index = createSearchIndex(cutter)
  index.add(documentOf('a', '二〇一四 计划', '新建 职工书屋 三十 个', '办理 互助 保险 一万 名'))
  index.add(documentOf('b', '驿站 通知', '工会 驿站 开放 时间', '驿站 有 热水'))
  return index
}

const found = (index: ReturnType<typeof filled>, text: string) =>
  index.search({ text, limit: 5 }).map(({ passage }) => passage.text)

describe('the search index', () => {
  it('puts the passage with the rarest words of the question first', () => {
    expect(found(filled(), '职工书屋 三十')[0]).toBe('新建 职工书屋 三十 个')
    expect(found(filled(), '驿站 热水')[0]).toBe('驿站 有 热水')
  })

  it('finds a passage by words that stand only in its title', () => {
    expect(found(filled(), '二〇一四 互助')[0]).toBe('办理 互助 保险 一万 名')
  })

  it('does not find a removed document, and finds it again when it is added again', () => {
    const index = filled()
    index.remove('a')
    expect(found(index, '职工书屋')).toEqual([])
    expect(index.passageCount).toBe(2)
    index.add(documentOf('a', '计划', '新建 职工书屋 五十 个'))
    expect(found(index, '职工书屋')).toEqual(['新建 职工书屋 五十 个'])
  })

  it('ranks after removing and tidying as if the removed had never been there', () => {
    const index = createSearchIndex(cutter)
    for (const id of ['x', 'y', 'z']) index.add(documentOf(id, '', `驿站 ${id} 热水`, '书屋 驿站'))
    for (const id of ['x', 'y', 'z']) index.remove(id)
    while (!index.tidy(3)) expect(found(index, '驿站')).toEqual([])
    const again = filled()
    index.add(documentOf('a', '二〇一四 计划', '新建 职工书屋 三十 个', '办理 互助 保险 一万 名'))
    index.add(documentOf('b', '驿站 通知', '工会 驿站 开放 时间', '驿站 有 热水'))
    const scores = (from: typeof index) =>
      from
        .search({ text: '驿站 热水 书屋', limit: 9 })
        .map(({ score, passage }) => [passage.text, score])
    expect(scores(index)).toEqual(scores(again))
  })

  it('looks for common words in every passage when a filter hides the strongest', () => {
    const index = createSearchIndex(cutter)
    for (let i = 0; i < 6000; i++) index.add(documentOf(`${i}`, '', '书屋 书屋 职工'))
    index.add(documentOf('own', '', '书屋 职工 热水 保险 培训 三十 救助'))
    for (let i = 0; i < 9000; i++) index.add(documentOf(`more ${i}`, '', '职工'))

    const [hit] = index.search({
      text: '书屋 职工',
      limit: 5,
      accepts: ({ versionId }) => versionId === 'own',
    })

    expect(hit?.document.versionId).toBe('own')
    expect(hit?.coverage).toBe(1)
  })

  it('holds after any adding, replacing and removing what a fresh index would hold', () => {
    const words = fc.constantFrom('书屋', '驿站', '热水', '保险', '培训', '三十', '救助')
    const text = fc.array(words, { minLength: 1, maxLength: 6 }).map((list) => list.join(' '))
    const step = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      texts: fc.array(text, { maxLength: 3 }),
      swept: fc.nat({ max: 20 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), text, (steps, question) => {
        const index = createSearchIndex(cutter)
        const current = new Map<string, ReturnType<typeof documentOf>>()
        for (const { id, texts, swept } of steps) {
          const document = documentOf(id, '', ...texts)
          if (texts.length === 0) index.remove(id)
          else index.add(document)
          current.delete(id)
          if (texts.length > 0) current.set(id, document)
          index.tidy(swept)
        }
        while (!index.tidy(100));
        const fresh = createSearchIndex(cutter)
        for (const document of current.values()) fresh.add(document)
        const scores = (from: typeof index) =>
          from
            .search({ text: question, limit: 50 })
            .map(({ document, passage, score }) => [
              `${document.versionId} ${passage.ordinal}`,
              score.toFixed(4),
            ])
            .sort()
        expect(scores(index)).toEqual(scores(fresh))
        expect(index.passageCount).toBe(fresh.passageCount)
      }),
      { numRuns: 60 },
    )
  })

  it('shows nothing of a document that the asker may not see', () => {
    const hits = filled().search({
      text: '驿站 职工书屋',
      limit: 5,
      accepts: ({ versionId }) => versionId === 'a',
    })
    expect(hits.map(({ document }) => document.versionId)).toEqual(['a'])
  })

  it('lets a prior decide between passages that match alike', () => {
    const index = createSearchIndex(cutter)
    index.add(documentOf('here', '', '职工书屋 三十 个'))
    index.add(documentOf('there', '', '职工书屋 三十 个'))
    const first = (preferred: string) =>
      index.search({
        text: '职工书屋',
        limit: 1,
        prior: ({ versionId }) => (versionId === preferred ? 1 : 0.6),
      })[0]?.document.versionId
    expect(first('here')).toBe('here')
    expect(first('there')).toBe('there')
  })

  it('counts what an expansion finds as covering the words it stands for', () => {
    const hits = filled().search({
      text: '歇脚的地方',
      expansions: [{ term: '驿站', weight: 0.7, insteadOf: '歇脚的地方' }],
      limit: 1,
    })
    expect(hits[0]?.passage.text).toContain('驿站')
    expect(hits[0]?.coverage).toBe(1)
  })

  it('finds nothing for an empty question', () => {
    expect(found(filled(), '')).toEqual([])
  })
})
