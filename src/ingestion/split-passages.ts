/**
 * Cuts the cleaned text into passages to cite: a paragraph, or several short ones, or part of a long
 * one, cut at sentence ends, else at commas, never inside a number. Passages tile the text.
 *
 * Each knows the headings above it: 一、 › (一) › 1. › (1), 第一章 › 第一条, and the title is not one of them.
 */
import type { Passage } from '../domain/passage.ts'
import type { Span } from '../domain/span.ts'
import { splitClauses, splitSentences } from '../text/split-sentences.ts'
import type { Tokenizer } from '../text/tokenize.ts'
import { headingOf } from './read-headings.ts'

/** Passages of 400 characters ranked best (measured on union news against 200, 800 and whole documents). */
const LONGEST_PASSAGE = 400
/** A paragraph shorter than this joins the next one under the same heading. */
const SHORT_PARAGRAPH = 60

export function splitPassages(text: string, tokenizer: Tokenizer): Passage[] {
  const headings: { readonly level: number; readonly title: string }[] = []
  const pieces: { readonly span: Span; readonly headings: readonly string[] }[] = []
  for (const paragraph of joinShort(text, paragraphsOf(text))) {
    const heading = headingOf(text.slice(paragraph.start, paragraph.end))
    if (heading !== undefined) {
      while ((headings.at(-1)?.level ?? -1) >= heading.level) headings.pop()
    }
    const above = headings.map(({ title }) => title)
    if (heading !== undefined) headings.push(heading)
    for (const span of cutLong(text, paragraph)) pieces.push({ span, headings: above })
  }
  return pieces.map(({ span, headings: above }, ordinal) => {
    const own = text.slice(span.start, span.end)
    return {
      ...span,
      ordinal,
      headings: above,
      text: own,
      tokens: tokenizer.tokens([...above, own].join('\n')),
    }
  })
}

/** Lines with the line end that closes them. */
function paragraphsOf(text: string): Span[] {
  return [...text.matchAll(/[^\n]*\n+|[^\n]+$/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
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
  if (headingOf(own) !== undefined) return false
  if (previous.length + own.length > LONGEST_PASSAGE) return false
  return own.trim().length < SHORT_PARAGRAPH || previous.trim().length < SHORT_PARAGRAPH
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
  const clauses = pack(splitClauses(own)).flatMap(cutAnywhere)
  return clauses.map(({ start, end }) => ({
    start: sentence.start + start,
    end: sentence.start + end,
  }))
}

/** A run without any punctuation, such as a table that lost its lines. */
function cutAnywhere(span: Span): Span[] {
  const pieces: Span[] = []
  for (let start = span.start; start < span.end; start += LONGEST_PASSAGE) {
    pieces.push({ start, end: Math.min(start + LONGEST_PASSAGE, span.end) })
  }
  return pieces
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
