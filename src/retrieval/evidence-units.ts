/**
 * The smallest stretches of a document that can be quoted as evidence: its sentences, with long
 * enumerations cut at their items. Each knows the words around it, because the subject of a sentence
 * often stands in the one before.
 */
import type { Span } from '../domain/span.ts'
import { findDamagedNumbers } from '../text/damaged-numbers.ts'
import { splitSentences } from '../text/split-sentences.ts'
import { findTables, headsOf, type Table, type TableHead } from '../text/table-rows.ts'
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
  /** Headings above it, and the label its paragraph opens with: 申请材料, 活动时间. */
  readonly label: string
  readonly ordinal: number
  /** Where a digit is probably lost: no value there is given. */
  readonly damaged: readonly Span[]
  /** For a row of a table: what stands over its cells. */
  readonly heads?: readonly TableHead[]
}

export interface UnitReader {
  units(document: IndexedDocument): readonly EvidenceUnit[]
}

/** Longer stretches without a full stop are cut at their numbered items. */
const LONGEST_WHOLE = 160
/** Characters before a unit that belong to its context. */
const CONTEXT_LENGTH = 160

/** What was read of documents together this long is remembered: about 50 MB. */
const CHARACTERS_REMEMBERED = 4_000_000

/** Reads a document once, unless so many others were asked about since that it is forgotten. */
export function createUnitReader(remembered = CHARACTERS_REMEMBERED): UnitReader {
  /** The least recently asked first. */
  const known = new Map<IndexedDocument, readonly EvidenceUnit[]>()
  let characters = 0
  const forget = (document: IndexedDocument) => {
    if (known.delete(document)) characters -= document.text.length
  }
  return {
    units(document) {
      const units = known.get(document) ?? readUnits(document)
      forget(document)
      known.set(document, units)
      characters += document.text.length
      for (const oldest of known.keys()) {
        if (characters <= remembered || oldest === document) break
        forget(oldest)
      }
      return units
    },
  }
}

function readUnits(document: IndexedDocument): EvidenceUnit[] {
  const { text } = document
  const tables = findTables(text)
  return paragraphsOf(text)
    .flatMap((span) => (rowIn(tables, span) ? [span] : cutParagraph(text, span)))
    .map((span) => trim(text, span))
    .filter(({ start, end }) => isSentence(text.slice(start, end), document))
    .map((span, ordinal): EvidenceUnit => {
      const own = text.slice(span.start, span.end)
      const heads = headsOver(text, tables, span)
      const above = heads?.map((head) => head.text) ?? []
      return {
        document,
        span,
        text: own,
        damaged: findDamagedNumbers(own),
        ...(heads && { heads }),
        folded: halfWidth(own).toLowerCase(),
        context: halfWidth([contextOf(document, span), ...above].join(' ')).toLowerCase(),
        label: labelOf(document, span, own),
        ordinal,
      }
    })
}

const rowIn = (tables: readonly Table[], { start, end }: Span) =>
  tables.find((table) => table.start <= start && end <= table.end)

/** Undefined outside of tables, and for the rows of the head itself. */
function headsOver(
  text: string,
  tables: readonly Table[],
  span: Span,
): readonly TableHead[] | undefined {
  const table = rowIn(tables, span)
  if (table === undefined) return undefined
  const { heads, headCount } = headsOf(text, table)
  const at = table.rows.findIndex(({ start, end }) => start <= span.start && span.end <= end)
  return at < headCount ? undefined : heads
}

/** 三、申请材料。 第五条 …: what the paragraph is about. */
const LABEL =
  /^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．])[^。:：;；,，\n]{2,14}[。:：]/
const ARTICLE = /^\s*第[一二三四五六七八九十百\d]{1,4}条/
/** 1.办理互助保障。2.新建书屋。 is a list in one line, not a label and its paragraph. */
const ITEMS_IN_LINE = /[。；;]\s{0,3}2[.．、](?!\d)/
/** Labelled paragraphs and articles up to this length are cited whole. */
const LONGEST_LABELLED = 240

