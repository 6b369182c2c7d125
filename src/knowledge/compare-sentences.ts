/** Whether two sentences say the same with other values: nearly the same words, another day or figure. */
import type { DocumentReading } from '../domain/document.ts'
import type { Span } from '../domain/span.ts'
import { CALENDAR_DATE, lastDay } from '../text/calendar-words.ts'
import { likenessOf, wordingOf } from '../text/likeness.ts'
import { findQuantities } from '../text/parse-number.ts'
import { splitSentences } from '../text/split-sentences.ts'

/** A sentence that gives a day or a figure. */
export interface Sentence {
  readonly span: Span
  /** The sentence without its closing mark, for naming the conflict; shortened when long. */
  readonly subject: string
  readonly wording: ReadonlySet<string>
  /** Days as ISO text, in order. */
  readonly days: readonly string[]
  readonly figures: readonly number[]
}

export interface SentenceConflict {
  readonly kind: 'number' | 'date'
  readonly there: Sentence
}

/** Sentences shorter than this many pairs (a date line, 「共3项。」) are alike by chance. */
const SHORTEST_WORDING = 8
/** Likeness (Dice) from which two sentences make the same statement. */
const LIKENESS = { similar: 0.75, identical: 0.92 } as const
const LONGEST_SUBJECT = 24

/** The sentences of a document that give a day or a figure, in reading order. */
export function sentencesWithValues(
  document: Pick<DocumentReading, 'text' | 'metadata'>,
): readonly Sentence[] {
  const { planYear, issuedOn } = document.metadata
  const year = planYear ?? issuedOn?.on.year
  return splitSentences(document.text).flatMap((span) => {
    const text = document.text.slice(span.start, span.end)
    if (!/[\d一二三四五六七八九十百千万]/.test(text)) return []
    const { days, rest } = takeDays(text, year)
    const figures = findQuantities(rest)
      .filter(({ inWords, value }) => !inWords || value >= 10)
      .map(({ value }) => value)
    if (days.length === 0 && figures.length === 0) return []
    const wording = wordingOf(text)
    if (wording.size < SHORTEST_WORDING) return []
    return [{ span, subject: shorten(text), wording, days, figures }]
  })
}

/** The sentence of `theirs` that makes the same statement as `here` with another value. */
export function sentenceConflict(
  here: Sentence,
  theirs: readonly Sentence[],
  likeness: keyof typeof LIKENESS,
): SentenceConflict | undefined {
  const alike = theirs.filter(
    (there) => likenessOf(here.wording, there.wording) >= LIKENESS[likeness],
  )
  if (alike.length === 0 || alike.some((there) => sameValues(here, there))) return undefined
  const there = alike.toSorted(
    (a, b) => likenessOf(here.wording, b.wording) - likenessOf(here.wording, a.wording),
  )[0]
  if (!there) return undefined
  return { kind: sameList(here.days, there.days) ? 'number' : 'date', there }
}

/** Values that only one side gives are no contradiction. */
function sameValues(a: Sentence, b: Sentence): boolean {
  return sameList(a.days, b.days) && sameList(a.figures, b.figures)
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length !== b.length || a.every((value, index) => value === b[index])
}

function takeDays(text: string, year: number | undefined) {
  const days: string[] = []
  const rest = text.replace(new RegExp(CALENDAR_DATE, 'g'), (words, ...parts) => {
    const day = lastDay(parts.at(-1), year)
    if (day === undefined) return words
    days.push(day.toString())
    return '#'.repeat(words.length)
  })
  return { days, rest }
}

function shorten(sentence: string): string {
  const plain = sentence.trim().replace(/[。;；!！?？]+$/, '')
  return plain.length <= LONGEST_SUBJECT ? plain : `${plain.slice(0, LONGEST_SUBJECT)}…`
}
