/**
 * Cuts a unit where a second figure or a second limit begins, so that every task has one of each:
 * 「3月底前报方案,6月底前完成选点」 are two, 「建会率、入会率均达到85%以上」 are two with one quote.
 */
import type { Fact } from '../domain/fact.ts'
import { inside, type Span } from '../domain/span.ts'
import { splitSentences } from '../text/split-sentences.ts'
import { trimSpan } from './find-task-units.ts'

export interface TaskPart {
  readonly span: Span
  readonly target?: Fact
}

export interface SplitOptions {
  readonly text: string
  readonly targets: readonly Fact[]
  /** Where the limits stand. */
  readonly limits: readonly Span[]
  /** Whether a sentence of the unit says something by itself. */
  readonly isSubstantial: (span: Span) => boolean
  /** Whether a limit is a day: 尽快 begins a task of its own, and a day after it makes no second one. */
  readonly isDated: (limit: Span) => boolean
  /** Whether a clause says who does it. */
  readonly namesOwner: (span: Span) => boolean
}

const itself = (span: Span) => span
const valueSpanOf = ({ valueSpan }: Fact) => valueSpan

/** The parts of a unit, in order, each with at most one figure. */
export function splitTaskUnit(unit: Span, options: SplitOptions): TaskPart[] {
  const { text, targets, limits } = options
  const own = inside(unit, targets, valueSpanOf).length + inside(unit, limits, itself).length
  if (own <= 1) {
    return [partOf(unit, targets)].flat()
  }
  const sentences = shift(splitSentences(text.slice(unit.start, unit.end)), unit.start)
  const runs = joinPlain(sentences, options)
  return runs
    .flatMap((run) => splitSentence(run, options))
    .flatMap((span) => partOf(trimSpan(text, span), targets))
}

/** One part for each figure of a span; figures that share their words (两率均达到85%) share the span. */
function partOf(span: Span, targets: readonly Fact[]): TaskPart[] {
  const own = inside(span, targets, valueSpanOf)
  return own.length === 0 ? [{ span }] : own.map((target) => ({ span, target }))
}

function shift(spans: readonly Span[], by: number): Span[] {
  return spans.map(({ start, end }) => ({ start: start + by, end: end + by }))
}

/** Sentences without figure and limit stay together; those with are read on their own. */
function joinPlain(sentences: readonly Span[], options: SplitOptions): Span[] {
  const runs: { span: Span; isPlain: boolean }[] = []
  for (const span of sentences) {
    const isPlain = !hasMark(span, options)
    const last = runs.at(-1)
    if (isPlain && last?.isPlain) last.span = { start: last.span.start, end: span.end }
    else runs.push({ span, isPlain })
  }
  return runs
    .filter(({ span, isPlain }) => !isPlain || options.isSubstantial(span))
    .map(({ span }) => span)
}

function hasMark(span: Span, { targets, limits }: SplitOptions): boolean {
  return inside(span, targets, valueSpanOf).length + inside(span, limits, itself).length > 0
}

/** Between clauses; a comma inside 1,049 parts nothing. */
const CLAUSE_END = /[,，](?!\d{3}(?!\d))/g
/** A clause of so few units beside its limit says only when: 「年底,」. */
const BARE_LIMIT = 3

/**
 * Clause by clause. A new part begins with the clause that brings a second figure or limit, and with a
 * figure after a clause that has a limit and a doing of its own: 6月底前制定方案,培育企业100家.
 */
function splitSentence(
  sentence: Span,
  { text, targets, limits, isDated, namesOwner }: SplitOptions,
): Span[] {
  const parts: Span[] = []
  let start = sentence.start
  let figures = 0
  let dates = 0
  for (const clause of clausesOf(text, sentence)) {
    const own = inside(clause, limits, itself)
    const newFigures = figuresIn(clause, targets)
    // 今年新建8个,女工部要在3月底前拿出选址建议: the day is that of the other's doing.
    const isOthers = figures > 0 && namesOwner(clause)
    const isSecond =
      (newFigures > 0 && (figures > 0 || dates > 0)) || (own.length > 0 && (dates > 0 || isOthers))
    if (isSecond && clause.start > start) {
      parts.push({ start, end: clause.start })
      start = clause.start
      figures = 0
      dates = 0
    }
    figures += newFigures
    if (own.some(isDated) && !isBareLimit(clause, own)) dates += own.length
  }
  return [...parts, { start, end: sentence.end }]
}

function figuresIn(clause: Span, targets: readonly Fact[]): number {
  const own = inside(clause, targets, valueSpanOf)
  return new Set(own.map(({ valueSpan }) => valueSpan.start)).size
}

function isBareLimit(clause: Span, limits: readonly Span[]): boolean {
  const written = limits.reduce((sum, { start, end }) => sum + end - start, 0)
  return clause.end - clause.start - written <= BARE_LIMIT
}

function clausesOf(text: string, { start, end }: Span): Span[] {
  const cuts = [...text.slice(start, end).matchAll(CLAUSE_END)].map(
    (match) => start + match.index + 1,
  )
  return [start, ...cuts].map((from, index) => ({ start: from, end: cuts[index] ?? end }))
}
