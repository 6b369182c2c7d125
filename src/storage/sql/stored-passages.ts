/**
 * Passages as one text per version, made to be read fast: a start of the program reads all of them.
 *
 * The passage's text is not repeated, because it is the version's text at the span; its words are
 * one string, because 150,000 short strings parse many times faster than 15 million.
 */
import { type Passage, type StoredPassage, WORD_SEPARATOR } from '../../domain/passage.ts'

type PassageRow = readonly [
  start: number,
  end: number,
  headings: readonly string[],
  tokens: string,
  /** Only when it differs from the version's text at the span. */
  text?: string,
]

export function storedPassages(passages: readonly Passage[], text: string): string {
  return JSON.stringify(
    passages.map((passage): PassageRow => {
      const { start, end, headings, tokens } = passage
      const words = tokens.join(WORD_SEPARATOR)
      return text.slice(start, end) === passage.text
        ? [start, end, headings, words]
        : [start, end, headings, words, passage.text]
    }),
  )
}

/** Their words still joined, as the index takes them. */
export function readStoredPassages(stored: string, text: string): readonly StoredPassage[] {
  const rows: readonly PassageRow[] = JSON.parse(stored)
  return rows.map(([start, end, headings, words, own], ordinal) => ({
    ordinal,
    start,
    end,
    headings,
    text: own ?? text.slice(start, end),
    words,
  }))
}

export function readPassages(stored: string, text: string): readonly Passage[] {
  return readStoredPassages(stored, text).map(({ words, ...passage }) => ({
    ...passage,
    tokens: words === '' ? [] : words.split(WORD_SEPARATOR),
  }))
}
