/**
 * How a document stands to a question: whether it holds for the place asked about, whether it
 * speaks for the year asked about.
 */
import { levelOf, liesWithin } from '../domain/jurisdiction.ts'
import type { Query } from '../domain/query.ts'
import type { IndexedDocument } from './search-index.ts'
import type { UnderstoodQuestion } from './understand-question.ts'

/**
 * - `own`: of the place asked about, or of a place inside it;
 * - `upper`: of a level above it, so it holds there too;
 * - `mentioned`: of no place that contains it, but its text names it;
 * - `elsewhere`: of another place.
 */
export type PlaceStanding = 'own' | 'upper' | 'mentioned' | 'elsewhere'

/** For the thousands of documents that one question is asked of. */
export function placeStandings(
  question: Pick<UnderstoodQuestion, 'places' | 'placeTexts' | 'text'>,
  query: Pick<Query, 'jurisdictionCode'>,
): (document: IndexedDocument) => PlaceStanding {
  const asked = codesAsked(question, query)
  const names = question.places.map(({ name }) => shortName(name))
  return (document) => {
    const code = document.metadata.jurisdictionCode
    if (code === undefined) return namesAny(document, names) ? 'own' : 'elsewhere'
    const known = standingOfCode(code, asked)
    if (known !== undefined) return known
    if (namesStreet(document, question, query)) return 'own'
    return question.places.length === 0 && hasName(document, question) ? 'mentioned' : 'elsewhere'
  }
}

/**
 * All that {@link placeStandings} and {@link placePrior} take from a question and its asker; undefined
 * for a question with a name of its own, which is like no other.
 */
export function placeKey(
  { places, placeTexts, text, level }: UnderstoodQuestion,
  { jurisdictionCode }: Pick<Query, 'jurisdictionCode'>,
): readonly unknown[] | undefined {
  if (places.length === 0 && text.search(NAME) >= 0) return undefined
  return [jurisdictionCode, places, placeTexts.filter(isStreet), level]
}

function standingOfCode(code: string, asked: readonly string[]): PlaceStanding | undefined {
  if (asked.length === 0 || asked.some((place) => liesWithin(code, place))) return 'own'
  return asked.some((place) => liesWithin(place, code)) ? 'upper' : undefined
}

/** The places named, else the asker's own. */
function codesAsked(
  { places }: Pick<UnderstoodQuestion, 'places'>,
  { jurisdictionCode: home }: Pick<Query, 'jurisdictionCode'>,
): readonly string[] {
  if (places.length > 0) return places.map(({ code }) => code)
  return home === undefined ? [] : [home]
}

const NAME = /[“"《]([^”"》]{3,20})[”"》]/g

/** 《领读者》, “八送”行动: what bears a name of its own is the same thing wherever it is asked about. */
function hasName(document: IndexedDocument, { text }: Pick<UnderstoodQuestion, 'text'>): boolean {
  return [...text.matchAll(NAME)].some(([, name = '']) => document.text.includes(name))
}

/** 宁县西路 in a document of the asker's own place is a street there, not the county. */
function namesStreet(
  document: IndexedDocument,
  { placeTexts }: Pick<UnderstoodQuestion, 'placeTexts'>,
  { jurisdictionCode: home }: Pick<Query, 'jurisdictionCode'>,
): boolean {
  const code = document.metadata.jurisdictionCode
  if (home === undefined || code === undefined) return false
  if (!liesWithin(code, home) && !liesWithin(home, code)) return false
  return placeTexts.some((text) => isStreet(text) && document.text.includes(text))
}

function isStreet(placeText: string): boolean {
  return /[路街道巷村镇乡]/.test(placeText.slice(-2))
}

/** A document of no known place holds for whoever asks, unless another place is asked about by name. */
function namesAny({ text }: IndexedDocument, names: readonly string[]): boolean {
  return names.length === 0 || names.some((name) => text.includes(name))
}

/** Each place of the gazetteer once: asked of thousands of documents for one question. */
const shortNames = new Map<string, string>()

/** 甘肃省平凉市 → 平凉. */
export function shortName(name: string): string {
  const known = shortNames.get(name)
  if (known !== undefined) return known
  const short = shorten(name)
  shortNames.set(name, short)
  return short
}

/** 湖南省岳阳市岳阳县 → 岳阳县. */
export function ownName(name: string): string {
  return name.split(/(?<=[省市区县州盟旗])(?=.{2})/).at(-1) ?? name
}

function shorten(name: string): string {
  const own = ownName(name)
  return own.length > 2 ? own.replace(/(?:特别行政区|自治[区州县旗]|[省市区县州盟旗])$/, '') : own
}

/** A document of no known place may speak for anywhere, the asker's own place counts more. */
const PLACELESS = 0.85

/** How much a standing weighs in ranking; 0 keeps the document out. */
export function placePrior(
  document: IndexedDocument,
  question: UnderstoodQuestion,
  query: Query,
  standing: PlaceStanding,
): number {
  if (standing === 'elsewhere') return 0
  const code = document.metadata.jurisdictionCode
  const level = code === undefined ? undefined : levelOf(code)
  const levelFits = question.level === undefined || question.level === level
  const home = query.jurisdictionCode
  const isHome =
    home !== undefined && code !== undefined && (liesWithin(home, code) || liesWithin(code, home))
  return (
    (standing === 'own' ? (isInside(code, question, query) ? INSIDE : 1) : 0.8) *
    (levelFits ? 1 : 0.75) *
    (isHome || question.places.length > 0 ? 1 : PLACELESS)
  )
}

/** Asked of a city, the city's own document comes before those of its counties. */
const INSIDE = 0.93

function isInside(
  code: string | undefined,
  { places }: Pick<UnderstoodQuestion, 'places'>,
  { jurisdictionCode: home }: Pick<Query, 'jurisdictionCode'>,
): boolean {
  const asked = places.length > 0 ? places.map((place) => place.code) : [home ?? code]
  return code !== undefined && !asked.includes(code)
}

/** Whether the document speaks for the year; undefined when it does not say for which. */
export function coversYear(document: IndexedDocument, year: number): boolean | undefined {
  const { planYear, validity, issuedOn } = document.metadata
  if (planYear === year || issuedOn?.on.year === year) return true
  if (validity.from !== undefined && validity.to !== undefined) {
    if (validity.from.year <= year && year <= validity.to.year) return true
  }
  const written = yearsOf(document)
  if (written.some(([from, to]) => from < to && from <= year && year <= to)) return true
  if (planYear !== undefined || issuedOn !== undefined) return false
  if (written.some(([from]) => from === year)) return true
  return written.length > 0 ? false : undefined
}

/** A text is read for its years once; what was read goes with the document. */
const knownYears = new WeakMap<IndexedDocument, readonly [from: number, to: number][]>()

function yearsOf(document: IndexedDocument): readonly [from: number, to: number][] {
  const known = knownYears.get(document)
  if (known !== undefined) return known
  const years = yearsWritten(document.text)
  knownYears.set(document, years)
  return years
}

/** Years and spans of years a text names: 2014年, 2023—2025年. */
function yearsWritten(text: string): [from: number, to: number][] {
  return [
    ...text.matchAll(/((?:19|20)\d{2})年?(?:\s*(?:-|—+|–|至|到)\s*((?:19|20)\d{2}))?年/g),
  ].map(([, from, to]) => [Number(from), Number(to ?? from)])
}
