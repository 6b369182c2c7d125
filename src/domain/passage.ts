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
