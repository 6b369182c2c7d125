import { describe, expect, it } from 'vitest'
import type { IndexedDocument } from './search-index.ts'
import { suggestQuestions } from './suggest-questions.ts'

const document = (on: string, ...titles: string[]) =>
  ({
    metadata: { issuedOn: { on: Temporal.PlainDate.from(on), precision: 'day' } },
    lists: titles.map((title) => ({ title, items: [{}, {}] })),
  }) as unknown as IndexedDocument

describe('suggestQuestions', () => {
  it('takes turns between documents, newest first, each name once', () => {
    const documents = [
      document('2014-03-13', '八件实事', '五项活动'),
      document('2026-01-01', '四个重点', '八件实事'),
    ]

    expect(suggestQuestions(documents, { limit: 3 })).toEqual([
      '“四个重点”有哪些？',
      '“八件实事”有哪些？',
      '“五项活动”有哪些？',
    ])
  })

  it('leaves out lists without a name and names that are sentences', () => {
    expect(
      suggestQuestions([document('2026-01-01', '', '会议强调要坚持以人民为中心的发展思想')], {
        limit: 3,
      }),
    ).toEqual([])
  })
})
