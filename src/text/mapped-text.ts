/**
 * A text that remembers where each of its characters came from.
 *
 * Cleaning is a chain of edits. After each one, every UTF-16 unit of the text still knows its offset
 * in the original, and everything that was cut is on record, so that a reader can be shown the
 * original of any quotation and the whole of what was left out.
 *
 * Invariants (property-tested): offsets never decrease; each lies inside the original.
 */
import type { Cut, CutReason, OffsetRun } from '../domain/document.ts'
import type { Span } from '../domain/span.ts'

export interface MappedText {
  readonly original: string
  readonly text: string
  /** `offsets[i]` is the original offset of `text[i]`. */
  readonly offsets: readonly number[]
  readonly cuts: readonly Cut[]
}

/** Replaces a range of the text. With a `reason` the range goes on record as a cut. */
export interface Edit extends Span {
  /** What stands there afterwards; nothing when absent. */
  readonly replacement?: string
  readonly reason?: CutReason
}

/** The untouched text. */
export function mapText(original: string): MappedText {
  return {
    original,
    text: original,
    offsets: Array.from({ length: original.length }, (_, index) => index),
    cuts: [],
  }
}

/** Applies edits to one state of the text; they may come in any order, and a range inside an earlier one is dropped. */
export function applyEdits(mapped: MappedText, edits: readonly Edit[]): MappedText {
  if (edits.length === 0) return mapped
  const parts: string[] = []
  const offsets: number[] = []
  const cuts = [...mapped.cuts]
  let position = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start < position || edit.end < edit.start) continue
    keep(mapped, position, edit.start, parts, offsets)
    replace(mapped, edit, parts, offsets)
    if (edit.reason !== undefined && edit.end > edit.start)
      cuts.push(cutOf(mapped, edit, edit.reason))
    position = edit.end
  }
  keep(mapped, position, mapped.text.length, parts, offsets)
  return { original: mapped.original, text: parts.join(''), offsets, cuts }
}

/** Puts `text` in place of the present one, unit for unit: for folding that keeps the length. */
export function replaceUnits(mapped: MappedText, text: string): MappedText {
  if (text.length !== mapped.text.length) throw new RangeError('replaceUnits keeps the length')
  return { ...mapped, text }
}

/** Where a range of the present text lies in the original. */
export function originalSpan(mapped: MappedText, span: Span): Span {
  const start = mapped.offsets[span.start] ?? mapped.original.length
  const last = mapped.offsets[span.end - 1]
  return { start, end: last === undefined || span.end <= span.start ? start : last + 1 }
}

/** The offsets as runs in which text and original advance together. */
export function offsetRuns(mapped: Pick<MappedText, 'offsets'>): OffsetRun[] {
  const runs: [number, number, number][] = []
  mapped.offsets.forEach((offset, index) => {
    const run = runs.at(-1)
    if (run !== undefined && run[1] + (index - run[0]) === offset) run[2] += 1
    else runs.push([index, offset, 1])
  })
  return runs
}

function keep(
  mapped: MappedText,
  start: number,
  end: number,
  parts: string[],
  offsets: number[],
): void {
  if (end <= start) return
  parts.push(mapped.text.slice(start, end))
  for (let index = start; index < end; index += 1) offsets.push(mapped.offsets[index] ?? 0)
}

function replace(mapped: MappedText, edit: Edit, parts: string[], offsets: number[]): void {
  const replacement = edit.replacement ?? ''
  parts.push(replacement)
  const last = Math.max(edit.start, edit.end - 1)
  for (let index = 0; index < replacement.length; index += 1) {
    const source = Math.min(edit.start + index, last)
    offsets.push(mapped.offsets[source] ?? Math.max(0, mapped.original.length - 1))
  }
}

function cutOf(mapped: MappedText, edit: Edit, reason: CutReason): Cut {
  const original = originalSpan(mapped, edit)
  return { reason, original, text: mapped.original.slice(original.start, original.end) }
}
