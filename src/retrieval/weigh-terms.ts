/** What a term weighs in a passage: once for each time it stands there, and for standing above it. */
import type { Postings } from './postings.ts'

/** Weight of a title's or a list's words beside those of the passage. */
const TITLE_WEIGHT = 0.5

/** Adds up the weights of a passage's terms, with room that is kept from passage to passage. */
export function createWeigher(postings: Postings) {
  let weights = new Float32Array(1024)
  const own: number[] = []
  const raise = (term: number, by: number): void => {
    if (term >= weights.length) {
      const wider = new Float32Array(term * 2)
      wider.set(weights)
      weights = wider
    }
    if (weights[term] === 0) own.push(term)
    weights[term] = (weights[term] ?? 0) + by
  }
  return {
    /** Enters a passage's terms, and the words that stand above it, under its slot. */
    weigh(terms: Uint32Array, extra: readonly string[], slot: number): void {
      for (const term of terms) raise(term, 1)
      for (const word of new Set(extra)) raise(postings.intern(word), TITLE_WEIGHT)
      for (const term of own) {
        postings.add(term, slot, weights[term] ?? 0)
        weights[term] = 0
      }
      own.length = 0
    },
  }
}
