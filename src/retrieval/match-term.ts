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

/** The best match of the word in the text. */
export function matchTerm(term: Pick<Term, 'word' | 'others'>, text: string): Match {
  const at = text.indexOf(term.word)
  if (at >= 0) return { strength: 1, at }
  let best = partialMatch(term.word, text)
  for (const { wording, weight } of term.others) {
    const found = text.indexOf(wording)
    if (found >= 0 && weight > best.strength) best = { strength: weight, at: found }
  }
  return best
}

const CHINESE = /^[一-龥]*$/

/** A two-character word torn apart (再领, 再次领取), or a long one of which parts are there. */
function partialMatch(word: string, text: string): Match {
  if (word.length < 2 || !CHINESE.test(word)) return NO_MATCH
  if (word.length === 2) return tornMatch(word, text)
  const filled = filledMatch(word, text)
  if (filled >= 0) return { strength: FILLED, at: filled }
  let found = 0
  let at = -1
  for (let i = 0; i + 2 <= word.length; i++) {
    const index = text.indexOf(word.slice(i, i + 2))
    if (index < 0) continue
    found += 1
    at = index
  }
  return { strength: (0.8 * found) / (word.length - 1), at }
}

/** 「暑期班」 in 「暑期培养班」: all its characters in order, a few others between. */
const FILLED = 0.65
const LONGEST_FILLED = 4

function filledMatch(word: string, text: string): number {
  if (word.length > LONGEST_FILLED) return -1
  const head = word.slice(0, -1)
  const last = word.slice(-1)
  for (let at = text.indexOf(head); at >= 0; at = text.indexOf(head, at + 1)) {
    const after = text.slice(at + head.length, at + head.length + TORN)
    if (after.includes(last) && CHINESE.test(after)) return at
  }
  return -1
}

/** Characters of a torn word may stand this far apart. */
const TORN = 4

function tornMatch(word: string, text: string): Match {
  const second = word.slice(1)
  const first = word.slice(0, 1)
  let next = text.indexOf(second)
  let single = next
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    if (next >= 0 && next <= at) next = text.indexOf(second, at + 1)
    if (next >= 0 && next - at <= TORN) return { strength: 0.5, at }
    single = at
  }
  return single >= 0 ? { strength: 0.2, at: single } : NO_MATCH
}
