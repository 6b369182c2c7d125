/**
 * Reads a candidate passage again for what word counts cannot see: character pairs (words cut
 * differently in question and text), how much of the question is there, and how close together.
 *
 * Works on the passage's text itself; no index of character pairs is kept (126 MB less, same quality).
 */
import type { QueryWord } from './search-index.ts'

/** Weight of character pairs beside words. */
const PAIR_WEIGHT = 0.6
/** Weight of the best window beside the whole passage, and its length in characters. */
const WINDOW_WEIGHT = 0.7
const WINDOW_LENGTH = 40

export interface FineScore {
  readonly score: number
  readonly coverage: number
}

/** Prepares a question once; the result scores one passage after another. */
export function prepareRescoring(
  question: string,
  words: readonly QueryWord[],
): (text: string, wordScore: number) => FineScore {
  const rarity = new Map(words.map(({ word, idf }) => [word, idf]))
  const own = words.filter(({ word, covers }) => covers.includes(word))
  const total = own.reduce((sum, { idf }) => sum + idf, 0)
  const pairs = pairsOf(fold(question), own)
  return (text, wordScore) => {
    const folded = fold(text)
    const covered = new Set(
      words.filter(({ word }) => folded.includes(word)).flatMap(({ covers }) => covers),
    )
    const found = [...covered].reduce((sum, word) => sum + (rarity.get(word) ?? 0), 0)
    const coverage = total === 0 ? 0 : Math.min(1, found / total)
    const { sum, window } = scorePairs(folded, pairs)
    const score =
      (wordScore + PAIR_WEIGHT * sum + WINDOW_WEIGHT * window) * Math.sqrt(Math.max(0.05, coverage))
    return { score, coverage }
  }
}

/** Pairs of neighbouring characters of the question, as rare as the words that hold them. */
function pairsOf(question: string, words: readonly QueryWord[]): Map<string, number> {
  const pairs = new Map<string, number>()
  for (const { word, idf } of words) {
    for (let i = 0; i + 1 < word.length; i++) {
      const pair = word.slice(i, i + 2)
      if (question.includes(pair)) pairs.set(pair, Math.max(pairs.get(pair) ?? 0, idf))
    }
  }
  return pairs
}

function scorePairs(
  text: string,
  pairs: ReadonlyMap<string, number>,
): { readonly sum: number; readonly window: number } {
  let sum = 0
  let window = 0
  const places: { readonly at: number; readonly pair: string; readonly idf: number }[] = []
  for (const [pair, idf] of pairs) {
    let first = true
    for (let at = text.indexOf(pair); at >= 0; at = text.indexOf(pair, at + 1)) {
      places.push({ at, pair, idf })
      if (first) sum += idf
      first = false
    }
  }
  places.sort((a, b) => a.at - b.at)
  for (const [i, { at }] of places.entries()) {
    const inside = new Map<string, number>()
    for (let j = i; j < places.length; j++) {
      const place = places[j]
      if (place === undefined || place.at > at + WINDOW_LENGTH) break
      inside.set(place.pair, place.idf)
    }
    window = Math.max(
      window,
      [...inside.values()].reduce((all, idf) => all + idf, 0),
    )
  }
  return { sum, window }
}

/** Lower case and half width: the folding that keeps every character's place. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
}
