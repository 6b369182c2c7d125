import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitPassages } from './split-passages.ts'

const tokenizer = { tokens: (text: string) => [text] }
const split = (text: string) => splitPassages(text, tokenizer)
const sentence = (length: number) => `${'工'.repeat(length - 1)}。`

describe('splitPassages', () => {
  it('tiles any text with passages of at most 400 characters', () => {
    const unit = fc.constantFrom(
      '工会',
      '。',
      '，',
      '\n',
      '一、',
      '（一）',
      '第一条 ',
      '10.5',
      '甲 | 乙\n',
      sentence(120),
      'x'.repeat(500),
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        const passages = split(text)
        expect(passages.map((passage) => passage.text).join('')).toBe(text)
        expect(passages.every(({ start, end }) => end - start <= 400 && end > start)).toBe(true)
        expect(passages.map(({ ordinal }) => ordinal)).toEqual(passages.map((_, index) => index))
      }),
    )
  })

  it('cuts a long paragraph at sentence ends into parts of like length', () => {
    const passages = split(sentence(100).repeat(6))
    expect(passages.map(({ text }) => text.length)).toEqual([300, 300])
  })

  it('never cuts inside a number', () => {
    const text = `${'工'.repeat(396)}1,049.5万元，${'会'.repeat(50)}`
    expect(split(text).some(({ text: own }) => own.includes('1,049.5万元'))).toBe(true)
  })

  it('knows the headings above each passage', () => {
    const text = [
      '一、总体要求',
      sentence(100),
      '二、主要任务',
      '（一）服务职工',
      sentence(100),
      sentence(380),
      '（二）组织建设',
      sentence(396),
    ].join('\n')
    expect(
      split(text).map(({ headings, text: own }) => [headings, own.slice(0, 6).trim()]),
    ).toEqual([
      [[], '一、总体要求'],
      [[], '二、主要任务'],
      [['二、主要任务', '（一）服务职工'], '工工工工工工'],
      [['二、主要任务'], '（二）组织建'],
      [['二、主要任务', '（二）组织建设'], '工工工工工工'],
    ])
  })

  it('keeps the items of an article with it', () => {
    const text =
      '第三条 帮扶标准：\n（一）生活救助3000元；\n（二）医疗救助2万元；\n（三）助学4000元。\n第四条 申请。'
    expect(split(text)[0]?.text).toContain('（三）助学')
  })

  it('cuts a long table between rows and repeats its header as a heading', () => {
    const rows = Array.from({ length: 30 }, (_, index) => `项目${index} | ${'说明'.repeat(10)}`)
    const passages = split(['表1', '事项 | 说明', ...rows].join('\n'))
    expect(passages.length).toBeGreaterThan(1)
    expect(passages.slice(1).every(({ headings }) => headings.at(-1) === '事项 | 说明')).toBe(true)
    expect(
      passages.every(({ text }) => text.endsWith('\n') || text === passages.at(-1)?.text),
    ).toBe(true)
  })

  it('puts the headings into the words of the passage', () => {
    const passages = split(`一、组织建设\n${sentence(200)}\n${sentence(390)}`)
    expect(passages.at(-1)?.tokens[0]).toContain('组织建设')
  })
})
