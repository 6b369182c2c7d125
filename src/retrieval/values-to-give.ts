/**
 * Which values of a sentence may answer at all: whole ones, of the right precision, flow of money and
 * year, in a clause that speaks of what is asked, per head or per year when asked so.
 */
import { contains, type Span } from '../domain/span.ts'
import type { Ask, AskedKind } from './asked-kinds.ts'
import type { EvidenceUnit } from './evidence-units.ts'
import { flowAsked, flowSaid } from './money-flow.ts'
import { ASKS_EVENT, isSite } from './place-words.ts'
import type { Term } from './question-terms.ts'
import type { UnitScore } from './score-unit.ts'
import type { QuestionPart } from './understand-question.ts'
import { clauseAround, closeness } from './value-nearness.ts'
import { valuesOf } from './values-in-text.ts'

/** The values of the kind that is asked, those left out that are of something else. */
export function valuesToGive(
  ask: Ask,
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
): readonly Span[] {
  const written = namesOfSort(ask, unit) ?? [
    ...valuesOf(ask, unit.folded),
    ...valuesInCells(ask, unit),
  ]
  const found = written.filter(
    (value) =>
      !isDamaged(value, unit) &&
      isPrecise(ask, value, unit) &&
      flowsAsAsked(ask, value, part, unit) &&
      isOfYear(value, part, unit),
  )
  return besideSubject(ask, found, part, unit, score)
}

const SORT_ASKED =
  /^哪(?:[一几两三]?(?:家|个|所|位))?(医院|学校|大学|学院|公司|企业|银行|酒店|律所|协会)$/

