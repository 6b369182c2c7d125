/**
 * A half-open range [start, end) of a text, in UTF-16 units.
 *
 * Everything that claims anything (a citation, a fact, a list item, a task) points at a span of a
 * document's cleaned text, so that what is shown as a quotation is that text, character for character.
 */
export interface Span {
  readonly start: number
  readonly end: number
}

export function textAt(text: string, span: Span): string {
  return text.slice(span.start, span.end)
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}
