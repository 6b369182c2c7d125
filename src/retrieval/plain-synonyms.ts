/**
 * The written counterparts of everyday verbs and nouns. Only for telling sentences apart: a match
 * counts less than the word itself.
 */
import { EVERYDAY_WORDS } from './everyday-words.ts'
import type { OtherWording } from './question-terms.ts'

/** A counterpart counts this much of the word itself. */
const LIKENESS = 0.75

const BY_WORD: ReadonlyMap<string, readonly string[]> = new Map(
  EVERYDAY_WORDS.map((line) => {
    const [word = '', ...written] = line.split(' ')
    return [word, written]
  }),
)

/** Written counterparts of an everyday word. */
export function plainSynonyms(word: string): OtherWording[] {
  const bare =
    word.length > 2
      ? word.replace(/[了过着到给上出起来去]$/, '')
      : word.replace(/[了过着到给]$/, '')
  const written = BY_WORD.get(word) ?? BY_WORD.get(bare) ?? []
  const own = bare === word || bare === '' ? [] : [{ wording: bare, weight: LIKENESS }]
  return [...own, ...written.map((wording) => ({ wording, weight: LIKENESS }))]
}

/** Everyday words of two characters and more: taken whole, whatever jieba makes of them. */
export const everydayWords: readonly string[] = [...BY_WORD.keys()].filter(
  (word) => word.length >= 2,
)
