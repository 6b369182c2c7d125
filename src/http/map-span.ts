import type { OffsetRun } from '../domain/document.ts'
import type { Span } from '../domain/span.ts'

/**
 * The range of the original text that a range of the cleaned text came from: from the first
 * character's origin to the last one's, with everything that was cut in between.
 */
export function spanInOriginal(span: Span, offsets: readonly OffsetRun[]): Span {
  if (span.end <= span.start) {
    const at = originalOffset(span.start, offsets)
    return { start: at, end: at }
  }
  return {
    start: originalOffset(span.start, offsets),
    end: originalOffset(span.end - 1, offsets) + 1,
  }
}

function originalOffset(cleaned: number, offsets: readonly OffsetRun[]): number {
  const run = offsets.findLast(([start]) => start <= cleaned)
  if (run === undefined) return cleaned
  const [cleanedStart, originalStart, length] = run
  return originalStart + Math.min(cleaned - cleanedStart, length)
}
