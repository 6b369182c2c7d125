/**
 * The smallest stretches of a document that can be quoted as evidence: its sentences, with long
 * enumerations cut at their items. Each knows the words around it, because the subject of a sentence
 * often stands in the one before.
 */
import type { Span } from '../domain/span.ts'
import { splitSentences } from '../text/split-sentences.ts'
import type { IndexedDocument } from './search-index.ts'
import { halfWidth } from './values-in-text.ts'

export interface EvidenceUnit {
  readonly document: IndexedDocument
  /** Range of the document's cleaned text, without white space at its ends. */
  readonly span: Span
  readonly text: string
  /** `text` in half-width, lower case: same length. */
  readonly folded: string
  /** What stands above and before: the sentences before it in its paragraph, the list's title. */
  readonly context: string
  readonly ordinal: number
}

export interface UnitReader {
  units(document: IndexedDocument): readonly EvidenceUnit[]
}

/** Longer stretches without a full stop are cut at their numbered items. */
const LONGEST_WHOLE = 160
/** Characters before a unit that belong to its context. */
const CONTEXT_LENGTH = 160

/** Reads each document once; documents that leave the index are forgotten with it. */
export function createUnitReader(): UnitReader {
  const known = new WeakMap<IndexedDocument, readonly EvidenceUnit[]>()
  return {
    units(document) {
      const before = known.get(document)
      if (before !== undefined) return before
      const units = readUnits(document)
      known.set(document, units)
      return units
    },
  }
}

function readUnits(document: IndexedDocument): EvidenceUnit[] {
  const { text } = document
  return splitSentences(text)
    .flatMap((span) => cutLong(text, span))
    .map((span) => trim(text, span))
    .filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(start, end)))
    .map((span, ordinal) => {
      const own = text.slice(span.start, span.end)
      return {
        document,
        span,
        text: own,
        folded: halfWidth(own).toLowerCase(),
        context: halfWidth(contextOf(document, span)).toLowerCase(),
        ordinal,
      }
    })
}

const ITEM_START = /(?=[一二三四五六七八九十]{1,2}、)|(?=[一二三四五六七八九十]是)|(?=■)/g

function cutLong(text: string, span: Span): Span[] {
  if (span.end - span.start <= LONGEST_WHOLE) return [span]
  const own = text.slice(span.start, span.end)
  const cuts = [...own.matchAll(ITEM_START)].map(({ index }) => index).filter((index) => index > 0)
  const starts = [0, ...cuts]
  return starts.map((start, i) => ({
    start: span.start + start,
    end: span.start + (starts[i + 1] ?? own.length),
  }))
}

function trim(text: string, { start, end }: Span): Span {
  const own = text.slice(start, end)
  const lead = own.length - own.trimStart().length
  return { start: start + lead, end: start + lead + own.trim().length }
}

function contextOf(document: IndexedDocument, span: Span): string {
  const lists = document.lists
    .filter((list) => list.span.start <= span.start && span.end <= list.span.end + 1)
    .map((list) => list.title)
  const passage = document.passages.find(
    ({ start, end }) => start <= span.start && span.start < end,
  )
  const paragraphStart = document.text.lastIndexOf('\n', span.start - 1) + 1
  const from = Math.max(paragraphStart, span.start - CONTEXT_LENGTH)
  return [...lists, ...(passage?.headings ?? []), document.text.slice(from, span.start)].join(' ')
}
