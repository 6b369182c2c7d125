/**
 * The scores of one search: BM25 added up word by word, in room that the slots keep from search to
 * search. A word is looked for in all passages, or only within some: an entry passed over costs a
 * quarter of one that is scored.
 */
import type { PassageSlots } from './passage-slots.ts'
import { type Postings, WEIGHT_STEPS } from './postings.ts'

const K1 = 0.6
const B = 0.4

/** A word of the question that some passage has. */
export interface ScoredWord {
  readonly term: number
  /** Its weight times its rarity. */
  readonly gain: number
  /** Bits of the question's words that it covers. */
  readonly covers: number
}

export interface Scoring {
  /** Adds the word's share to every passage that has it. */
  add(word: ScoredWord): void
  /** Adds the words' shares to those of the given passages that have them. */
  addWithin(passages: Uint32Array, words: readonly ScoredWord[]): void
  /** The passages that have a score, in order of discovery. */
  touched(): Uint32Array
  /** Leaves no score behind. */
  clear(): void
}

/** Begins a search: no passage has a score. */
export function beginScoring(postings: Postings, slots: PassageSlots): Scoring {
  const { scores, found, lengths, touched, marks } = slots
  const board: Board = {
    scores,
    found,
    lengths,
    touched,
    marks,
    perWord: B / slots.meanLength,
    count: 0,
  }
  return {
    add(word) {
      postings.eachRun(word.term, (page, from, to) => {
        scoreRun(page, from, to, word, board)
      })
    },
    addWithin(passages, words) {
      for (const slot of passages) marks[slot] = 1
      for (const word of words) {
        postings.eachRun(word.term, (page, from, to) => {
          scoreMarked(page, from, to, word, board)
        })
      }
      for (const slot of passages) marks[slot] = 0
    },
    touched: () => touched.subarray(0, board.count),
    clear() {
      for (const slot of touched.subarray(0, board.count)) {
        scores[slot] = 0
        found[slot] = 0
      }
      board.count = 0
    },
  }
}

type Board = Pick<PassageSlots, 'scores' | 'found' | 'lengths' | 'touched' | 'marks'> & {
  /** What a word of a passage's length adds to its norm. */
  readonly perWord: number
  count: number
}

function scoreRun(
  page: Uint32Array,
  from: number,
  to: number,
  { gain, covers }: ScoredWord,
  board: Board,
): void {
  const { scores, found, lengths, touched, perWord } = board
  let { count } = board
  for (let i = from; i < to; i++) {
    const entry = page[i] ?? 0
    const slot = entry >>> 8
    const before = scores[slot] ?? 0
    if (before === 0) touched[count++] = slot
    scores[slot] = before + gain * saturated(entry, (lengths[slot] ?? 0) * perWord)
    found[slot] = (found[slot] ?? 0) | covers
  }
  board.count = count
}

function scoreMarked(
  page: Uint32Array,
  from: number,
  to: number,
  { gain, covers }: ScoredWord,
  board: Board,
): void {
  const { scores, found, lengths, marks, perWord } = board
  for (let i = from; i < to; i++) {
    const entry = page[i] ?? 0
    const slot = entry >>> 8
    if (marks[slot] === 0) continue
    scores[slot] = (scores[slot] ?? 0) + gain * saturated(entry, (lengths[slot] ?? 0) * perWord)
    found[slot] = (found[slot] ?? 0) | covers
  }
}

/** BM25's share of a word by how often it stands there; `length` is B times the passage's length by the mean. */
function saturated(entry: number, length: number): number {
  const times = (entry & 255) / WEIGHT_STEPS
  return ((K1 + 1) * times) / (times + K1 * (1 - B + length))
}