function paragraphsOf(text: string): Span[] {
  return [...text.matchAll(/[^\n]+\n*/g)].map(({ index, 0: own }) => ({
    start: index,
    end: index + own.length,
  }))
}

function cutParagraph(text: string, paragraph: Span): Span[] {
  const own = text.slice(paragraph.start, paragraph.end)
  const labelled = (LABEL.test(own) && !ITEMS_IN_LINE.test(own)) || ARTICLE.test(own)
  if (labelled && own.trim().length <= LONGEST_LABELLED) return [paragraph]
  const sentences = splitSentences(own).map(({ start, end }) => ({
    start: paragraph.start + start,
    end: paragraph.start + end,
  }))
  return [...sentences.flatMap((span) => cutLong(text, span)), ...enumerations(text, paragraph)]
}

/** Longest enumeration cited as one. */
const LONGEST_ENUMERATION = 500
/** Asked first: most paragraphs have none. */
const TWO_ITEMS_END = /[;；][^。！？!?\n]*[;；]/

/** 「…六项工作:…;…;…。」: the sentence as a whole, beside its items. */
function enumerations(text: string, { start, end }: Span): Span[] {
  const own = text.slice(start, end)
  if (!TWO_ITEMS_END.test(own)) return []
  return [
    ...own.matchAll(
      /[^。！？!?\n]*(?:[:：]|指[,，])[^。！？!?\n]*[;；][^。！？!?\n]*[;；][^。！？!?\n]*[。！？!?]?/g,
    ),
  ]
    .filter(({ 0: sentence }) => sentence.length <= LONGEST_ENUMERATION)
    .map(({ index, 0: sentence }) => ({
      start: start + index,
      end: start + index + sentence.length,
    }))
}

/** Titles and headings name; they state nothing. */
function isSentence(own: string, { metadata }: IndexedDocument): boolean {
  if (!/[\p{L}\p{N}]/u.test(own) || /^#{1,6}\s/.test(own)) return false
  return own.replace(/\s+/g, '') !== metadata.title.replace(/\s+/g, '')
}

const ITEM_START = /(?=[一二三四五六七八九十]{1,2}、)|(?=[一二三四五六七八九十]是)|(?=■)/g
const FIRST_ITEM = /[:：](?=一是|一要|1[.、])/

function cutLong(text: string, span: Span): Span[] {
  if (span.end - span.start <= LONGEST_WHOLE) return cutFirstItem(text, span)
  const own = text.slice(span.start, span.end)
  const cuts = [...own.matchAll(ITEM_START)].map(({ index }) => index).filter((index) => index > 0)
  const starts = [0, ...cuts]
  return starts.map((start, i) => ({
    start: span.start + start,
    end: span.start + (starts[i + 1] ?? own.length),
  }))
}

/** 「认真办好“八件实事”:一是…」: the introduction belongs to the list, not to its first item. */
function cutFirstItem(text: string, { start, end }: Span): Span[] {
  const found = FIRST_ITEM.exec(text.slice(start, end))
  if (found === null) return [{ start, end }]
  const cut = start + found.index + 1
  return [
    { start, end: cut },
    { start: cut, end },
  ]
}

function trim(text: string, { start, end }: Span): Span {
  const own = text.slice(start, end)
  const lead = own.length - own.replace(/^[\s—\-·•]+/, '').length
  const kept = own.slice(lead).replace(/[\s;；,，、:：]+$/, '').length
  return { start: start + lead, end: start + lead + kept }
}

function labelOf(document: IndexedDocument, span: Span, own: string): string {
  const passage = document.passages.find(
    ({ start, end }) => start <= span.start && span.start < end,
  )
  const paragraphStart = document.text.lastIndexOf('\n', span.start - 1) + 1
  const opening = document.text.slice(paragraphStart, paragraphStart + 24)
  return [
    passage?.headings.at(-1) ?? '',
    LABEL.exec(opening)?.[0] ?? LABEL.exec(own)?.[0] ?? '',
  ].join(' ')
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
