/**
 * Whether a sentence gives the kind of value that is asked: the right form (money, date, place …),
 * per head or year when asked so, in a sentence on the matter, under a heading that promises it.
 */
import { contains, type Span } from '../domain/span.ts'
import { findQuantities } from '../text/parse-number.ts'
import type { Ask, AskedKind } from './asked-kinds.ts'
import type { EvidenceUnit } from './evidence-units.ts'
import { holdersIn, officeAsked } from './find-title-holder.ts'
import { giveEnumeration } from './give-enumeration.ts'
import { flowAsked, flowSaid } from './money-flow.ts'
import type { Term } from './question-terms.ts'
import { FOUND, matchTerm, type UnitScore } from './score-unit.ts'
import type { QuestionPart } from './understand-question.ts'
import { clauseAround, closeness, nearness } from './value-nearness.ts'
import { hasForm, valuesOf } from './values-in-text.ts'
import { namesOnlyAsItem, substance } from './weigh-substance.ts'

/** What a unit gives of one thing asked. */
export interface Given {
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

/** How well a unit gives the kind of value that is asked, by its form and its paragraph's label. */
export function giveValue(
  ask: Ask,
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
): Given {
  if (ask.kind === 'document-date' && unit.damaged.length > 0) return NOTHING
  const given = giveUnlabelled(ask, part, unit, score)
  const labelled = isLabelled(ask, part, unit)
  if (!labelled) return given
  if (given.gives > 0) return { ...given, gives: given.gives + LABELLED }
  return LOOSE.has(ask.kind) ? { gives: 0.9, values: [] } : given
}

const PAYS_IN = /交|缴|收费/

function isLabelled({ kind }: Ask, part: QuestionPart, unit: EvidenceUnit): boolean {
  if (kind === 'money' && PAYS_IN.test(part.text)) return PAYS_IN.test(unit.label)
  return LABELS[kind]?.test(unit.label) === true
}

/** Kinds that a paragraph so labelled gives whatever its words. */
const LOOSE: ReadonlySet<AskedKind> = new Set(['eligibility', 'materials', 'steps'])

function giveUnlabelled(ask: Ask, part: QuestionPart, unit: EvidenceUnit, score: UnitScore): Given {
  const holder = giveHolder(ask, part, unit)
  if (holder !== undefined) return holder
  if (ask.kind === 'list') {
    const gives = giveEnumeration(part.bare, unit)
    return { gives: namesOnlyAsItem(part, unit, score) ? gives * 0.3 : gives, values: [] }
  }
  return hasForm(ask.kind)
    ? giveForm(ask, part, unit, score)
    : { gives: giveInWords(ask, part, unit, score), values: [] }
}

/** Kinds without a form of their own are judged by their words. */
function giveInWords(ask: Ask, part: QuestionPart, unit: EvidenceUnit, score: UnitScore): number {
  if (ask.kind === 'alternative') return namesAnOption(part, unit) ? 1 : 0
  if (ask.kind === 'yes-no' && !hasPredicate(part, unit)) return 0
  return substance(ask.kind, part, unit, score)
}

/** 「主席是谁」: the name behind that title, or nothing; undefined when no office is asked for. */
function giveHolder({ kind }: Ask, part: QuestionPart, unit: EvidenceUnit): Given | undefined {
  const office = kind === 'who' ? officeAsked(part.text) : undefined
  if (office === undefined) return undefined
  const values = holdersIn(office, unit)
  return values.length > 0 ? { gives: NAMED_HOLDER, values } : NOTHING
}

function giveForm(ask: Ask, part: QuestionPart, unit: EvidenceUnit, score: UnitScore): Given {
  const found = [...valuesOf(ask, unit.folded), ...valuesInCells(ask, unit)].filter(
    (value) =>
      !isDamaged(value, unit) &&
      isPrecise(ask, value, unit) &&
      flowsAsAsked(ask, value, part, unit) &&
      isOfYear(value, part, unit),
  )
  const values = besideSubject(ask, found, part, unit, score)
  const fits =
    values.length > 0 &&
    !(ask.kind === 'place' && NEAR_ME.test(part.text)) &&
    (ask.per === undefined || saysPer(ask.per, unit.folded + unitsOver(unit))) &&
    (ask.kind !== 'progress' || namesFigures(part, unit))
  if (!fits) return NOTHING
  const gives = gradeForm(ask, values, part, unit, score)
  return gives > 0 ? { gives, values } : NOTHING
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

const unitsOver = ({ heads = [] }: EvidenceUnit) => heads.map(({ unit = '' }) => unit).join(' ')

/** Asked for a day, a year alone is no answer. */
function isPrecise({ kind, phrase }: Ask, { start, end }: Span, unit: EvidenceUnit): boolean {
  if (kind !== 'date' || !/[天号日月]/.test(phrase)) return true
  return /[月日号底末初旬周季]|星期|春节|元旦/.test(unit.folded.slice(start, end))
}

const YEAR = /(?:19|20)\d{2}(?=年)/g

/** 「到2025年底达到4.5万人」 is no answer to 2026: a clause that names other years only. */
function isOfYear(value: Span, part: QuestionPart, unit: EvidenceUnit): boolean {
  const asked: readonly string[] = part.text.match(YEAR) ?? []
  if (asked.length === 0) return true
  const clause = clauseAround(unit.folded, value)
  const said =
    unit.folded.slice(clause.start, clause.end).match(YEAR) ?? yearBefore(unit.folded, clause)
  return said.length === 0 || said.some((year) => asked.includes(year))
}

/** 「到2025年底,会员达到4.5万人」: the year stands in the clause before. */
function yearBefore(text: string, { start }: Span): readonly string[] {
  const sentence = text.slice(
    Math.max(text.lastIndexOf(';', start - 1), text.lastIndexOf('。', start - 1)) + 1,
    start,
  )
  return sentence.match(YEAR)?.slice(-1) ?? []
}

const MONEY: ReadonlySet<AskedKind> = new Set(['money', 'percent'])

/** What is paid in is no answer to what is paid out. */
function flowsAsAsked({ kind }: Ask, value: Span, part: QuestionPart, unit: EvidenceUnit): boolean {
  const asked = MONEY.has(kind) ? flowAsked(part.text) : undefined
  if (asked === undefined) return true
  return (flowSaid(unit.folded, value) ?? asked) === asked
}

/** A name behind the very title of the very body. */
const NAMED_HOLDER = 1.6
const NOTHING: Given = { gives: 0, values: [] }

/** The right form at all is about 1; what speaks for or against it moves it. */
function gradeForm(
  ask: Ask,
  values: readonly Span[],
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
): number {
  if (ask.kind === 'steps') return ALLOWS.test(unit.folded) ? 1.15 : 1
  if (ask.kind === 'eligibility' && !STRICT_CONDITION.test(unit.folded)) return 0.35
  if (
    ask.kind === 'place' &&
    !ASKS_EVENT.test(part.text) &&
    values.some((value) => isSite(value, unit))
  )
    return 1.3
  if (ask.kind === 'money' && ANECDOTE.test(unit.folded)) return 0
  if (lacksDeed(ask, part, score)) return ask.kind === 'place' ? 0 : 0.6
  if (inOtherUnits(ask, values, unit)) return 0.75
  if (/^其中/.test(unit.folded) && nearness(values, part, unit, score) === 0) return 0.75
  return givesTotal(part, unit, values) ? 1.3 : 1
}

/** What one family got is no standard and no total. */
const ANECDOTE = /[她他我](?:们)?家|自己|坦言|[她他]说|一家[一二三四五]口/
const ALLOWS = /可(?:以|通过|凭|到|前往|在)|通过/

/** Words by which a text sets a condition, rather than only naming people. */
const STRICT_CONDITION =
  /对象|范围|凡|均可|都可|可(?:以)?(?:参加|申请|享受|领取|凭|到)|不得|不予|仅限|限于|符合|不受|不重复|不超过|须|面向|暂不|不参加|满[一二两三四五六七八九十\d]+|为[^,。;]{2,24}(?:提供|建立|发放|办理)/

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
  const counts = keyed ? (term: Term) => isSubject(term, unit) : undefined
  const beside = telling.filter((value) => closeness(value, unit, score, counts) > 0)
  return beside.length > 0 || unit.text.length > SHORT_UNIT ? beside : telling
}

const PLACE_LEAD =
  /^(?:位于|地处|坐落|设在|设于|建在|建到|延伸到|地址|地点|在|送到|开到|前往|来到)[::]?/

const SITE = /^(?:位于|地处|坐落|设在|设于|建在|地址|地点|分别(?:在|位于|设在))/

/** 「位于…」 says where a thing is, not where something happened. */
function isSite({ start, end }: Span, { folded }: EvidenceUnit): boolean {
  return (
    SITE.test(folded.slice(start, end)) ||
    /分别(?:是|为|在|设在|位于)$/.test(folded.slice(Math.max(0, start - 5), start))
  )
}

/** Where something was held is not where something is done. */
const ASKS_EVENT =
  /举行|召开|举办|开幕|启动|揭牌|办的|开的|比赛|决赛|初赛|仪式|论坛|大会|会议|活动|培训班/
const EVENT = /举行|召开|举办|开幕|启动|揭牌|开的|比赛|决赛|初赛|仪式|论坛|大会|会议/

/** 「在工间休息室」 does not tell where the break room is. */
function saysMore({ start, end }: Span, part: QuestionPart, unit: EvidenceUnit): boolean {
  const bare = unit.folded.slice(start, end).replace(PLACE_LEAD, '')
  const rest = part.terms.reduce((left, { word }) => left.replaceAll(word, ''), bare)
  if (!ASKS_EVENT.test(part.text) && EVENT.test(unit.folded.slice(end, end + 8))) return false
  return rest.replace(/职工|工会|各级|全市|全省|全县|本市/g, '').length >= 2
}

function isSubject(term: Term, unit: EvidenceUnit): boolean {
  return term.key && term.carried === 'no' && !isTitleWord(term, unit)
}

function isTitleWord(term: Term, unit: EvidenceUnit): boolean {
  return unit.document.metadata.title.includes(term.word)
}

/** 「驿站能洗澡吗」 turns on 洗澡: the last word of the question that says something. */
function hasPredicate(part: QuestionPart, unit: EvidenceUnit): boolean {
  const own = part.terms.filter(({ carried, weight }) => carried === 'no' && weight >= 0.2)
  const last = own
    .toSorted((a, b) => part.text.lastIndexOf(a.word) - part.text.lastIndexOf(b.word))
    .at(-1)
  return last === undefined || matchTerm(last, unit.folded).strength >= FOUND
}

/** 「打卡还是发现金」: the sentence must have one of the two. */
function namesAnOption(part: QuestionPart, unit: EvidenceUnit): boolean {
  const [before = '', after = ''] = part.text.split('还是')
  const options = [before.slice(before.lastIndexOf('是') + 1).slice(-6), after.slice(0, 8)]
  return part.terms.some(
    ({ word, others, carried }) =>
      carried === 'no' &&
      word.length >= 2 &&
      options.some((option) => option.includes(word)) &&
      matchTerm({ word, others }, unit.folded).strength >= 0.6,
  )
}

/** People are counted in any of these. */
const PEOPLE_UNIT = /^(?:名|人|位)$/

/** Asked in one measure word, answered in another of the same sort. */
function inOtherUnits(
  { kind, unit: measure }: Ask,
  values: readonly Span[],
  unit: EvidenceUnit,
): boolean {
  if (kind !== 'count' || measure === undefined) return false
  if (PEOPLE_UNIT.test(measure)) return false
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

const TOTAL_ASKED = /整个|一共|总共|全部|合计|总计|共计|累计/
const TOTAL_GIVEN = /共|总计|合计|累计|预计|总/

/** Asked for the whole, a clause that says it gives the whole. */
function givesTotal(part: QuestionPart, unit: EvidenceUnit, values: readonly Span[]): boolean {
  if (!TOTAL_ASKED.test(part.text)) return false
  return values.some((value) => {
    const clause = clauseAround(unit.folded, value)
    return TOTAL_GIVEN.test(unit.folded.slice(clause.start, value.start))
  })
}

/** Where somebody is nobody told the bot. */
const NEAR_ME = /离(?:我|我们|这|单位|家)[^,。?]{0,4}近|附近|最近的|旁边|周边/

const PER_HEAD = /每(?:个|一)?(?:人|名|位|职工|学生|孩子)|人均|\/人|一(?:个)?(?:人|名|位|孩子|职工)/
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
function saysPer(per: string, text: string): boolean {
  if (PER_HEAD.test(per)) return PER_HEAD.test(text) || ONCE.test(text)
  if (PER_HOME.test(per)) return PER_HOME.test(text)
  const time = SAME_TIME.find(([asked]) => asked.test(per))?.[1]
  return time === undefined || time.test(text)
}
