import { describe, expect, it } from 'vitest'
import { documentOf, wordsBySpaces } from '../../test/support/indexed-documents.ts'
import { createSearchIndex, type SearchIndex } from './search-index.ts'
import { createStage } from './stage-documents.ts'

const found = (index: SearchIndex) =>
  index
    .search({ text: '书屋', limit: 9, standingKey: 'worker' })
    .map(({ document }) => document.versionId)
const named = (index: SearchIndex) => [...index.documents()].map(({ versionId }) => versionId)

describe('a staged draft', () => {
  const stage = createStage(createSearchIndex(wordsBySpaces))
  stage.index.add(documentOf('now', '要点', '新建 书屋 24个'))

  it('is found only by whoever looks with it, and instead of what it replaces', () => {
    for (const _ of stage.staging(documentOf('draft', '要点', '新建 书屋 40个')));
    const after = stage.seenWith('draft', new Set(['now']))

    expect([found(stage.index), named(stage.index)]).toEqual([['now'], ['now']])
    expect([found(after), named(after)]).toEqual([['draft'], ['draft']])
    expect(stage.index.document('draft')).toBeUndefined()
    expect(after.document('now')).toBeUndefined()
  })

  it('is not seen by whoever looks with another one', () => {
    for (const _ of stage.staging(documentOf('other', '要点', '新建 书屋 99个')));

    expect(found(stage.seenWith('other', new Set())).toSorted()).toEqual(['now', 'other'])
  })

  it('is gone when it is cleared, and what was in force is not', () => {
    stage.clear('draft')
    stage.clear('other')

    expect([found(stage.index), stage.index.passageCount]).toEqual([['now'], 1])
  })
})
