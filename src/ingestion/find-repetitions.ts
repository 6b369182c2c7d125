/**
 * A passage that stands a second time in a text by accident, pasted into another one. The first stays.
 *
 * A sentence counts as repeated when most of its 12-character grams stand earlier and all its figures
 * do; inside another sentence, a long run of known grams does. In laws and measures equal sentences
 * belong to different articles, so there nothing is cut.
 */
import type { Span } from '../domain/span.ts'
import type { Edit } from '../text/mapped-text.ts'
import { createGramMemory, type GramMemory } from './gram-memory.ts'

const GRAM = 12
/** Shorter sentences repeat by nature (会议强调 …). UTF-16 units without white space. */
const LEAST_SENTENCE = 30
const REPEATED = 0.85
/** Beside a sentence that is repeated word for word, one with so few new characters went with it. */
const COVERED_BESIDE = 0.65
/** … if it is long enough that the old words cannot be chance. */
const LEAST_BESIDE = 50
/** A sentence that begins like an earlier one for this long and brings no new figure is a second version of it. */
const LONG_PREFIX = 40
/** A run of known words this long inside a new sentence was pasted there. */
const LONG_RUN = 60

/** New words before the pasted ones stay; new words after them belong to a second version of the sentence. */
const LEAST_NEW_OPENING = 6
/** Accidents of copying happen to articles, not to books; the grams of a book would take 100 MB. */
const LONGEST_CHECKED = 200_000

/** Items of lists may say the same under different heads (条件相同的几类对象). */
const ITEM = /^(?:\d{1,2}[.．、]|[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+[、是])/
const ARTICLES = /(?:^|\n)\s*第[一二三四五六七八九十百零]+条/

interface Seen {
  readonly grams: GramMemory
  readonly figures: Set<string>
}

export function findRepeatedPassages(text: string): Edit[] {
  if (text.length > LONGEST_CHECKED || ARTICLES.test(text)) return []
  const seen: Seen = { grams: createGramMemory(GRAM), figures: new Set() }
  const repeated: Span[] = []
  let besideRepeated = false
  for (const sentence of sentencesOf(text)) {
    const range = repeatedIn(text, sentence, seen, besideRepeated)
    if (range !== undefined) repeated.push(range)
    besideRepeated =
      range !== undefined && range.start === sentence.start && range.end === sentence.end
    if (!besideRepeated) remember(withoutSpaces(text, sentence), seen)
  }
  return joinTouching(repeated).map((span) => ({ ...span, reason: 'repeated-passage' as const }))
}

/** The sentence, or the part of it, that has been said before. */
function repeatedIn(
  text: string,
  sentence: Span,
  seen: Seen,
  besideRepeated: boolean,
): Span | undefined {
  const plain = withoutSpaces(text, sentence)
  if (plain.length < LEAST_SENTENCE || ITEM.test(plain)) return undefined
  const known = seen.grams.known(plain)
  const bringsNoFigure = figuresOf(plain).every((figure) => seen.figures.has(figure))
  const run = pastedRun(text, sentence, plain, known)
  const opensNew = run !== undefined && run.start - sentence.start >= LEAST_NEW_OPENING
  if (bringsNoFigure && !opensNew && saysAgain(plain, known, besideRepeated)) return sentence
  return run
}

function saysAgain(plain: string, known: readonly boolean[], besideRepeated: boolean): boolean {
  const share = known.filter(Boolean).length / known.length
  if (share >= REPEATED) return true
  const isBeside = besideRepeated && plain.length >= LEAST_BESIDE
  if (isBeside && coverage(known) >= COVERED_BESIDE) return true
  const firstNew = known.indexOf(false)
  return firstNew + GRAM > LONG_PREFIX && share >= 0.6
}

/** Share of the characters that lie in some known gram. */
function coverage(known: readonly boolean[]): number {
  let covered = 0
  let end = 0
  known.forEach((isKnown, start) => {
    if (!isKnown) return
    covered += start + GRAM - Math.max(start, end)
    end = start + GRAM
  })
  return covered / (known.length + GRAM - 1)
}

/** The longest run of known grams, cut back to whole clauses. */
function pastedRun(
  text: string,
  sentence: Span,
  plain: string,
  known: readonly boolean[],
): Span | undefined {
  const run = longestRun(known)
  if (run.end - run.start < LONG_RUN) return undefined
  const head = run.start === 0 ? 0 : plain.slice(run.start).search(/[，；;：:,]/) + 1
  const tail = /[，；;。！？,](?=[^，；;。！？,]*$)/.exec(plain.slice(run.start, run.end))
  if ((run.start > 0 && head === 0) || tail === null) return undefined
  const start = run.start + (isClauseStart(plain, run.start) ? 0 : head)
  const end = run.start + tail.index + 1
  if (end - start < LONG_RUN) return undefined
  const positions = positionsOf(text, sentence)
  return {
    start: positions[start] ?? sentence.start,
    end: (positions[end - 1] ?? sentence.end) + 1,
  }
}

function isClauseStart(plain: string, index: number): boolean {
  return index === 0 || /[，；;。：:,]/.test(plain.charAt(index - 1))
}

function longestRun(known: readonly boolean[]): Span {
  let best = { start: 0, end: 0 }
  let start = 0
  known.forEach((isKnown, index) => {
    if (!isKnown) start = index + 1
    else if (index + GRAM - start > best.end - best.start) best = { start, end: index + GRAM }
  })
  return best
}

function remember(plain: string, seen: Seen): void {
  seen.grams.remember(plain)
  for (const figure of figuresOf(plain)) seen.figures.add(figure)
}

function figuresOf(plain: string): string[] {
  return plain.match(/\d+(?:\.\d+)?/g) ?? []
}

function withoutSpaces(text: string, span: Span): string {
  return text.slice(span.start, span.end).replace(/\s+/g, '')
}

/** Where each character of the sentence without white space stands in the text. */
function positionsOf(text: string, { start, end }: Span): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index).filter(
    (index) => !/\s/.test(text.charAt(index)),
  )
}

function sentencesOf(text: string): Span[] {
  return [...text.matchAll(/[^。！？!?\n]+(?:[。！？!?]+[”’」』）)]*|\n+|$)/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].replace(/\n+$/, '').length,
  }))
}

function joinTouching(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    if (last !== undefined && last.end === span.start)
      joined[joined.length - 1] = { start: last.start, end: span.end }
    else joined.push(span)
  }
  return joined
}
