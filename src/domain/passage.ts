import type { Span } from './span.ts'

/** A citable span of a document's cleaned text, cut at sentence ends, about 400 characters at most. */
export interface Passage extends Span {
  /** 0, 1, 2 … in reading order. */
  readonly ordinal: number
  /** Headings above it, outermost first: ["三、主要任务", "(一)服务职工"]. */
  readonly headings: readonly string[]
  readonly text: string
  /** Words of heading and text, prepared by text/tokenize: stored, so that an index loads without cutting again. */
  readonly tokens: readonly string[]
}

/** Between the words of a {@link StoredPassage}; no word has a line break in it. */
export const WORD_SEPARATOR = '\n'

/** A passage as it is read for the index: 150,000 texts load many times faster than 15 million words. */
export type StoredPassage = Omit<Passage, 'tokens'> & {
  /** The passage's tokens, joined by {@link WORD_SEPARATOR}. */
  readonly words: string
}
