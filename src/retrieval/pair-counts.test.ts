import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPairCounts } from './pair-counts.ts'

const pair = (text: string) => [text.charCodeAt(0), text.charCodeAt(1)] as const

describe('the counts of character pairs', () => {
  it('count the passages that hold a pair, however often and in whatever case each holds it', () => {
    const counts = createPairCounts()
    counts.add('书屋书屋')
    counts.add('职工书屋ＡＢ')
    expect(counts.frequency(...pair('书屋'))).toBe(2)
    expect(counts.frequency(...pair('ab'))).toBe(1)
    expect(counts.frequency(...pair('屋职'))).toBe(0)
  })

  it('are after any adding and removing those of what is left, in whatever order it came', () => {
    const text = fc.string({ unit: fc.constantFrom('书', '屋', '驿', '站'), maxLength: 8 })
    fc.assert(
      fc.property(fc.array(text), fc.array(text), (kept, gone) => {
        const counts = createPairCounts()
        for (const one of gone) counts.add(one)
        for (const one of kept) counts.add(one)
        for (const one of gone) counts.remove(one)
        const fresh = createPairCounts()
        for (const one of kept.toReversed()) fresh.add(one)
        for (const each of ['书屋', '屋驿', '站站', '驿书']) {
          expect(counts.frequency(...pair(each))).toBe(fresh.frequency(...pair(each)))
        }
      }),
    )
  })
})
