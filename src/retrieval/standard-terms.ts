/** A question with the terms of the dictionary in their own names: 「互助险」 becomes 「互助补充保险」. */
import { foldForMatching } from '../text/fold-for-matching.ts'
import type { TermDictionary } from './term-dictionary.ts'

/** Related terms are other things and stay as they are. The text comes back folded. */
export function standardTerms(question: string, dictionary: TermDictionary): string {
  const folded = foldForMatching(question)
  let result = ''
  let position = 0
  for (const { start, found, term, relation } of dictionary.matches(question)) {
    if (relation === 'related' || start < position) continue
    result += folded.slice(position, start) + foldForMatching(term.name)
    position = start + found.length
  }
  return result + folded.slice(position)
}
