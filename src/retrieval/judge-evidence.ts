/**
 * Whether a sentence answers: it must be about what was asked and give the kind of value that was
 * asked. A score alone cannot tell (measured: balanced accuracy 0.60 to 0.68).
 */
import type { Span } from '../domain/span.ts'
import { findQuantities } from '../text/parse-number.ts'
import type { Ask, AskedKind } from './asked-kinds.ts'
import type { EvidenceUnit } from './evidence-units.ts'
import { COUNTED_GIVES, giveEnumeration, givesCounted } from './give-enumeration.ts'
import type { Term } from './question-terms.ts'
import { matchTerm, type UnitScore } from './score-unit.ts'
import type { QuestionPart, UnderstoodQuestion } from './understand-question.ts'
import { hasForm, valuesOf } from './values-in-text.ts'

export interface Judgement {
  /** Answers the part, or at least one of the things it asks. */
  readonly answers: boolean
  /** Speaks for the place asked about. */
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
const ENOUGH = 0.4
/** Kinds whose form alone is nearly proof. */
export const EXACT: ReadonlySet<AskedKind> = new Set([
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

export function judgeUnit(
  part: QuestionPart,
  question: UnderstoodQuestion,
  unit: EvidenceUnit,
  score: UnitScore,
): Judgement {
  const asks = part.asks.length > 0 ? part.asks : OPEN
  const given = asks.map((ask) => ({ ask, ...giveValue(ask, part, unit, score) }))
  const found = given.filter(({ gives }) => gives > 0)
  const fit = found.reduce((sum, { gives }) => sum + gives, 0) / asks.length
  const aboutIt =
    (score.coverage >= ENOUGH &&
      (score.ownCoverage >= ENOUGH_OWN || fit >= WELL_LABELLED) &&
      hasKeys(part, score)) ||
    (found.some(({ ask, gives }) => gives >= 0.75 && EXACT.has(ask.kind)) && isInItsDocument(score))
  const placed = namesThePlace(question, unit, asks)
  return {
    answers: aboutIt && found.length > 0 && placed,
    placed,
    fit,
    values: found.flatMap(({ values }) => nearestFirst(values, unit, score)),
    near: Math.max(0, ...found.map(({ values }) => nearness(values, part, unit, score))),
    lacks: given.filter(({ gives }) => gives === 0).map(({ ask }) => ask),
  }
}

const OPEN: readonly Ask[] = [{ kind: 'open', phrase: '', start: 0 }]

interface Given {
  /** 0 when the unit does not give the kind, up to 1. */
  readonly gives: number
  readonly values: readonly Span[]
}

/** What a heading or a paragraph's label promises. */
const LABELS: Partial<Record<AskedKind, RegExp>> = {
  eligibility: /对象|条件|范围|参加|资格/,
  materials: /材料|资料|证件/,
  steps: /程序|流程|办理|办法|申请|报名|步骤|方式/,
  date: /时间|期限|日程|赛程|安排/,
  money: /标准|金额|奖励|补助|资金|经费|费用/,
  place: /地点|地址/,
  phone: /联系|咨询|电话/,
  contact: /联系|咨询|电话/,
  list: /内容|项目|工种|任务|工作|事项/,
}
const LABELLED = 0.3

function giveValue(ask: Ask, part: QuestionPart, unit: EvidenceUnit, score: UnitScore): Given {
  const given = giveUnlabelled(ask, part, unit, score)
  const labelled = LABELS[ask.kind]?.test(unit.label) === true
  if (!labelled) return given
  if (given.gives > 0) return { ...given, gives: given.gives + LABELLED }
  return LOOSE.has(ask.kind) ? { gives: 0.9, values: [] } : given
}

/** Kinds that a paragraph so labelled gives whatever its words. */
const LOOSE: ReadonlySet<AskedKind> = new Set(['eligibility', 'materials', 'steps'])

function giveUnlabelled(ask: Ask, part: QuestionPart, unit: EvidenceUnit, score: UnitScore): Given {
  if (ask.kind === 'list') {
    const gives = giveEnumeration(part.text, unit)
    return { gives, values: [] }
  }
  if (ask.kind === 'alternative') return { gives: namesAnOption(part, unit) ? 1 : 0, values: [] }
  if (!hasForm(ask.kind)) return { gives: substance(ask.kind, part, unit, score), values: [] }
  const values = besideSubject(ask, valuesOf(ask, unit.folded), part, unit, score)
  const fits =
    values.length > 0 &&
    (ask.per === undefined || saysPer(ask.per, unit.folded)) &&
    (ask.kind !== 'progress' || namesFigures(part, unit))
  if (!fits) return { gives: 0, values: [] }
  if (ask.kind === 'steps' && /可(?:以|通过|凭|到|前往|在)|通过/.test(unit.folded))
    return { gives: 1.15, values }
  if (ask.kind === 'eligibility' && !STRICT_CONDITION.test(unit.folded))
    return { gives: 0.5, values }
  if (lacksDeed(ask, part, score)) return { gives: 0.6, values }
  return inOtherUnits(ask, values, unit) ? { gives: 0.75, values } : { gives: 1, values }
}

/** Words by which a text sets a condition, rather than only naming people. */
const STRICT_CONDITION =
  /对象|范围|凡|均可|都可|可(?:以)?(?:参加|申请|享受|领取|凭|到)|不得|不予|仅限|限于|符合|不受|不重复|不超过|须|面向|暂不|不参加|满[一二两三四五六七八九十\d]+|为[^,。;]{2,24}(?:提供|建立|发放|办理)/

/** Values of the looser kinds count only in a clause that names what is asked about, when the sentence names it at all. */
const BESIDE: ReadonlySet<AskedKind> = new Set(['place', 'who', 'contact'])

function besideSubject(
  ask: Ask,
  values: readonly Span[],
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
): readonly Span[] {
  const named = score.places.some(({ term }) => term.carried === 'no' && !isTitleWord(term, unit))
  if (!BESIDE.has(ask.kind) || !named || part.terms.length === 0) return values
  const keyed = score.places.some(({ term }) => isSubject(term, unit))
  return values.filter(
    (value) =>
      closeness(value, unit, score, keyed ? (term) => isSubject(term, unit) : undefined) > 0,
  )
}

function isSubject(term: Term, unit: EvidenceUnit): boolean {
  return term.key && term.carried === 'no' && !isTitleWord(term, unit)
}

function isTitleWord(term: Term, unit: EvidenceUnit): boolean {
  return unit.document.metadata.title.includes(term.word)
}

/** 「打卡还是发现金」: the sentence must have one of the two. */
function namesAnOption(part: QuestionPart, unit: EvidenceUnit): boolean {
  const [before = '', after = ''] = part.text.split('还是')
  const options = [before.slice(-6), after.slice(0, 8)]
  return part.terms.some(
    ({ word, others, carried }) =>
      carried === 'no' &&
      options.some((option) => option.includes(word)) &&
      matchTerm({ word, others }, unit.folded).strength >= 0.6,
  )
}

/** Asked in one measure word, answered in another of the same sort. */
function inOtherUnits(
  { kind, unit: measure }: Ask,
  values: readonly Span[],
  unit: EvidenceUnit,
): boolean {
  if (kind !== 'count' || measure === undefined) return false
  return values.every(({ start, end }) => !unit.folded.slice(start, end + 1).includes(measure))
}

/** Whether 39座 are finished is told only by a sentence on the 39. */
function namesFigures(part: QuestionPart, unit: EvidenceUnit): boolean {
  const figures = findQuantities(unit.folded).map(({ value }) => value)
  return part.claims.every(({ value }) => figures.includes(value))
}

const WHEN: ReadonlySet<AskedKind> = new Set(['date', 'clock', 'duration', 'place'])

/** 「什么时候开工」: a date in a sentence without 开工 is the date of something else. */
function lacksDeed(ask: Ask, part: QuestionPart, score: UnitScore): boolean {
  const deeds = part.terms.filter(({ deed, carried }) => deed && carried === 'no')
  if (!WHEN.has(ask.kind) || deeds.length === 0) return false
  return !score.places.some(({ term }) => deeds.includes(term))
}

const DIRECTIVE =
  /(?:^|[,。;])(?:会议强调,)?(?:要|应|须|必须|将|着力|努力|积极|切实|认真|围绕|按照|坚持|开展|建立|健全|推动|打造|注重|采取|由)/

/** A sentence that says something of its subject tells more than one that lists it among others. */
function substance(
  kind: AskedKind,
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
): number {
  if (kind !== 'open') return 0.7
  if (givesCounted(part.text, unit)) return COUNTED_GIVES
  const listed =
    score.places.length > 0 && score.places.every(({ at }) => isListed(unit.folded, at))
  if (listed) return 0.15
  if (/要求|规定/.test(part.text) && /要求|要|应|须|严禁|不得/.test(unit.folded)) return 1.1
  return DIRECTIVE.test(unit.folded) ? 1 : 0.6
}

/** Whether the word at an offset stands as one of many items between 、. */
function isListed(text: string, at: number): boolean {
  const from =
    Math.max(text.lastIndexOf(',', at), text.lastIndexOf('。', at), text.lastIndexOf(';', at)) + 1
  const ends = [text.indexOf(',', at), text.indexOf('。', at), text.indexOf(';', at)].filter(
    (end) => end >= 0,
  )
  const clause = text.slice(from, Math.min(text.length, ...ends))
  return (clause.match(/、/g)?.length ?? 0) >= 4
}

/** The clause around a value, within 、-separated items too. */
function clauseAround(text: string, { start, end }: Span): Span {
  const before = Math.max(...[',', '。', ';', ':'].map((mark) => text.lastIndexOf(mark, start - 1)))
  const after = [',', '。', ';'].map((mark) => text.indexOf(mark, end)).filter((at) => at >= 0)
  return { start: before + 1, end: Math.min(text.length, ...after) }
}

function closeness(
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

function nearestFirst(values: readonly Span[], unit: EvidenceUnit, score: UnitScore): Span[] {
  return values.toSorted(
    (a, b) => closeness(b, unit, score) - closeness(a, unit, score) || a.start - b.start,
  )
}

/** Share of the part's own words that stand in the clause of its best value. */
function nearness(
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

const PER_HEAD = /每(?:个|一)?(?:人|名|位|职工|学生|孩子)|人均|\/人|一(?:个)?(?:人|名|位|孩子|职工)/
const PER_HOME = /每(?:个|一)?(?:户|家)|户均|\/户|一户|一家/
const PER_TIME =
  /每(?:个|一)?(?:月|年|天|日|次|期|学期|周)|\/(?:月|年|天|日|次)|一(?:个)?(?:月|年|天|日|次|期|学期)|年度|按月|按年|年均|平均|全年|年内/

/** Asked per head, household or day, only a figure per head, household or day answers. */
function saysPer(per: string, text: string): boolean {
  if (PER_HEAD.test(per)) return PER_HEAD.test(text)
  if (PER_HOME.test(per)) return PER_HOME.test(text)
  return PER_TIME.test(per) ? PER_TIME.test(text) : true
}

/** Share of the key words' weight that may be missing. */
const MISSING_ALLOWED = 0.5
/** A later part of a question must keep to the first part's subject. */
const SUBJECT_KEPT = 0.5

function hasKeys(part: QuestionPart, score: UnitScore): boolean {
  return (
    missingShare(part, score, 'no') <= MISSING_ALLOWED &&
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
