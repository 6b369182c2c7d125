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

/** Of things in the order in which they begin, those that lie inside `outer`; takes steps by their number's logarithm. */
export function inside<T>(
  outer: Span,
  ordered: readonly T[],
  spanOf: (one: T) => Span,
): readonly T[] {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >> 1
    const one = ordered[middle]
    if (one !== undefined && spanOf(one).start < outer.start) low = middle + 1
    else high = middle
  }
  const found: T[] = []
  for (let at = low; at < ordered.length; at += 1) {
    const one = ordered[at]
    if (one === undefined || spanOf(one).start >= outer.end) break
    if (contains(outer, spanOf(one))) found.push(one)
  }
  return found
}
