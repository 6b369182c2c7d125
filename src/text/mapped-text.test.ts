import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdits, mapText, offsetRuns, originalSpan } from './mapped-text.ts'

describe('applyEdits', () => {
  it('cuts and replaces, and remembers where everything was', () => {
    const once = applyEdits(mapText('abcdefgh'), [
      { start: 1, end: 3, reason: 'page-chrome' },
      { start: 5, end: 6, replacement: 'X' },
    ])
    expect(once.text).toBe('adeXgh')
    expect(once.cuts).toEqual([
      { reason: 'page-chrome', original: { start: 1, end: 3 }, text: 'bc' },
    ])
    const twice = applyEdits(once, [{ start: 0, end: 2, reason: 'white-space' }])
    expect(twice.text).toBe('eXgh')
    expect(twice.cuts[1]?.text).toBe('abcd')
    expect(originalSpan(twice, { start: 0, end: 2 })).toEqual({ start: 4, end: 6 })
    expect(offsetRuns(twice)).toEqual([[0, 4, 4]])
  })

  it('keeps offsets inside the original and in order, whatever is edited', () => {
    const edits = fc.array(
      fc.record({
        start: fc.nat(20),
        length: fc.nat(5),
        replacement: fc.option(fc.string({ maxLength: 3 }), { nil: undefined }),
      }),
    )
    fc.assert(
      fc.property(
        fc.string({ maxLength: 30 }),
        fc.array(edits, { maxLength: 3 }),
        (text, rounds) => {
          let mapped = mapText(text)
          for (const round of rounds) {
            mapped = applyEdits(
              mapped,
              round
                .map(({ start, length, replacement }) => ({
                  start,
                  end: Math.min(start + length, mapped.text.length),
                  ...(replacement === undefined ? {} : { replacement }),
                }))
                .filter(({ start, end }) => start < end),
            )
            expect(mapped.offsets).toHaveLength(mapped.text.length)
            expect(mapped.offsets.every((offset) => offset >= 0 && offset < text.length)).toBe(true)
            expect(mapped.offsets).toEqual(mapped.offsets.toSorted((a, b) => a - b))
          }
        },
      ),
    )
  })
})
