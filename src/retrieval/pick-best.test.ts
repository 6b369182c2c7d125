import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOf } from '../../test/support/indexed-documents.ts'
import { createPassageSlots } from './passage-slots.ts'
import { pickBest } from './pick-best.ts'
import type { IndexedDocument } from './search-index.ts'

describe('pickBest', () => {
  it('finds in bands what asking everybody would find', () => {
    const scored = fc.record({
      score: fc.integer({ min: 1, max: 400 }),
      prior: fc.constantFrom(0, 0.25, 0.5, 1),
    })
    fc.assert(
      fc.property(
        fc.array(scored, { maxLength: 1500, size: 'max' }),
        fc.integer({ min: 1, max: 9 }),
        (all, n) => {
          const slots = createPassageSlots()
          const priors = new Map<IndexedDocument, number>()
          for (const one of all) {
            const document = documentOf('x', '', '书屋')
            slots.take(document, 0, 1)
            priors.set(document, one.prior)
          }
          for (const [slot, { score }] of all.entries()) slots.scores[slot] = score
          const prior = (document: IndexedDocument) => priors.get(document) ?? 0

          const found = pickBest(Uint32Array.from(all.keys()), n, prior, slots)

          const naive = [...all.entries()]
            .filter(([, one]) => one.prior > 0)
            .sort(([i, a], [j, b]) => b.score * b.prior - a.score * a.prior || i - j)
            .slice(0, n)
          expect(found.map(({ slot }) => slot)).toEqual(naive.map(([i]) => i))
        },
      ),
    )
  })

  it('asks no more documents than may enter the best', () => {
    const slots = createPassageSlots()
    for (let i = 0; i < 1000; i++) {
      slots.scores[slots.take(documentOf(`${i}`, '', '书屋'), 0, 1)] = i + 1
    }
    let asked = 0
    const standing = () => Math.sign(++asked)

    pickBest(Uint32Array.from(Array(1000).keys()), 5, standing, slots)

    expect(asked).toBeLessThan(30)
  })
})
