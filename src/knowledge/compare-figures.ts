/** Whether two figures contradict one another: the same subject and year, another value or unit. */
import type { DocumentReading } from '../domain/document.ts'
import type { Fact } from '../domain/fact.ts'
import { foldWithoutSpaces } from '../text/fold-for-matching.ts'
import { likenessOf, wordingOf } from '../text/likeness.ts'

/** A figure with the wording around it. */
export interface FigureStatement {
  readonly fact: Fact
  /** Folded subject. */
  readonly subject: string
  readonly wording: ReadonlySet<string>
}

export interface FigureConflict {
  readonly kind: 'number' | 'unit'
  readonly there: FigureStatement
}

/** A subject of fewer characters (职工, 企业) stands in many statements that have nothing in common. */
const TELLING_SUBJECT = 4
/** Likeness of the clauses around a telling subject, and around one that tells little. Dice, 0 to 1. */
const LIKE_ENOUGH = 0.3
const MUCH_ALIKE = 0.6
/** 约30个 and 32个 agree. */
const TOLERANCE_OF_ABOUT = 0.1

/** Measure words that count the same things. */
const INTERCHANGEABLE_UNITS = ['个家处座所间站', '名人位', '场次期', '天日', '件项']

/** Figures that can be compared: not the damaged ones, which are never taken as said. */
export function figureStatements({
  text,
  facts,
}: Pick<DocumentReading, 'text' | 'facts'>): readonly FigureStatement[] {
  return facts
    .filter(({ damaged }) => !damaged)
    .map((fact) => ({
      fact,
      subject: foldWithoutSpaces(fact.subject),
      wording: wordingOf(text.slice(fact.span.start, fact.span.end)),
    }))
}

/** The statement of `theirs` that contradicts `here`; undefined also when another of theirs agrees with it. */
export function figureConflict(
  here: FigureStatement,
  theirs: readonly FigureStatement[],
): FigureConflict | undefined {
  const related = theirs
    .filter((there) => sameYear(here.fact, there.fact) && sameSubject(here, there))
    .toSorted((a, b) => likenessOf(b.wording, here.wording) - likenessOf(a.wording, here.wording))
  const counted = related.filter((there) => sameUnit(here.fact.unit, there.fact.unit))
  if (counted.some((there) => agree(here.fact, there.fact))) return undefined
  if (counted[0]) return { kind: 'number', there: counted[0] }
  const otherUnit = related.find(
    (there) =>
      there.fact.value === here.fact.value && likenessOf(there.wording, here.wording) >= MUCH_ALIKE,
  )
  return otherUnit && { kind: 'unit', there: otherUnit }
}

function sameSubject(a: FigureStatement, b: FigureStatement): boolean {
  const likeness = likenessOf(a.wording, b.wording)
  if (a.subject === b.subject) {
    return likeness >= (a.subject.length >= TELLING_SUBJECT ? LIKE_ENOUGH : MUCH_ALIKE)
  }
  const [shorter, longer] =
    a.subject.length < b.subject.length ? [a.subject, b.subject] : [b.subject, a.subject]
  const isPart = shorter.length >= TELLING_SUBJECT && longer.includes(shorter)
  return isPart && shorter.length * 2 >= longer.length && likeness >= LIKE_ENOUGH
}

const sameYear = (a: Fact, b: Fact) =>
  a.year === undefined || b.year === undefined || a.year === b.year

function sameUnit(a: string, b: string): boolean {
  return a === b || INTERCHANGEABLE_UNITS.some((units) => units.includes(a) && units.includes(b))
}

/** Whether one value can satisfy both. */
function agree(a: Fact, b: Fact): boolean {
  if (a.value === b.value) return true
  if (a.bound === 'about' || b.bound === 'about') {
    return Math.abs(a.value - b.value) <= TOLERANCE_OF_ABOUT * Math.max(a.value, b.value)
  }
  const [lower, upper] = a.value < b.value ? [a, b] : [b, a]
  if (lower.bound === 'at-most' || upper.bound === 'at-least') return false
  return lower.bound === 'at-least' || upper.bound === 'at-most'
}
