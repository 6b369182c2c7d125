/** Whether a text has a word: the word itself, another wording of it, or most of its characters. */
import type { Term } from './question-terms.ts'

export interface Match {
  readonly strength: number
  /** Offset of the match; -1 without one. */
  readonly at: number
}

/** A match at least this good is a match. */
export const FOUND = 0.45

const NO_MATCH: Match = { strength: 0, at: -1 }

/** Looks for one word in text after text: the parts of the word are cut once. */
export type TermFinder = (text: string) => Match

/** The best match of the word in the text. */
export function matchTerm(term: Pick<Term, 'word' | 'others'>, text: string): Match {
  return createTermFinder(term)(text)
}

/** {@link matchTerm} for many texts. */
export function createTermFinder({ word, others }: Pick<Term, 'word' | 'others'>): TermFinder {
  const partial = createPartialFinder(word)
  return (text) => {
    const at = text.indexOf(word)
    if (at >= 0) return { strength: 1, at }
    let best = partial(text)
    for (const { wording, weight } of others) {
      if (weight <= best.strength) continue
      const found = text.indexOf(wording)
      if (found >= 0) best = { strength: weight, at: found }
    }
    return best
  }
}

const CHINESE = /^[一-龥]*$/

/** A two-character word torn apart (再领, 再次领取), or a long one of which parts are there. */
function createPartialFinder(word: string): TermFinder {
  if (word.length < 2 || !CHINESE.test(word)) return () => NO_MATCH
  if (word.length === 2) {
    const [first, second] = [word.slice(0, 1), word.slice(1)]
    return (text) => tornMatch(first, second, text)
  }
  const head = word.slice(0, -1)
  const last = word.slice(-1)
  const pairs = Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2))
  return (text) => {
    const filled = word.length > LONGEST_FILLED ? -1 : filledMatch(head, last, text)
    return filled >= 0 ? { strength: FILLED, at: filled } : pairMatch(pairs, text)
  }
}

function pairMatch(pairs: readonly string[], text: string): Match {
  let found = 0
  let at = -1
  for (const pair of pairs) {
    const index = text.indexOf(pair)
    if (index < 0) continue
    found += 1
    at = index
  }
  return found === 0 ? NO_MATCH : { strength: (0.8 * found) / pairs.length, at }
}

/** 「暑期班」 in 「暑期培养班」: all its characters in order, a few others between. */
const FILLED = 0.65
const LONGEST_FILLED = 4

function filledMatch(head: string, last: string, text: string): number {
  for (let at = text.indexOf(head); at >= 0; at = text.indexOf(head, at + 1)) {
    const after = text.slice(at + head.length, at + head.length + TORN)
    if (after.includes(last) && CHINESE.test(after)) return at
  }
  return -1
}

/** Characters of a torn word may stand this far apart. */
const TORN = 4

function tornMatch(first: string, second: string, text: string): Match {
  let next = text.indexOf(second)
  let single = next
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    if (next >= 0 && next <= at) next = text.indexOf(second, at + 1)
    if (next >= 0 && next - at <= TORN) return { strength: 0.5, at }
    single = at
  }
  return single >= 0 ? { strength: 0.2, at: single } : NO_MATCH
}
