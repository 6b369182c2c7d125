import { describe, expect, it } from 'vitest'
import type { DocumentMetadata } from '../domain/document.ts'
import type { IndexedDocument } from '../retrieval/search-index.ts'
import type { Evidence } from '../retrieval/weigh-units.ts'
import { validityNotice, windowNotice } from './validity-notices.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

function document(metadata: Partial<DocumentMetadata>): IndexedDocument {
  return {
    documentId: 'd',
    versionId: 'v',
    fileName: 'd.txt',
    text: '',
    lists: [],
    facts: [],
    passages: [],
    metadata: {
      title: '计划',
      kind: 'news',
      readableBy: 'all',
      validity: { basis: '' },
      sample: false,
      ...metadata,
    },
  }
}

const published = (text: string) => ({ issuedOn: { on: day(text), precision: 'day' as const } })

describe('validityNotice', () => {
  it('warns from the day after a period ends, not on its last day', () => {
    const summer = document({
      ...published('2026-07-01'),
      validity: { to: day('2026-08-31'), basis: '' },
    })

    expect(validityNotice(summer, day('2026-08-31'))).toBeUndefined()
    expect(validityNotice(summer, day('2026-09-01'))?.kind).toBe('expired')
  })

  it('warns of news more than twelve months old', () => {
    const news = document(published('2025-08-01'))

    expect(validityNotice(news, day('2026-08-01'))).toBeUndefined()
    expect(validityNotice(news, day('2026-08-02'))?.kind).toBe('old-news')
  })

  it('warns of a text without a date, whenever it is asked', () => {
    expect(validityNotice(document({}), day('2026-08-02'))?.kind).toBe('undated')
  })

  it('names the year of a plan that is over', () => {
    const plan = document({ ...published('2014-03-13'), kind: 'plan', planYear: 2014 })

    expect(validityNotice(plan, day('2026-01-01'))?.text).toContain('2014 年')
    expect(validityNotice(plan, day('2014-12-31'))).toBeUndefined()
  })
})

describe('windowNotice', () => {
  const quoting = (text: string, value: string) => {
    const start = text.indexOf(value)
    return {
      unit: { document: document(published('2023-08-10')), folded: text },
      judgement: { values: [{ start, end: start + value.length }] },
    } as unknown as Evidence
  }
  const notice = (text: string, value: string, on: string) =>
    windowNotice(quoting(text, value), day(on))?.text

  it('says that the window a sentence gives is over, from the day after', () => {
    const text = '申报时间将于9月4日结束'

    expect(notice(text, '9月4日', '2023-09-04')).toBeUndefined()
    expect(notice(text, '9月4日', '2023-09-05')).toContain('到 2023 年 9 月 4 日为止')
  })

  it('goes by the end of a period', () => {
    expect(notice('个人申请(7月15日至8月25日)', '7月15日至8月25日', '2023-08-20')).toBeUndefined()
  })

  it('counts how long something lasts from the day of the text', () => {
    const text = '本次托管为期两个月'

    expect(notice(text, '两个月', '2023-10-10')).toBeUndefined()
    expect(notice(text, '两个月', '2023-10-11')).toContain('到 2023 年 10 月 10 日为止')
  })

  it('takes no beginning and nothing that comes again each year for an end', () => {
    expect(notice('8月1日起开始报名', '8月1日起', '2023-09-05')).toBeUndefined()
    expect(notice('时间为每年1月10日至3月31日', '1月10日至3月31日', '2023-09-05')).toBeUndefined()
  })
})
