/**
 * A passage that stands a second time in a text by accident, pasted into another one. The first stays.
 *
 * A sentence counts as repeated when most of its 12-character grams stand earlier and all its figures
 * do. In laws and measures equal sentences belong to different articles, so there nothing is cut.
 */
import type { Span } from '../domain/span.ts'
import type { Edit } from '../text/mapped-text.ts'

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

/** Items of lists may say the same under different heads (条件相同的几类对象). */
const ITEM = /^(?:\d{1,2}[.．、]|[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+[、是])/

const ARTICLES = /(?:^|\n)\s*第[一二三四五六七八九十百零]+条/

export function findRepeatedPassages(text: string): Edit[] {
  if (ARTICLES.test(text)) return []
  const seen = new Set<string>()
  const figures = new Set<string>()
  const repeated: Span[] = []
  let besideRepeated = false
  for (const sentence of sentencesOf(text)) {
    const plain = text.slice(sentence.start, sentence.end).replace(/\s+/g, '')
    const isRepeated: boolean =
      plain.length >= LEAST_SENTENCE &&
      !ITEM.test(plain) &&
      figuresOf(plain).every((figure) => figures.has(figure)) &&
      saysAgain(plain, seen, besideRepeated)
    if (isRepeated) repeated.push(sentence)
    else remember(plain, seen, figures)
    besideRepeated = isRepeated
  }
  return joinTouching(repeated).map((span) => ({ ...span, reason: 'repeated-passage' as const }))
}

function saysAgain(plain: string, seen: ReadonlySet<string>, besideRepeated: boolean): boolean {
  const known = gramsOf(plain).map((gram) => seen.has(gram))
  const share = known.filter(Boolean).length / known.length
  if (share >= REPEATED) return true
  const isBeside = besideRepeated && plain.length >= LEAST_BESIDE
  if (isBeside && coverage(known) >= COVERED_BESIDE) return true
  const firstNew = known.indexOf(false)
  return firstNew + GRAM > LONG_PREFIX && share >= 0.6
}

/** Share of the characters that lie in some known gram. */
function coverage(known: readonly boolean[]): number {
  const length = known.length + GRAM - 1
  let covered = 0
  let end = 0
  known.forEach((isKnown, start) => {
    if (!isKnown) return
    covered += start + GRAM - Math.max(start, end)
    end = start + GRAM
  })
  return covered / length
}

function remember(plain: string, seen: Set<string>, figures: Set<string>): void {
  for (const gram of gramsOf(plain)) seen.add(gram)
  for (const figure of figuresOf(plain)) figures.add(figure)
}

function gramsOf(plain: string): string[] {
  return Array.from({ length: Math.max(0, plain.length - GRAM + 1) }, (_, index) =>
    plain.slice(index, index + GRAM),
  )
}

function figuresOf(plain: string): string[] {
  return plain.match(/\d+(?:\.\d+)?/g) ?? []
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
