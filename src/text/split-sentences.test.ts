import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitClauses, splitSentences } from './split-sentences.ts'

const texts = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end))

describe('splitSentences', () => {
  it('ends a sentence after its closing quotation mark', () => {
    expect(texts('他说:“好。”大家鼓掌。\n第二段')).toEqual([
      '他说:“好。”',
      '大家鼓掌。\n',
      '第二段',
    ])
  })

  it('does not end a sentence at a decimal point or a comma', () => {
    expect(texts('投入10.5万元,共1,049名')).toEqual(['投入10.5万元,共1,049名'])
  })

  it.each([
    ['sentences', splitSentences],
    ['clauses', splitClauses],
  ] as const)('tiles any text with %s', (_, split) => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('工', '。', '”', '\n', ' ', ';', ',', '1', '.') }),
        (text) => {
          const spans = split(text)
          expect(spans.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
          expect(spans.every(({ start, end }) => end > start)).toBe(true)
        },
      ),
    )
  })
})
