/**
 * Figures of a text as objects: 新建市级标准化职工书屋30个 is {subject: 市级标准化职工书屋, value: 30, unit: 个}.
 *
 * A figure needs a unit of count, money, share, size or duration. Dates, ordinals, document numbers,
 * telephone numbers and numbers inside names (新双15工程, 十大工程) are none. A figure beside a 「?」 has
 * probably lost a digit: it is kept, marked damaged, and never answered.
 */
import type { Bound, Fact } from '../domain/fact.ts'
import { overlaps, type Span } from '../domain/span.ts'
import { findQuantities, type Quantity, readBound } from '../text/parse-number.ts'
import { splitSentences } from '../text/split-sentences.ts'
import { findTables } from '../text/table-rows.ts'
import { extractTableFacts } from './extract-table-facts.ts'
import { subjectsOf } from './read-subject.ts'
import { type Unit, unitAfter } from './read-unit.ts'

const DAMAGE_AFTER = /^[?�]/
const DAMAGE_BEFORE = /[?�]$/

/** Facts in order of appearance; `year` is the year that the document speaks for. */
export function extractFacts(text: string, year?: number): Fact[] {
  const tables = findTables(text)
  const inTables = tables.flatMap((table) => extractTableFacts(text, table, year))
  const inProse = splitSentences(text)
    .filter((sentence) => !tables.some((table) => overlaps(table, sentence)))
    .flatMap((sentence) => factsOfSentence(text, sentence, year))
  return [...inProse, ...inTables].toSorted((a, b) => a.span.start - b.span.start)
}

function factsOfSentence(text: string, sentence: Span, year: number | undefined): Fact[] {
  const own = text.slice(sentence.start, sentence.end)
  const quantities = findQuantities(own)
  let previousEnd = 0
  return quantities.flatMap((quantity) => {
    const facts = factsOf({ text, sentence, own, quantity, previousEnd, year })
    previousEnd = unitAfter(own, quantity)?.end ?? previousEnd
    return facts
  })
}

interface Reading {
  readonly text: string
  readonly sentence: Span
  /** The text of the sentence. */
  readonly own: string
  readonly quantity: Quantity
  /** Where the figure before this one ends, with its unit: its words are not this one's subject. */
  readonly previousEnd: number
  readonly year: number | undefined
}

function factsOf({ text, sentence, own, quantity, previousEnd, year }: Reading): Fact[] {
  const unit = unitAfter(own, quantity)
  if (unit === undefined || isInRange(own, quantity, unit)) return []
  const clause = clauseAround(own, quantity.start, unit.end)
  const before = own.slice(Math.max(clause.start, previousEnd), quantity.start)
  const ownYear = yearIn(own.slice(clause.start, quantity.start)) ?? year
  const shift = ({ start, end }: Span) => ({
    start: sentence.start + start,
    end: sentence.start + end,
  })
  const shared = {
    value: quantity.value,
    bound: boundOf(own, quantity, unit),
    unit: unit.name,
    ...(ownYear === undefined ? {} : { year: ownYear }),
    span: trimmed(text, shift(clause)),
    valueSpan: shift({ start: quantity.start, end: unit.end }),
    damaged: isDamaged(own, quantity),
  }
  const subjects = subjectsOf(before, own.slice(unit.end, clause.end), unit.name, own)
  return subjects.map((subject) => ({ subject, ...shared }))
}

const RANGE_SIGN = '(?:至|到|—|－|–|-|～|~)'
const RANGE_BEFORE = new RegExp(`\\d\\s?[万亿]?[\\u4e00-\\u9fff%]{0,4}${RANGE_SIGN}\\s?$`)
const RANGE_AFTER = new RegExp(`^\\s?${RANGE_SIGN}\\s?\\d`)

/** 「1万元至3万元」 is two ends of one thing: neither is its figure. */
function isInRange(own: string, { start, end }: Quantity, unit: Unit): boolean {
  return (
    RANGE_BEFORE.test(own.slice(Math.max(0, start - NEAR), start)) ||
    RANGE_AFTER.test(own.slice(unit.end, unit.end + NEAR)) ||
    RANGE_AFTER.test(own.slice(end, end + NEAR))
  )
}

function boundOf(own: string, quantity: Quantity, unit: Unit): Bound {
  if (quantity.isVague) return 'about'
  return readBound(
    own.slice(Math.max(0, quantity.start - NEAR), quantity.start),
    own.slice(quantity.end, quantity.end + NEAR),
    own.slice(unit.end, unit.end + NEAR),
  )
}

function isDamaged(own: string, quantity: Quantity): boolean {
  return (
    DAMAGE_BEFORE.test(own.slice(Math.max(0, quantity.start - 1), quantity.start)) ||
    DAMAGE_AFTER.test(own.slice(quantity.end, quantity.end + 1))
  )
}

/** As far as the words that bind or mark a figure stand from it. */
const NEAR = 12
/** A clause is looked for this far to either side; a sentence of thousands of figures must not cost the square. */
const LONGEST_CLAUSE = 240

/** The clause that a citation shows: between commas and colons, but not the comma inside 1,049. */
function clauseAround(own: string, start: number, end: number): Span {
  const from = Math.max(0, start - LONGEST_CLAUSE)
  const before = own.slice(from, start)
  const opens = [...before.matchAll(/[，：；。:]|,(?!\d{3})/g)].at(-1)
  const after = own.slice(end, end + LONGEST_CLAUSE)
  const stop = after.search(/[，；。：:;!！?？\n]|,(?!\d{3})/)
  return {
    start: from + (opens === undefined ? 0 : opens.index + 1),
    end: end + (stop < 0 ? after.length : stop),
  }
}

function trimmed(text: string, span: Span): Span {
  const own = text.slice(span.start, span.end)
  return {
    start: span.start + (own.length - own.trimStart().length),
    end: span.end - (own.length - own.trimEnd().length),
  }
}

function yearIn(words: string): number | undefined {
  const year = /(20\d{2})年/.exec(words)?.[1]
  return year === undefined ? undefined : Number(year)
}
