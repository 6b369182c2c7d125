import { describe, expect, it } from 'vitest'
import type { Citation, GroundedAnswer } from '../domain/answer.ts'
import { toPlainText } from '../domain/plain-text.ts'
import { renderAnswer } from './render-answer.ts'

const citation: Citation = {
  documentId: 'd',
  versionId: 'v',
  documentTitle: '2014年工作任务',
  fileName: 'd.txt',
  issuer: '平凉市总工会',
  source: '中工网',
  issuedOn: { on: Temporal.PlainDate.from('2014-03-13'), precision: 'day' },
  sample: false,
  span: { start: 0, end: 9 },
  quote: '新建职工书屋30个,',
}
const answer: GroundedAnswer = {
  kind: 'grounded',
  wording: 'quoted',
  summary: '新建职工书屋30个.',
  citations: [citation],
  notices: [{ kind: 'expired', text: '已过期，不能当作现在的安排。' }],
  suggestions: [],
  nextStep: '请问本单位工会。',
  understoodAs: '平凉市·职工书屋',
}

describe('renderAnswer', () => {
  it('says the short answer first, then source and quote, the warning, whom to ask', () => {
    expect(toPlainText(renderAnswer(answer)).split('\n')).toEqual([
      '按“平凉市·职工书屋”理解。',
      '新建职工书屋30个.',
      '依据:《2014年工作任务》(平凉市总工会,中工网,2014-03-13)'
        .replace(/:/, '\uff1a')
        .replace('(', '\uff08')
        .replace(')', '\uff09')
        .replaceAll(',', '\uff0c'),
      '“新建职工书屋30个,”',
      '⚠ 已过期\uff0c不能当作现在的安排。',
      '下一步\uff1a请问本单位工会。',
      '原文摘录',
    ])
  })

  it('stamps place, year and what is wrong with the source, and says nothing twice in words', () => {
    const here = { ...citation, jurisdictionName: '平凉市' }
    const out = renderAnswer({ ...answer, citations: [here, here] })
    const stamps = out.blocks.find(({ kind }) => kind === 'stamps')
    expect(stamps).toEqual({
      kind: 'stamps',
      stamps: [
        { text: '平凉市', tone: 'plain' },
        { text: '2014年发布', tone: 'plain' },
        { text: '已过期', tone: 'warning' },
      ],
    })
    expect(toPlainText({ blocks: [stamps!] })).toBe('')
  })

  it('keeps the characters of a quotation', () => {
    const quote = renderAnswer(answer).blocks.find(({ kind }) => kind === 'quote')

    expect(quote).toMatchObject({ text: citation.quote })
  })

  it('marks an inferred year and a sample', () => {
    const inferred = {
      ...citation,
      sample: true,
      issuedOn: {
        on: Temporal.PlainDate.from('2024-12-16'),
        precision: 'day' as const,
        inferredFrom: '谋划2025年',
      },
    }
    const said = toPlainText(renderAnswer({ ...answer, citations: [inferred] }))

    expect(said).toContain('年份按“谋划2025年”推定')
    expect(said).toContain('示例')
  })
})
