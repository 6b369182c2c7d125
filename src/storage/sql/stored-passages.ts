/**
 * Passages as one text per version, made to be read fast: a start of the program reads all of them.
 *
 * The passage's text is not repeated, because it is the version's text at the span; its words are
 * one string, because 150,000 short strings parse many times faster than 15 million.
 */
import type { Passage } from '../../domain/passage.ts'

/** Between words; no tokenizer makes a word with a line break in it. */
const SEPARATOR = '\n'

type StoredPassage = readonly [
  start: number,
  end: number,
  headings: readonly string[],
  tokens: string,
  /** Only when it differs from the version's text at the span. */
  text?: string,
]

export function storedPassages(passages: readonly Passage[], text: string): string {
  return JSON.stringify(
    passages.map((passage): StoredPassage => {
      const { start, end, headings, tokens } = passage
      const words = tokens.join(SEPARATOR)
      return text.slice(start, end) === passage.text
        ? [start, end, headings, words]
        : [start, end, headings, words, passage.text]
    }),
  )
}

export function readPassages(stored: string, text: string): readonly Passage[] {
  const rows: readonly StoredPassage[] = JSON.parse(stored)
  return rows.map(([start, end, headings, words, own], ordinal) => ({
    ordinal,
    start,
    end,
    headings,
    text: own ?? text.slice(start, end),
    tokens: words === '' ? [] : words.split(SEPARATOR),
  }))
}
