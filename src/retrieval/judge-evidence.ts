/**
 * Whether a sentence answers: it must be about what was asked and give the kind of value that was
 * asked. A score alone cannot tell (measured: balanced accuracy 0.60 to 0.68).
 */
import type { Span } from '../domain/span.ts'
import type { Ask, AskedKind } from './asked-kinds.ts'
import type { EvidenceUnit } from './evidence-units.ts'
import { COUNTED_GIVES } from './give-enumeration.ts'
import { giveValue } from './give-value.ts'
import { FOUND, matchTerm } from './match-term.ts'
import type { Term } from './question-terms.ts'
import type { UnitScore } from './score-unit.ts'
import { createPlacing } from './speaks-for.ts'
import type { QuestionPart, UnderstoodQuestion } from './understand-question.ts'
import { nearestFirst, nearness } from './value-nearness.ts'
import { hasForm } from './values-in-text.ts'

export interface Judgement {
  /** Answers the part, or at least one of the things it asks. */
  readonly answers: boolean
  /**
   * Gives the kind of value that is asked and has some of the words: worth quoting as what comes
   * closest when nothing answers, as long as that is said.
   */
  readonly close: boolean
  /** Speaks for the place, the stage and the item that are asked about. */
  readonly placed: boolean
  /** 0 to 1: how well it gives the kinds asked for. */
  readonly fit: number
  /** Share of the words found in the unit that stand in the clause of a value: 0 to 1. */
  readonly near: number
  /** The values that answer, in the unit's text, those beside the words asked about first. */
  readonly values: readonly Span[]
  /** Kinds asked for that it does not give. */
  readonly lacks: readonly Ask[]
}

/** Less than this of the words, and it is about something else. */
const ENOUGH = 0.36
/** Kinds whose form alone is nearly proof. */
const EXACT: ReadonlySet<AskedKind> = new Set([
  'money',
  'percent',
  'count',
  'age',
  'duration',
  'frequency',
  'clock',
  'date',
  'phone',
])

/** In the document that is about it, a sentence that gives the very kind needs fewer words of the question. */
const ENOUGH_IN_ITS_DOCUMENT = { document: 0.7, unit: 0.2 }

function isInItsDocument({ documentCoverage, coverage }: UnitScore): boolean {
  return (
    documentCoverage >= ENOUGH_IN_ITS_DOCUMENT.document && coverage >= ENOUGH_IN_ITS_DOCUMENT.unit
  )
}

/** A paragraph whose label names the kind needs none of the words itself. */
const WELL_LABELLED = 1.2
/** What stands around a sentence cannot make up for one that has none of the words. */
const ENOUGH_OWN = 0.22

/** People only named, without a condition, answer who qualifies only when nearly every word is there. */
const WEAK = 0.5
const ENOUGH_IF_WEAK = 0.5

/** Judges the sentences that one part of a question is asked of. */
export function createJudge(
  part: QuestionPart,
  question: UnderstoodQuestion,
): (unit: EvidenceUnit, score: UnitScore) => Judgement {
  const asks = part.asks.length > 0 ? part.asks : OPEN
  const isRightOne = createPlacing(part, question, asks)
  const specific = asks.some(({ kind }) => hasForm(kind))
  const whether = asks.every(({ kind }) => kind === 'yes-no')
  return (unit, score) => {
    const given = asks.map((ask) => ({ ask, ...giveValue(ask, part, unit, score) }))
    const found = given.filter(({ gives }) => gives > 0)
    const placed = isRightOne(unit, score)
    const lacks = given.filter(({ gives }) => gives === 0).map(({ ask }) => ask)
    if (found.length === 0)
      return {
        ...NOTHING,
        close: placed && whether && score.coverage >= CLOSE_IF_WHETHER,
        placed,
        lacks,
      }
    const gaveSpecific = !specific || found.some(({ ask }) => hasForm(ask.kind))
    const weak = found.every(({ gives, ask }) => ask.kind === 'eligibility' && gives < WEAK)
    const fit = found.reduce((sum, { gives }) => sum + gives, 0) / asks.length
    return {
      answers:
        placed &&
        gaveSpecific &&
        isAboutIt(part, unit, score, found, fit) &&
        (!turnsOnWords(asks) || hasFocus(part, unit)) &&
        (part.asks.length > 0 || saysItAll(part, score)) &&
        (!weak || score.coverage >= ENOUGH_IF_WEAK),
      close: placed && score.coverage >= CLOSE,
      placed,
      fit,
      values: found.flatMap(({ values }) => nearestFirst(values, unit, score)),
      near: Math.max(0, ...found.map(({ values }) => nearness(values, part, unit, score))),
      lacks,
    }
  }
}

