/**
 * Understands a question typed in pinyin or with wrong characters of the right sound, with the words
 * of the documents in force and of the term dictionary as the only measure. What was repaired is
 * returned, so that it can be shown.
 */
import type { Span } from '../domain/span.ts'
import { foldForMatching } from '../text/fold-for-matching.ts'
import { readPinyin } from './read-pinyin.ts'
import { leavesCharacters, repairHomophones } from './repair-homophones.ts'
import type { SearchIndex } from './search-index.ts'
import { createSpelling } from './spelling.ts'
import type { TermDictionary } from './term-dictionary.ts'

export interface Repair {
  readonly typed: string
  readonly meant: string
  readonly kind: 'pinyin' | 'homophone'
}

export interface RepairedQuery {
  /** The folded question with the repairs in place; the folded question itself when there are none. */
  readonly text: string
  readonly repairs: readonly Repair[]
}

export interface QueryRepairer {
  repair(question: string): RepairedQuery
  /**
   * Learns up to `most` new words of the passages; true when it knows them all. A question that may
   * be mistyped learns {@link LEARNED_A_QUESTION} by itself; call this behind the questions after
   * much was loaded.
   */
  learn(most: number): boolean
}

export interface RepairSources {
  readonly index: Pick<SearchIndex, 'vocabulary' | 'frequency' | 'pairFrequency'>
  /** Read anew at each question, so that an edited dictionary counts at once. */
  readonly dictionary: () => Pick<TermDictionary, 'names'>
  readonly tokenizer: { pieces(text: string): readonly string[] }
  /** Places named in a text: they are never repaired into something else. */
  readonly placesIn?: (text: string) => readonly Span[]
  /** Names that places go by, for what is typed in pinyin. */
  readonly placeNames?: () => Iterable<string>
}

/** Questions longer than this are not repaired: pasted text, not typing. */
const LONGEST_REPAIRED = 300
/** Enough for a union's documents: the first question that needs repairing waits for them, about 0.1 s. */
const LEARNED_A_QUESTION = 30_000
const LETTERS = /[a-z]/

/** A repairer that learns the index's words as they come. */
export function createQueryRepairer(sources: RepairSources): QueryRepairer {
  const { index, tokenizer, placesIn = () => [] } = sources
  const spelling = createSpelling({
    vocabulary: (from) => index.vocabulary(from),
    dictionary: sources.dictionary,
    ...(sources.placeNames && { places: sources.placeNames }),
  })
  const lexicon = {
    spelling,
    pieces: (text: string) => tokenizer.pieces(text),
    frequency: (word: string) => index.frequency(word),
    pairFrequency: (first: string, second: string) => index.pairFrequency(first, second),
    protectedSpans: placesIn,
  }
  return {
    learn: (most) => spelling.update(most),
    repair(question) {
      const folded = foldForMatching(question)
      if (folded.length > LONGEST_REPAIRED) return { text: folded, repairs: [] }
      const mayBeMistyped = LETTERS.test(folded) || leavesCharacters(folded, tokenizer)
      spelling.update(mayBeMistyped ? LEARNED_A_QUESTION : 0)
      const read = readPinyin(folded, lexicon)
      const repaired = repairHomophones(read.text, lexicon)
      return { text: repaired.text, repairs: [...read.repairs, ...repaired.repairs] }
    },
  }
}