/** 「哪家医院」: names that end so; undefined when no sort is asked for. */
function namesOfSort({ kind, phrase }: Ask, { folded }: EvidenceUnit): Span[] | undefined {
  const sort = kind === 'who' ? SORT_ASKED.exec(phrase)?.[1] : undefined
  if (sort === undefined) return undefined
  const ending = sort === '律所' ? '律师事务所' : sort
  return [...folded.matchAll(new RegExp(`[一-龥()]{2,16}?${ending}`, 'g'))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** A figure that has lost a digit is none. */
function isDamaged({ start, end }: Span, { damaged }: EvidenceUnit): boolean {
  return damaged.some((span) => span.start <= end && start <= span.end)
}

/** Bare numbers of a table's row, whose unit stands over the column. */
function valuesInCells(ask: Ask, unit: EvidenceUnit): Span[] {
  if (unit.heads === undefined) return []
  return unit.document.facts
    .filter(({ valueSpan, damaged }) => !damaged && contains(unit.span, valueSpan))
    .map((fact) => ({
      start: fact.valueSpan.start - unit.span.start,
      end: fact.valueSpan.end - unit.span.start,
      unit: fact.unit,
    }))
    .filter(({ start, end, unit: measure }) => {
      const written = unit.folded.slice(start, end)
      return /^[\d.,]+$/.test(written) && valuesOf(ask, `${written}${measure}`).length > 0
    })
    .map(({ start, end }) => ({ start, end }))
}

/** Units that stand over the columns of a table's row. */
export const unitsOver = ({ heads = [] }: EvidenceUnit) =>
  heads.map(({ unit = '' }) => unit).join(' ')

/** Asked for a day, a year alone is no answer. */
function isPrecise({ kind, phrase }: Ask, { start, end }: Span, unit: EvidenceUnit): boolean {
  if (kind !== 'date' || !/[天号日月]/.test(phrase)) return true
  return /[月日号底末初旬周季]|星期|春节|元旦/.test(unit.folded.slice(start, end))
}

const YEAR = /(?<!\d)(?:19|20)\d{2}(?![\d多余万人名元户个家位场次件台块亩米支份套箱瓶])/g

/** 「到2025年底达到4.5万人」 is no answer to 2026: a clause that names other years only. */
function isOfYear(value: Span, part: QuestionPart, unit: EvidenceUnit): boolean {
  const said = yearsSaid(value, unit)
  const asked = yearsAsked(part)
  return asked.length === 0 || said.length === 0 || said.some((year) => asked.includes(year))
}

/** Years that a question part insists on, as they are written. */
export function yearsAsked({ text }: QuestionPart): readonly string[] {
  return text.match(YEAR) ?? []
}

/** Years that a value is said for: in its clause, else before it in its sentence. */
export function yearsSaid(value: Span, unit: EvidenceUnit): readonly string[] {
  const clause = clauseAround(unit.folded, value)
  return unit.folded.slice(clause.start, clause.end).match(YEAR) ?? yearBefore(unit.folded, clause)
}

/** 「到2025年底,会员达到4.5万人」: the year stands in the clause before. */
function yearBefore(text: string, { start }: Span): readonly string[] {
  const sentence = text.slice(
    Math.max(text.lastIndexOf(';', start - 1), text.lastIndexOf('。', start - 1)) + 1,
    start,
  )
  return sentence.match(YEAR)?.slice(-1) ?? []
}

/** 「自己要出多少」: a sum that nothing says is paid by somebody himself is what somebody else spent. */
const OUT_OF_ONES_OWN = /自己|个人|自个儿?|本人|我(?:要|得|还)/

const MONEY: ReadonlySet<AskedKind> = new Set(['money', 'percent'])

/** What is paid in is no answer to what is paid out. */
function flowsAsAsked({ kind }: Ask, value: Span, part: QuestionPart, unit: EvidenceUnit): boolean {
  const asked = MONEY.has(kind) ? flowAsked(part.bare) : undefined
  if (asked === undefined) return true
  const said = flowSaid(unit.folded, value)
  if (said === undefined && OUT_OF_ONES_OWN.test(part.text)) return PER_HEAD.test(unit.folded)
  return (said ?? asked) === asked
}

/** In so short a sentence everything is about one thing. */
const SHORT_UNIT = 60

/** Values of the looser kinds count only in a clause that names what is asked about, when the sentence names it at all. */
const BESIDE: ReadonlySet<AskedKind> = new Set(['place', 'who', 'contact', 'phone'])

function besideSubject(
  ask: Ask,
  values: readonly Span[],
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
): readonly Span[] {
  const telling =
    ask.kind === 'place' ? values.filter((value) => saysMore(value, part, unit)) : values
  const named = score.places.some(({ term }) => term.carried === 'no' && !isTitleWord(term, unit))
  if (!BESIDE.has(ask.kind) || !named || part.terms.length === 0) return telling
  const keyed = score.places.some(({ term }) => isSubject(term, unit))
  const person = ask.kind === 'who' && /谁|哪位/.test(ask.phrase)
  const counts = keyed
    ? (term: Term) => isSubject(term, unit) || (person && isDeed(term))
    : undefined
  const beside = telling.filter(
    (value) =>
      closeness(withSubject(value, unit), unit, score, counts) > 0 ||
      (ask.kind === 'place' && isSite(value, unit)),
  )
  return beside.length > 0 || unit.text.length > SHORT_UNIT ? beside : telling
}

/** 「联谊会,在会展中心举行」: a clause that begins with the value goes on from the clause before. */
function withSubject(value: Span, { folded }: EvidenceUnit): Span {
  const clause = clauseAround(folded, value)
  const begins =
    clause.start > 0 && folded[clause.start - 1] === ',' && clause.start === value.start
  return begins ? { start: clause.start - 1, end: value.end } : value
}

const PLACE_LEAD =
  /^(?:位于|地处|坐落|设在|设于|建在|建到|延伸到|地址|地点|在|到|送到|开到|前往|来到|深入|走进|赶赴|抵达)[::]?/

const EVENT = /举行|召开|举办|开幕|启动|揭牌|开的|比赛|决赛|初赛|仪式|论坛|大会|会议/

/** 「在工间休息室」 does not tell where the break room is. */
function saysMore({ start, end }: Span, part: QuestionPart, unit: EvidenceUnit): boolean {
  const bare = unit.folded.slice(start, end).replace(PLACE_LEAD, '')
  const rest = part.terms.reduce((left, { word }) => left.replaceAll(word, ''), bare)
  if (!ASKS_EVENT.test(part.text) && EVENT.test(unit.folded.slice(end, end + 8))) return false
  return (
    rest.replace(/职工|工会|各级|全市|全省|全县|本市|户外|劳动者|服务站点?|服务点|站点/g, '')
      .length >= 2
  )
}

function isSubject(term: Term, unit: EvidenceUnit): boolean {
  return term.key && term.carried === 'no' && !isTitleWord(term, unit)
}

/** 「那堂课是谁讲的」: what was done stands beside who did it, the thing itself perhaps a clause before. */
function isDeed(term: Term): boolean {
  return term.deed && term.carried === 'no'
}

function isTitleWord(term: Term, unit: EvidenceUnit): boolean {
  return unit.document.metadata.title.includes(term.word)
}

const PER_HEAD =
  /每(?:个|一)?(?:人|名|位|职工|学生|孩子)|人均|\/人|一(?:个)?(?:人|名|位|孩子|职工|大?学生|学子)/
/** 「一次性补助8000元」 is what each one gets. */
const ONCE = /一次性(?:补助|发放|给予|奖励|救助|资助)/
const PER_HOME = /每(?:个|一)?(?:户|家)|户均|\/户|一户|一家/

/** Asked per week, a figure per month is no answer. */
const SAME_TIME: readonly (readonly [asked: RegExp, said: RegExp])[] = [
  [/天|日/, /每(?:人)?(?:天|日)|一天|\/(?:天|日)|日均|按日/],
  [/周/, /每(?:人)?周|一周|\/周/],
  [/月/, /每(?:人)?(?:个)?月|一个?月|\/月|按月|月均/],
  [/年/, /每(?:人每)?年|一年|\/年|年度|全年|年内|按年|年均|平均/],
  [/学期|期/, /每(?:个)?(?:学)?期|一(?:个)?学期/],
  [/次/, /每次|一次|\/次/],
]

/** Asked per head, household or day, only a figure per head, household or day answers. */
export function saysPer(per: string, text: string): boolean {
  if (PER_HEAD.test(per)) return PER_HEAD.test(text) || ONCE.test(text)
  if (PER_HOME.test(per)) return PER_HOME.test(text)
  const time = SAME_TIME.find(([asked]) => asked.test(per))?.[1]
  return time === undefined || time.test(text)
}
