import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWordNumbers } from './word-numbers.ts'

describe('createWordNumbers', () => {
  it('numbers words as a map of strings would', () => {
    const word = fc.oneof(
      fc.string({ unit: fc.constantFrom('工', '会', 'a', '𠮷'), maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 200 }), (words) => {
        const numbers = createWordNumbers()
        const map = new Map<string, number>()
        for (const one of words) {
          if (!map.has(one)) map.set(one, map.size)
          expect(numbers.intern(`工${one}会`, 1, 1 + one.length)).toBe(map.get(one))
        }
        expect(numbers.size).toBe(map.size)
        for (const [one, number] of map) {
          expect(numbers.find(one)).toBe(number)
          expect(numbers.word(number)).toBe(one)
        }
        expect(numbers.find('没有这个词')).toBeUndefined()
      }),
    )
  })

  it('keeps every number while it grows', () => {
    const numbers = createWordNumbers()
    for (let i = 0; i < 50_000; i++) numbers.intern(`词${i}`, 0, `词${i}`.length)

    expect(numbers.size).toBe(50_000)
    for (let i = 0; i < 50_000; i += 997) expect(numbers.find(`词${i}`)).toBe(i)
    expect(numbers.word(49_999)).toBe('词49999')
  })
})
