import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markParagraphs, markText, type TextMark } from './mark-text.ts'

const quote = (start: number, end: number): TextMark => ({ kind: 'quote', span: { start, end } })
const cut = (start: number, end: number): TextMark => ({
  kind: 'cut',
  span: { start, end },
  title: '拼音注音',
})
const rendered = async (text: string, marks: readonly TextMark[]) =>
  String(await markText(text, marks))

describe('markText', () => {
  it('escapes the text and marks the quotation', async () => {
    expect(await rendered('a<b>书屋', [quote(4, 6)])).toBe('a&lt;b&gt;<mark id="quote">书屋</mark>')
  })

  it('shows both where marks overlap, and gives the id once', async () => {
    expect(await rendered('甲乙丙丁', [quote(0, 3), cut(1, 2)])).toBe(
      '<mark id="quote">甲</mark><mark><del title="拼音注音">乙</del></mark><mark>丙</mark>丁',
    )
  })

  it('loses no character and adds none, whatever the marks', async () => {
    const marks = fc.array(
      fc.tuple(fc.constantFrom('quote', 'cut', 'doubt'), fc.integer(), fc.integer()),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('书', '屋', '三', '十') }),
        marks,
        async (text, spans) => {
          const given = spans.map(
            ([kind, start, end]) => ({ kind, span: { start, end } }) as TextMark,
          )
          expect((await rendered(text, given)).replace(/<[^>]*>/g, '')).toBe(text)
        },
      ),
    )
  })
})

describe('markParagraphs', () => {
  it('marks a quotation that runs over lines, and jumps to its first piece', async () => {
    expect(String(await markParagraphs('甲乙\n\n丙丁', [quote(1, 5)]))).toBe(
      '<p>甲<mark id="quote">乙</mark></p><p><mark>丙</mark>丁</p>',
    )
  })
})
