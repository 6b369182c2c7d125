/** Whether a sentence speaks for the place, the stage and the item that are asked about, or for another. */
import { type Jurisdiction, levelOf, liesWithin } from '../domain/jurisdiction.ts'
import type { Ask } from './asked-kinds.ts'
import { speaksOfStage, standsAtOrdinal } from './asked-ordinal.ts'
import { ownName, shortName } from './document-standing.ts'
import type { EvidenceUnit } from './evidence-units.ts'
import type { Term } from './question-terms.ts'
import type { UnitScore } from './score-unit.ts'
import type { QuestionPart, UnderstoodQuestion } from './understand-question.ts'
import { hasForm } from './values-in-text.ts'

/** What tells so of the sentences that one part of a question is asked of. */
export function createPlacing(
  part: QuestionPart,
  question: UnderstoodQuestion,
  asks: readonly Ask[],
): (unit: EvidenceUnit, score: UnitScore) => boolean {
  const smallPlaces = [...part.text.matchAll(SMALL_PLACE)].map(([, name = '']) => name)
  const claims = asks.some(({ kind }) => kind === 'premise') || PUTS_STAGE.test(part.text)
  const isOfStage = claims ? () => true : speaksOfStage(part.text)
  const { ordinal } = question
  return (unit, score) =>
    (part.place === undefined || isOfSide(part.place, unit)) &&
    isOfLevel(question, unit, asks) &&
    namesThePlace(question, unit, asks) &&
    !score.missing.some(isOwnPlace) &&
    smallPlaces.every((name) => unit.document.text.includes(name)) &&
    isOfStage(unit) &&
    (ordinal === undefined || standsAtOrdinal(ordinal, unit))
}

/** How much of a whole is asked, by whose level, and the words by which a text of a lower level speaks for it. */
const WHOLES = [
  {
    asked: /全国(?!工会|总工会|劳模|五一)/,
    told: /全国|各地/,
    below: ['province', 'prefecture', 'county'],
  },
  { asked: /全省|全自治区/, told: /全省|全区|全自治区|各市/, below: ['prefecture', 'county'] },
] as const

/** 「全国有多少」 is not told by what one city has. */
function isOfLevel(
  { text: asked }: UnderstoodQuestion,
  { document, text }: EvidenceUnit,
  asks: readonly Ask[],
): boolean {
  const code = document.metadata.jurisdictionCode
  if (code === undefined || !asks.some(({ kind }) => kind === 'count' || kind === 'money'))
    return true
  const level = levelOf(code)
  return WHOLES.every(
    (whole) =>
      !whole.asked.test(asked) ||
      whole.told.test(text) ||
      !whole.below.some((below) => below === level),
  )
}

/** Characters at the head of a text that tell whom it is about. */
const HEAD = 200

/**
 * Of two places set side by side, each is told by its own documents, by those of the level above that
 * are about it, or by a sentence that names it.
 */
function isOfSide({ code, name }: Jurisdiction, { document, text }: EvidenceUnit): boolean {
  const own = document.metadata.jurisdictionCode
  if (own !== undefined && liesWithin(own, code)) return true
  const short = shortName(name)
  if (text.includes(short)) return true
  const about = document.metadata.title + document.text.slice(0, HEAD)
  return (own === undefined || liesWithin(code, own)) && about.includes(short)
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
    (place) =>
      covers(place.code, code) ||
      unit.text.includes(nameIn(place, code)) ||
      goesOnFrom(nameIn(place, code), unit) ||
      unit.document.metadata.title.includes(nameIn(place, code)),
  )
}

/** 「是第一届吗」: the stage is put forward, not asked about. */
const PUTS_STAGE = /是第[一二三四五六七八九十\d]{1,3}[届次批期回](?:吗|吧)/

/** A place that news of several places turn to. */
const TURNS_TO =
  /[一-龥]{1,3}(?:(?<![门超城都夜集])市|县|(?<![小社园校厂景辖片街地市城山赛展专学矿库])区|州|旗)(?![域级内委里外])/

/** 「璧山区总工会开办……。设置了3个点」: the sentence goes on about the place that was named last before it. */
function goesOnFrom(name: string, unit: EvidenceUnit): boolean {
  const { context, folded } = unit
  if (speakerOf(unit).includes(name)) return true
  const at = context.lastIndexOf(name)
  return at >= 0 && !TURNS_TO.test(context.slice(at + name.length + 1)) && !TURNS_TO.test(folded)
}

/** 「“……。”璧山区总工会负责人介绍」: who said what is quoted. */
function speakerOf({ document, span, text }: EvidenceUnit): string {
  if (!/[”"」]$/.test(text.trim())) return ''
  const after = document.text.slice(span.end, span.end + 40)
  return /^[^,，。;；“"]{2,30}(?:说|介绍|表示|告诉|称|道|透露)/.exec(after)?.[0] ?? ''
}

/** 枫泾镇 is in no gazetteer: a document that never names it is about another place. */
const SMALL_PLACE =
  /(?:^|[,。?!;\s]|在|到|去|问|[省市区县旗州])([一-龥]{2,3})(?<![各几个哪这那每全])(?:镇|街道|乡)(?![一-龥]*总)/g

/** In a document of 岳阳市, 岳阳 alone does not name 岳阳县. */
function nameIn({ name, code }: Jurisdiction, document: string): string {
  const short = shortName(name)
  const upper = name.slice(0, name.length - ownName(name).length)
  return liesWithin(code, document) && upper.includes(short) ? ownName(name) : short
}

/** 浦东, 开元寺: a sentence that has it nowhere near is about another place. */
function isOwnPlace({ place, carried }: Term): boolean {
  return place && carried === 'no'
}

function covers(place: string, document: string): boolean {
  return document.startsWith(place.replace(/(?:0000|00)$/, ''))
}
