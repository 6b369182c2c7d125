/** How close a value stands to the words that are asked about: a sentence often gives several figures. */
import type { Span } from '../domain/span.ts'
import type { EvidenceUnit } from './evidence-units.ts'
import type { Term } from './question-terms.ts'
import type { UnitScore } from './score-unit.ts'
import type { QuestionPart } from './understand-question.ts'

/** The clause around a value, within 、-separated items too. */
export function clauseAround(text: string, { start, end }: Span): Span {
  const before = Math.max(...[',', '。', ';', ':'].map((mark) => text.lastIndexOf(mark, start - 1)))
  const after = [',', '。', ';'].map((mark) => text.indexOf(mark, end)).filter((at) => at >= 0)
  return { start: before + 1, end: Math.min(text.length, ...after) }
}

/** Weight of the part's words in the clause of a value. */
export function closeness(
  value: Span,
  unit: EvidenceUnit,
  score: UnitScore,
  counts: (term: Term) => boolean = () => true,
): number {
  const clause = clauseAround(unit.folded, value)
  const inClause = score.places.filter(
    ({ at, term }) =>
      term.carried === 'no' && counts(term) && clause.start <= at && at < clause.end,
  )
  return [...new Map(inClause.map((place) => [place.term, place.weight])).values()].reduce(
    (sum, weight) => sum + weight,
    0,
  )
}

/** Values beside the words asked about first, then in order of appearance. */
export function nearestFirst(
  values: readonly Span[],
  unit: EvidenceUnit,
  score: UnitScore,
): Span[] {
  return values.toSorted(
    (a, b) => closeness(b, unit, score) - closeness(a, unit, score) || a.start - b.start,
  )
}

/** Share of the part's own words that stand in the clause of its best value. */
export function nearness(
  values: readonly Span[],
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
): number {
  const all = part.terms
    .filter(({ carried }) => carried === 'no')
    .reduce((sum, { weight }) => sum + weight, 0)
  if (all === 0) return 0
  return Math.min(1, Math.max(0, ...values.map((value) => closeness(value, unit, score))) / all)
}
