/**
 * Cuts the cleaned text into passages to cite: a paragraph, or several short ones, or part of a long
 * one, cut at sentence ends, else at commas, never inside a number. Passages tile the text.
 *
 * Each knows the headings above it: 一、 › (一) › 1. › (1), 第一章 › 第一条, and the title is not one of them.
 */
import type { Passage } from '../domain/passage.ts'
import { contains, type Span } from '../domain/span.ts'
import { splitClauses, splitSentences } from '../text/split-sentences.ts'
import { findTables, isTableRow, type Table } from '../text/table-rows.ts'
import type { Tokenizer } from '../text/tokenize.ts'
import { type Heading, headingOf } from './read-headings.ts'

/** Passages of 400 characters ranked best (measured on union news against 200, 800 and whole documents). */
const LONGEST_PASSAGE = 400
/** From (一) on, headings are items of the one above. */
const FIRST_ITEM_LEVEL = 5
/** A paragraph shorter than this joins the next one under the same heading. */
const SHORT_PARAGRAPH = 60

interface Piece {
  readonly span: Span
  readonly headings: readonly string[]
}

export function splitPassages(text: string, tokenizer: Pick<Tokenizer, 'tokens'>): Passage[] {
  return cutPieces(text).map(({ span, headings }, ordinal) => {
    const own = text.slice(span.start, span.end)
    return {
      ...span,
      ordinal,
      headings,
      text: own,
      tokens: tokenizer.tokens([...headings, own].join('\n')),
    }
  })
}

function cutPieces(text: string): Piece[] {
  const open: Heading[] = []
  const tables = findTables(text)
  return joinShort(text, paragraphsOf(text, tables)).flatMap((paragraph) => {
    const lines = text.slice(paragraph.start, paragraph.end).split('\n')
    closeFor(open, headingOf(lines[0] ?? ''))
    const headings = open.map(({ title }) => title)
    for (const line of lines) openHeading(open, headingOf(line))
    const table = tables.find((candidate) => contains(paragraph, candidate))
    if (table === undefined) return cutLong(text, paragraph).map((span) => ({ span, headings }))
    return cutTable(text, paragraph, table, headings)
  })
}

/** Ends the headings that a new one of this level ends. */
function closeFor(open: Heading[], heading: Heading | undefined): void {
  if (heading === undefined) return
  while ((open.at(-1)?.level ?? -1) >= heading.level) open.pop()
}

function openHeading(open: Heading[], heading: Heading | undefined): void {
  closeFor(open, heading)
  if (heading !== undefined) open.push(heading)
}

const LONGEST_HEADER = 120

/** A table is cut between rows; each further piece has the header row among its headings. */
function cutTable(
  text: string,
  paragraph: Span,
  table: Table,
  headings: readonly string[],
): Piece[] {
  const [head, ...rows] = table.rows
  const first: Span = { start: paragraph.start, end: head?.end ?? paragraph.end }
  const parts = rows.flatMap((row) => cutLong(text, row))
  const header =
    head === undefined ? '' : text.slice(head.start, head.end).trim().slice(0, LONGEST_HEADER)
  return pack([...cutLong(text, first), ...parts, ...restAfter(paragraph, table)]).map(
    (span, index) => ({
      span,
      headings: index === 0 ? headings : [...headings, header],
    }),
  )
}

function restAfter(paragraph: Span, table: Table): Span[] {
  return table.end < paragraph.end ? [{ start: table.end, end: paragraph.end }] : []
}

