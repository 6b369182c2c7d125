/**
 * Whether a sentence answers: it must be about what was asked and give the kind of value that was
 * asked. A score alone cannot tell (measured: balanced accuracy 0.60 to 0.68).
 */
import type { Span } from '../domain/span.ts'
import type { Ask, AskedKind } from './asked-kinds.ts'
import type { EvidenceUnit } from './evidence-units.ts'
import type { UnitScore } from './score-unit.ts'
import type { QuestionPart, UnderstoodQuestion } from './understand-question.ts'
import { hasForm, valuesOf } from './values-in-text.ts'

export interface Judgement {
  /** Answers the part, or at least one of the things it asks. */
  readonly answers: boolean
  /** 0 to 1: how well it gives the kinds asked for. */
  readonly fit: number
  /** The values that answer, in the unit's text. */
  readonly values: readonly Span[]
  /** Kinds asked for that it does not give. */
  readonly lacks: readonly Ask[]
}

/** Less than this of the words, and it is about something else. */
const ENOUGH = 0.45
/** Kinds that any sentence on the matter answers. */
const TELLING: ReadonlySet<AskedKind> = new Set([
  'open',
  'list',
  'yes-no',
  'alternative',
  'premise',
  'meeting',
  'source',
  'document-date',
  'document-person',
])

export function judgeUnit(
  part: QuestionPart,
  question: UnderstoodQuestion,
  unit: EvidenceUnit,
  score: UnitScore,
): Judgement {
  const asks = part.asks.length > 0 ? part.asks : OPEN
  const given = asks.map((ask) => ({ ask, values: valuesFor(ask, unit) }))
  const found = given.filter(({ ask, values }) => values.length > 0 || tells(ask))
  const fit =
    found.reduce(
      (sum, { ask, values }) => sum + (values.length > 0 || !hasForm(ask.kind) ? 1 : 0.3),
      0,
    ) / asks.length
  const aboutIt = score.coverage >= ENOUGH && lacksNoKey(part, score)
  return {
    answers: aboutIt && found.length > 0 && namesThePlace(question, unit, asks),
    fit,
    values: found.flatMap(({ values }) => values),
    lacks: given.filter((one) => !found.includes(one)).map(({ ask }) => ask),
  }
}

const OPEN: readonly Ask[] = [{ kind: 'open', phrase: '', start: 0 }]

function tells(ask: Ask): boolean {
  return TELLING.has(ask.kind)
}

function valuesFor(ask: Ask, unit: EvidenceUnit): Span[] {
  const values = valuesOf(ask, unit.folded)
  if (values.length > 0 && ask.per !== undefined && !saysPer(ask.per, unit.folded)) return []
  return values
}

const PER_HEAD = /每(?:个|一)?(?:人|名|位|职工|学生|孩子)|人均|\/人|一(?:个)?(?:人|名|位|孩子|职工)/
const PER_HOME = /每(?:个|一)?(?:户|家)|户均|\/户|一户|一家/
const PER_TIME =
  /每(?:个|一)?(?:月|年|天|日|次|期|学期|周)|\/(?:月|年|天|日|次)|一(?:个)?(?:月|年|天|日|次|期|学期)|年度|按月|按年|年均|平均/

/** Asked per head, household or day, only a figure per head, household or day answers. */
function saysPer(per: string, text: string): boolean {
  if (PER_HEAD.test(per)) return PER_HEAD.test(text)
  if (PER_HOME.test(per)) return PER_HOME.test(text)
  return PER_TIME.test(per) ? PER_TIME.test(text) : true
}

/** Share of the key words' weight that may be missing. */
const MISSING_ALLOWED = 0.34

function lacksNoKey(part: QuestionPart, score: UnitScore): boolean {
  const keys = part.terms.filter(({ key, carried }) => key && !carried)
  if (keys.length === 0) return true
  const weight = (terms: readonly { weight: number }[]) =>
    terms.reduce((sum, term) => sum + term.weight, 0)
  const missing = score.missing.filter(({ carried }) => !carried)
  return weight(missing) <= MISSING_ALLOWED * weight(keys)
}

/** A figure, a date or an address of an upper level is not that of the place asked about, unless it is named. */
function namesThePlace(
  question: UnderstoodQuestion,
  unit: EvidenceUnit,
  asks: readonly Ask[],
): boolean {
  const code = unit.document.metadata.jurisdictionCode
  if (question.places.length === 0 || code === undefined) return true
  if (!asks.some(({ kind }) => hasForm(kind))) return true
  return question.places.some(
    (place) => covers(place.code, code) || unit.text.includes(shortName(place.name)),
  )
}

function covers(place: string, document: string): boolean {
  return document.startsWith(place.replace(/(?:0000|00)$/, ''))
}

/** 甘肃省平凉市 → 平凉. */
export function shortName(name: string): string {
  const own = name.split(/(?<=[省市区县州盟旗])(?=.{2})/).at(-1) ?? name
  return own.length > 2 ? own.replace(/(?:特别行政区|自治[区州县旗]|[省市区县州盟旗])$/, '') : own
}
