/** What a format gives before cleaning: the text, and which parts of it are none. Plain data: it crosses from the worker. */
import type { CutReason, ReadingWarning } from '../../domain/document.ts'
import type { Span } from '../../domain/span.ts'

/** A range of the original that the format knows to be no text: front matter, hidden text, menus. */
export interface MarkedRange extends Span {
  readonly reason: CutReason
}

export interface SourceText {
  readonly text: string
  readonly marked: readonly MarkedRange[]
  /** Title that the format itself names: h1, Word's title style. */
  readonly titleHint?: string
  readonly warnings: readonly ReadingWarning[]
  /** A table and nothing around it: no line of it is page chrome, and the file's name is its title. */
  readonly isSheet?: boolean
}

export function plainSource(text: string): SourceText {
  return { text, marked: [], warnings: [] }
}
