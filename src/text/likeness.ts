/** How alike two sentences are apart from their figures and days. */
import { foldWithoutSpaces } from './fold-for-matching.ts'
import { spellNumbersAlike } from './parse-number.ts'

/** The pairs of neighbouring characters of a sentence, its numbers taken out. */
export function wordingOf(sentence: string): ReadonlySet<string> {
  const plain = spellNumbersAlike(foldWithoutSpaces(sentence))
    .replace(/\d+(?:[.,]\d+)*%?/g, '#')
    .replace(/[^\p{L}#]+/gu, '')
  const pairs = new Set<string>()
  for (let i = 0; i + 1 < plain.length; i++) pairs.add(plain.slice(i, i + 2))
  return pairs
}

/** Dice coefficient of two wordings: 0 nothing in common, 1 the same. */
export function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  return (2 * a.intersection(b).size) / (a.size + b.size)
}