function isAboutIt(
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
  found: readonly { readonly ask: Ask; readonly gives: number }[],
  fit: number,
): boolean {
  return (
    fit >= COUNTED_GIVES ||
    (score.coverage >= ENOUGH &&
      (score.ownCoverage >= ENOUGH_OWN || fit >= WELL_LABELLED) &&
      hasKeys(part, score)) ||
    (found.some(({ ask, gives }) => gives >= 0.75 && EXACT.has(ask.kind)) &&
      isInItsDocument(score) &&
      hasFocus(part, unit))
  )
}

const NOTHING = { answers: false, fit: 0, values: [], near: 0 } as const
/** 「是不是一样」 has no form to look for: with so many of its words a sentence is worth reading. */
const CLOSE_IF_WHETHER = 0.55

/** Of the words, this much makes a sentence that gives the kind worth quoting as the closest. */
const CLOSE = 0.3

/** Kinds that any sentence of rules seems to answer: they turn on the word that tells this case from others. */
const TURNING: ReadonlySet<AskedKind> = new Set(['eligibility', 'yes-no'])

function turnsOnWords(asks: readonly Ask[]): boolean {
  return asks.every(({ kind }) => TURNING.has(kind))
}

/** A statement that asks nothing is answered only by what has nearly all its words. */
const NEARLY_ALL = 0.5

function saysItAll(part: QuestionPart, score: UnitScore): boolean {
  return score.coverage >= NEARLY_ALL && missingShare(part, score, 'no') <= MISSING_ALLOWED_IF_LOOSE
}

/** Lighter words tell no case from another. */
const TELLING = 0.3

/** 「退休了还能参加吗」 turns on 退休: the weightiest word that is not the document's own subject. */
function hasFocus(part: QuestionPart, unit: EvidenceUnit): boolean {
  const title = unit.document.metadata.title.toLowerCase()
  const telling = part.terms
    .filter(
      ({ carried, weight, word }) => carried === 'no' && weight >= TELLING && !title.includes(word),
    )
    .toSorted((a, b) => Number(b.key) - Number(a.key) || b.weight - a.weight)
  const [focus] = telling
  if (focus === undefined) return true
  const equals = telling.filter(
    ({ key, weight }) => key === focus.key && weight >= AS_TELLING * focus.weight,
  )
  return equals.some(
    (term) =>
      Math.max(matchTerm(term, unit.folded).strength, matchTerm(term, unit.context).strength) >=
      FOUND,
  )
}

/** Words of about the weight of the weightiest tell as much. */
const AS_TELLING = 0.95

const OPEN: readonly Ask[] = [{ kind: 'open', phrase: '', start: 0 }]

/** Share of the key words' weight that may be missing. */
const MISSING_ALLOWED = 0.5
/** A later part of a question must keep to the first part's subject. */
const SUBJECT_KEPT = 0.5

/** Kinds whose form is in nearly every sentence: the words must tell. */
const LOOSE: ReadonlySet<AskedKind> = new Set(['who', 'place', 'contact'])
const MISSING_ALLOWED_IF_LOOSE = 0.25

function isLoose({ asks }: QuestionPart): boolean {
  return asks.length > 0 && asks.every(({ kind }) => LOOSE.has(kind))
}

function hasKeys(part: QuestionPart, score: UnitScore): boolean {
  return (
    missingShare(part, score, 'no') <=
      (isLoose(part) ? MISSING_ALLOWED_IF_LOOSE : MISSING_ALLOWED) &&
    missingShare(part, score, 'part') <= SUBJECT_KEPT
  )
}

function missingShare(part: QuestionPart, score: UnitScore, carried: Term['carried']): number {
  const weight = (terms: readonly Term[]) =>
    terms
      .filter((term) => term.key && term.carried === carried)
      .reduce((sum, term) => sum + term.weight, 0)
  const all = weight(part.terms)
  return all === 0 ? 0 : weight(score.missing) / all
}
