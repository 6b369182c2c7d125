import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGramMemory } from './gram-memory.ts'

const LENGTH = 3
const grams = (text: string) =>
  Array.from({ length: Math.max(0, text.length - LENGTH + 1) }, (_, at) =>
    text.slice(at, at + LENGTH),
  )

describe('the gram memory', () => {
  it('knows the stretches that a set of them would know', () => {
    const text = fc.string({ unit: fc.constantFrom('工', '会', '书', '屋'), maxLength: 20 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), text, (said, asked) => {
        const memory = createGramMemory(LENGTH)
        for (const one of said) memory.remember(one)

        const set = new Set(said.flatMap(grams))
        expect(memory.known(asked)).toEqual(grams(asked).map((gram) => set.has(gram)))
      }),
    )
  })
})
