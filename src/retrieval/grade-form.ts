/** How well values of the right form answer: what speaks for them and against them. */
import type { Span } from '../domain/span.ts'
import type { Ask, AskedKind } from './asked-kinds.ts'
import type { EvidenceUnit } from './evidence-units.ts'
import { ASKS_EVENT, isSite } from './place-words.ts'
import type { UnitScore } from './score-unit.ts'
import type { QuestionPart } from './understand-question.ts'
import { clauseAround, nearness } from './value-nearness.ts'
import { yearsAsked, yearsSaid } from './values-to-give.ts'

/** The right form at all is about 1; what speaks for or against it moves it. */
export function gradeForm(
  ask: Ask,
  values: readonly Span[],
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
): number {
  if (ask.kind === 'steps') return ALLOWS.test(unit.folded) ? 1.15 : 1
  const byWords = gradeByWords(ask, unit.folded)
  if (byWords !== undefined) return byWords
  if (ask.kind === 'place' && tellsSite(part, unit, values)) return 1.3
  if (ask.kind === 'money' && ANECDOTE.test(unit.folded)) return 0
  if (lacksDeed(ask, part, score)) return ask.kind === 'place' ? 0 : 0.6
  if (inOtherUnits(ask, values, unit) || isAside(values, part, unit, score)) return 0.75
  return saysTheVery(ask, values, part, unit) ? 1.3 : gradeYear(part, unit, values)
}

/** Kinds whose form is in many sentences: the words say whether it is meant. */
function gradeByWords({ kind, phrase }: Ask, text: string): number | undefined {
  if (kind === 'eligibility' && !STRICT_CONDITION.test(text)) return 0.35
  if (kind === 'eligibility' && WHO_MAY.test(text)) return 1.2
  return kind === 'name' && THEME_ASKED.test(phrase) && !THEME_GIVEN.test(text) ? 0.5 : undefined
}

/** The whole, when the whole is asked; the very thing that is counted; the cause and not the purpose. */
function saysTheVery(
  ask: Ask,
  values: readonly Span[],
  part: QuestionPart,
  unit: EvidenceUnit,
): boolean {
  if (ask.kind === 'reason') return CAUSE.test(unit.folded)
  if (ask.kind === 'who') return TOGETHER_ASKED.test(ask.phrase) && TOGETHER_GIVEN.test(unit.folded)
  if (ask.kind === 'name') return TITLE_ASKED.test(ask.phrase) && TITLE_GIVEN.test(unit.folded)
  return givesTotal(part, unit, values) || countsTheThing(ask, values, unit)
}

/** 「哪两家一起办的」: two bodies side by side, and what they did. */
const TOGETHER_ASKED = /哪(?:几|[二两三四])(?:家|个)/
const TOGETHER_GIVEN = /[会局部委院校司团社团厂行][、和与及][^,。;]{2,24}(?:联合|共同|一起|携手)/

const TITLE_ASKED = /称号|名头|头衔|名号|荣誉/
const TITLE_GIVEN = /授予|荣获|命名|[”"](?:荣誉)?(?:称号|头衔)/

/** What made something happen, rather than what it is meant to bring about. */
const CAUSE = /因为|由于|受[^,。;]{2,16}影响|遭受|导致|造成|原因/

/** 「多少雪糕」: 83000支爱心雪糕, the very thing beside the figure. */
function countsTheThing(
  { kind, counted = '' }: Ask,
  values: readonly Span[],
  { folded }: EvidenceUnit,
): boolean {
  const thing = /^[一-龥]{2,4}$/.exec(counted)?.[0]
  if (kind !== 'count' || thing === undefined) return false
  const reach = REACH + thing.length
  return values.some(
    ({ start, end }) =>
      folded.slice(end, end + reach).includes(thing) ||
      folded.slice(Math.max(0, start - reach), start).includes(thing),
  )
}

/** Characters that may stand between a figure and what it counts. */
const REACH = 6

/** Asked for one year of several that a plan speaks for, a value said for none of them is hardly that year's. */
const OF_SOME_YEAR = 0.5
/** A value said for the very year that is asked. */
const OF_THE_YEAR = 1.4

function gradeYear(part: QuestionPart, unit: EvidenceUnit, values: readonly Span[]): number {
  const asked = yearsAsked(part)
  if (asked.length === 0) return 1
  if (values.some((value) => yearsSaid(value, unit).some((year) => asked.includes(year))))
    return OF_THE_YEAR
  const { from, to } = unit.document.metadata.validity
  return from !== undefined && to !== undefined && to.year - from.year >= 1 ? OF_SOME_YEAR : 1
}

/** 「其中…」 on something that was not asked. */
function isAside(
  values: readonly Span[],
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
): boolean {
  return /^其中/.test(unit.folded) && nearness(values, part, unit, score) === 0
}

/** What one family got is no standard and no total. */
const ANECDOTE = /[她他我](?:们)?家|自己|坦言|[她他]说|一家[一二三四五]口/
const ALLOWS = /可(?:以|通过|凭|到|前往|在)|通过/

/** 「主题是什么」 is told by what says 主题, not by every name in quotation marks. */
const THEME_ASKED = /主题|口号/
const THEME_GIVEN = /主题|口号|以["“]/

/** Words by which a text says outright who it is for. */
const WHO_MAY =
  /(?:对象|范围)(?:为|是|包括|:)|仅限|限于|凡是?[^,。;]{2,20}(?:都|均|可)|符合[^,。;]{2,20}条件/

/** Words by which a text sets a condition, rather than only naming people. */
const STRICT_CONDITION =
  /对象|范围|凡|均可|都可|可(?:以)?(?:参加|申请|享受|领取|凭|到)|不得|不予|仅限|限于|符合|不受|不重复|不超过|须|面向|暂不|不参加|满[一二两三四五六七八九十\d]+|为[^,。;]{2,24}(?:提供|建立|发放|办理)/

function tellsSite(part: QuestionPart, unit: EvidenceUnit, values: readonly Span[]): boolean {
  return !ASKS_EVENT.test(part.text) && values.some((value) => isSite(value, unit))
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

const WHEN: ReadonlySet<AskedKind> = new Set(['date', 'clock', 'duration', 'place'])

/** 带 and 放 tell less than 开工. */
const TELLING_DEED = 0.3

/** 「什么时候开工」: a date in a sentence without 开工 is the date of something else. */
function lacksDeed(ask: Ask, part: QuestionPart, score: UnitScore): boolean {
  const deeds = part.terms.filter(
    ({ deed, carried, weight }) => deed && carried === 'no' && weight >= TELLING_DEED,
  )
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