/** Lines with the line end that closes them; a table is one paragraph. */
function paragraphsOf(text: string, tables: readonly Table[]): Span[] {
  const lines = [...text.matchAll(/[^\n]*\n+|[^\n]+$/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
  const prose = lines.filter((line) => !tables.some((table) => contains(table, line)))
  return [...prose, ...tables].toSorted((a, b) => a.start - b.start)
}

/** Short lines (a dateline, a caption, a row) join the paragraph before them, unless either is a heading. */
function joinShort(text: string, paragraphs: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const paragraph of paragraphs) {
    const last = joined.at(-1)
    if (last !== undefined && belongTogether(text, last, paragraph)) {
      joined[joined.length - 1] = { start: last.start, end: paragraph.end }
    } else joined.push(paragraph)
  }
  return joined
}

function belongTogether(text: string, before: Span, paragraph: Span): boolean {
  const own = text.slice(paragraph.start, paragraph.end)
  const previous = text.slice(before.start, before.end)
  if (findTables(previous).length > 0) return false
  if (isTableRow(own))
    return previous.trim().length < SHORT_PARAGRAPH && !previous.trim().includes('\n')
  if (previous.length + own.length > LONGEST_PASSAGE) return false
  const heading = headingOf(own)
  if (heading !== undefined) return isUnder(heading, previous)
  return own.trim().length < SHORT_PARAGRAPH || previous.trim().length < SHORT_PARAGRAPH
}

/** Items (一), (二) stay with their article, and a heading that stands alone goes with what follows it. */
function isUnder(heading: Heading, previous: string): boolean {
  const above = previous
    .trim()
    .split('\n')
    .flatMap((line) => headingOf(line) ?? [])
  const last = above.at(-1)
  if (last === undefined) return false
  const isAlone =
    previous.trim().split('\n').length === above.length && !/[。；;]\s*$/.test(previous)
  const isItem =
    heading.level >= FIRST_ITEM_LEVEL &&
    last.level <= heading.level &&
    (above[0]?.level ?? 0) < FIRST_ITEM_LEVEL
  return isItem || (isAlone && last.level < heading.level)
}

function cutLong(text: string, paragraph: Span): Span[] {
  if (paragraph.end - paragraph.start <= LONGEST_PASSAGE) return [paragraph]
  const own = text.slice(paragraph.start, paragraph.end)
  const parts = splitSentences(own).flatMap((sentence) => cutSentence(own, sentence))
  return pack(parts).map(({ start, end }) => ({
    start: paragraph.start + start,
    end: paragraph.start + end,
  }))
}

function cutSentence(text: string, sentence: Span): Span[] {
  if (sentence.end - sentence.start <= LONGEST_PASSAGE) return [sentence]
  const own = text.slice(sentence.start, sentence.end)
  const clauses = pack(splitClauses(own)).flatMap((clause) => cutAnywhere(own, clause))
  return clauses.map(({ start, end }) => ({
    start: sentence.start + start,
    end: sentence.start + end,
  }))
}

/** A run without any punctuation, such as a table that lost its lines: cut anywhere but inside a number. */
function cutAnywhere(text: string, span: Span): Span[] {
  const pieces: Span[] = []
  let start = span.start
  while (start < span.end) {
    const end = beforeNumber(text, start, Math.min(start + LONGEST_PASSAGE, span.end), span.end)
    pieces.push({ start, end })
    start = end
  }
  return pieces
}

const NUMBER_AT_END = /[\d.,%万亿]+$/

function beforeNumber(text: string, start: number, end: number, stop: number): number {
  if (end === stop || !/[\d.,%万亿]/.test(text.charAt(end))) return end
  const number = NUMBER_AT_END.exec(text.slice(start, end))?.[0] ?? ''
  return number.length > 0 && number.length < end - start ? end - number.length : end
}

/** Fills passages with neighbouring parts, of about equal length, none longer than the limit allows. */
function pack(parts: readonly Span[]): Span[] {
  const total = (parts.at(-1)?.end ?? 0) - (parts[0]?.start ?? 0)
  const target = Math.ceil(total / Math.ceil(total / LONGEST_PASSAGE))
  const packed: Span[] = []
  for (const part of parts) {
    const last = packed.at(-1)
    if (last !== undefined && fits(last, part, target)) {
      packed[packed.length - 1] = { start: last.start, end: part.end }
    } else packed.push(part)
  }
  return packed
}

function fits(last: Span, part: Span, target: number): boolean {
  const joined = part.end - last.start
  return joined <= LONGEST_PASSAGE && (last.end - last.start < target || joined <= target)
}
