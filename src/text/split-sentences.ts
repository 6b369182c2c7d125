/**
 * Sentences of a text, as spans that tile it: each keeps its closing punctuation and the white
 * space after it. A line end closes a sentence; a closing quotation mark or bracket belongs to the
 * sentence before it; a dot between digits is no end, nor is a 「?」 before one: there a character is lost.
 */
import type { Span } from '../domain/span.ts'

const END = /(?:[。！？；;…]|[!?](?!\d))+[”’」』》）)】"]*\s*|\n\s*/g

/** Ends of clauses, for cutting a sentence that is too long to cite: 「,」 「、」 「:」, never inside a number. */
const CLAUSE_END = /[，：、:](?:[”’」』》）)】"])*\s*|,(?!\d{3})\s*/g

/** Sentences, in order; together they are the whole text. */
export function splitSentences(text: string): Span[] {
  return tile(text, END)
}

/** Clauses of a text, for places where even one sentence is too long. */
export function splitClauses(text: string): Span[] {
  return tile(text, CLAUSE_END)
}

function tile(text: string, end: RegExp): Span[] {
  const spans: Span[] = []
  let start = 0
  for (const match of text.matchAll(end)) {
    const stop = match.index + match[0].length
    if (text.slice(start, stop).trim() === '' && spans.length > 0) {
      const before = spans.pop()
      spans.push({ start: before?.start ?? start, end: stop })
    } else spans.push({ start, end: stop })
    start = stop
  }
  if (start < text.length) spans.push({ start, end: text.length })
  return spans
}
