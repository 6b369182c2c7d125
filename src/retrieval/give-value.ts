/**
 * Whether a sentence gives the kind of value that is asked: the right form (money, date, place …),
 * per head or year when asked so, in a sentence on the matter, under a heading that promises it.
 */
import type { Span } from '../domain/span.ts'
import { findQuantities } from '../text/parse-number.ts'
import type { Ask, AskedKind } from './asked-kinds.ts'
import type { EvidenceUnit } from './evidence-units.ts'
import { holdersIn, officeAsked } from './find-title-holder.ts'
import { giveEnumeration } from './give-enumeration.ts'
import { gradeForm } from './grade-form.ts'
import { FOUND, matchTerm } from './match-term.ts'
import type { UnitScore } from './score-unit.ts'
import type { QuestionPart } from './understand-question.ts'
import { hasForm } from './values-in-text.ts'
import { saysPer, unitsOver, valuesToGive } from './values-to-give.ts'
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
  const values = valuesToGive(ask, part, unit, score)
  const fits =
    values.length > 0 &&
    !(ask.kind === 'place' && NEAR_ME.test(part.text)) &&
    (ask.per === undefined || saysPer(ask.per, unit.folded + unitsOver(unit))) &&
    (ask.kind !== 'progress' || namesFigures(part, unit))
  if (!fits) return hasAllWords(ask, part, unit, score) ? IN_ITS_WORDS : NOTHING
  const gives = gradeForm(ask, values, part, unit, score)
  return gives > 0 ? { gives, values } : NOTHING
}

/** 「能只托半天吗」 is answered by 「分为全天托、半天托」: the words themselves, without a word of permission. */
function hasAllWords(
  { kind }: Ask,
  part: QuestionPart,
  unit: EvidenceUnit,
  score: UnitScore,
): boolean {
  return kind === 'eligibility' && score.ownCoverage >= ALL_WORDS && hasPredicate(part, unit)
}

const ALL_WORDS = 0.8
const IN_ITS_WORDS: Given = { gives: 0.7, values: [] }

/** A name behind the very title of the very body. */
const NAMED_HOLDER = 1.6
const NOTHING: Given = { gives: 0, values: [] }

/** 「驿站能洗澡吗」 turns on 洗澡: the last word of the question that says something. */
function hasPredicate(part: QuestionPart, unit: EvidenceUnit): boolean {
  const own = part.terms.filter(
    ({ carried, weight, word }) => carried === 'no' && weight >= 0.2 && word.length >= 2,
  )
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

/** Where somebody is nobody told the bot. */
const NEAR_ME =
  /离(?:我|我们|这|单位|家)[^,。?]{0,4}近|(?<!哪[^,。?]{0,8})(?:附近|旁边)|最近的|周边/

/** Whether 39座 are finished is told only by a sentence on the 39. */
function namesFigures(part: QuestionPart, unit: EvidenceUnit): boolean {
  const figures = findQuantities(unit.folded).map(({ value }) => value)
  return part.claims.every(({ value }) => figures.includes(value))
}
