/**
 * Numbers as Chinese texts write them: 10000, 1万, 一万, 1.5万余, 85%, 百分之八十五, 八成五, 5,000, ３０.
 *
 * Digits may be half or full width; the script may be traditional. A share is given in per cent:
 * 八成五 is {value: 85, isPercent: true}.
 */
import type { Bound } from '../domain/fact.ts'
import type { Span } from '../domain/span.ts'
import { allMatches } from './all-matches.ts'

export interface Quantity extends Span {
  readonly value: number
  readonly isPercent: boolean
  /** Whether it is written with Chinese numerals alone (一万), which are also parts of words (统一). */
  readonly inWords: boolean
  /** A word inside makes it vague: 900多万. */
  readonly isVague: boolean
}

const DIGIT_VALUES: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  兩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
}
const UNIT_VALUES: Readonly<Record<string, number>> = {
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1000,
  仟: 1000,
}
const MAGNITUDES: Readonly<Record<string, number>> = {
  万: 10_000,
  萬: 10_000,
  亿: 100_000_000,
  億: 100_000_000,
}

const MAGNITUDE_CHARACTERS = [
  ['亿億', 100_000_000],
  ['万萬', 10_000],
] as const

/** Thousands, hundreds, tens, an optional zero, ones. */
const SECTION =
  /^(.?[千仟])?(?:[零〇](?=.*[百佰]))?(.?[百佰])?(?:[零〇](?=.*[十拾]))?(.?[十拾])?([零〇])?(.)?$/u

const WORD = '[零〇一二两兩三四五六七八九十百千万萬亿億壹贰叁肆伍陆柒捌玖拾佰仟]'
const FIGURE = '[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?'
const QUANTITY = new RegExp(
  [
    `百分之(?<share>${FIGURE}|${WORD}+(?:点${WORD}+)?)`,
    `(?<tenths>[一二两三四五六七八九1-9])成(?<more>[一二三四五六七八九半]?)(?![功为立长员果人年就本效型分熟绩交])`,
    `(?<figure>${FIGURE})(?:(?<vague>[余多])(?=[万萬亿億]))?\\s?(?<unit>[十百千]?[万萬亿億]{0,2}|[百千])(?<percent>\\s?[%％])?`,
    `(?<words>${WORD}+(?:点${WORD}+)?)`,
  ].join('|'),
  'gu',
)

/** Every number of a text, in order. Numerals inside other words (统一, 一些) are found too: see `inWords`. */
export function findQuantities(text: string): Quantity[] {
  return allMatches(text, QUANTITY).flatMap((match) => {
    const read = readMatch(match.groups ?? {})
    if (read === undefined) return []
    const isVague = match.groups?.['vague'] !== undefined
    return [{ start: match.index, end: match.index + match[0].length, ...read, isVague }]
  })
}

/** The number that a whole string spells, a share in per cent; undefined when it is not one number. */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim()
  const [only, ...others] = findQuantities(trimmed)
  const isWhole = only?.start === 0 && only.end === trimmed.length && others.length === 0
  return isWhole ? only.value : undefined
}

/** The number that Chinese numerals spell: 一万二千 is 12000, 二〇二五 is 2025, 三点五 is 3.5. */
export function parseChineseNumerals(words: string): number | undefined {
  const [whole = '', fraction] = words.split('点')
  const integer = parseInteger(whole)
  if (integer === undefined || fraction === undefined) return integer
  const digits = digitString(fraction)
  return digits === undefined ? undefined : Number(`${integer}.${digits}`)
}

/**
 * A text with its numbers spelled in one way, for comparing: 1万名 and 一万名 both become 10000名,
 * 百分之八十五 and 八成五 become 85%. Single numerals (六抓, 八件, 统一) stay as they are.
 */
export function spellNumbersAlike(text: string): string {
  let result = ''
  let position = 0
  for (const quantity of findQuantities(text)) {
    const written = text.slice(quantity.start, quantity.end)
    if (quantity.inWords && written.length < 2 && !quantity.isPercent) continue
    result += text.slice(position, quantity.start)
    result += `${quantity.value}${quantity.isPercent ? '%' : ''}`
    position = quantity.end
  }
  return result + text.slice(position)
}

const AT_LEAST_BEFORE =
  /(?:不少于|不低于|不小于|至少|最少|起码|超过|多于|高于|突破|超|至少[\u4e00-\u9fff]{1,6})\s?$/
const AT_MOST_BEFORE =
  /(?:不超过|不高于|不多于|至多|最多|最高|(?<!不)低于|(?<!不)少于|以内|控制在)\s?$/
const ABOUT_BEFORE = /(?:大约|将近|接近|大概|约|近)\s?$/
const AT_LEAST_AFTER = /^(?:及|及其)?以上|^元起(?!步)/
const AT_MOST_AFTER = /^(?:及)?(?:以下|以内|之内)/
const ABOUT_AFTER = /^(?:左右|上下)|^[余多馀](?![样元种次])|^[余多](?=[\u4e00-\u9fff]{1,2})/

/**
 * How a number binds, from the words around it. `before` ends where the number begins; `afters` are
 * the texts that follow the number and its unit (85|%以上, 50|家|以上).
 */
export function readBound(before: string, ...afters: readonly string[]): Bound {
  if (AT_MOST_BEFORE.test(before)) return 'at-most'
  if (AT_LEAST_BEFORE.test(before)) return 'at-least'
  if (afters.some((after) => AT_LEAST_AFTER.test(after))) return 'at-least'
  if (afters.some((after) => AT_MOST_AFTER.test(after))) return 'at-most'
  if (ABOUT_BEFORE.test(before) || afters.some((after) => ABOUT_AFTER.test(after))) return 'about'
  return 'exact'
}

type Read = Pick<Quantity, 'value' | 'isPercent' | 'inWords'>

function readMatch(groups: Readonly<Record<string, string | undefined>>): Read | undefined {
  if (groups['share'] !== undefined) return asRead(figureOrWords(groups['share']), true, true)
  if (groups['tenths'] !== undefined) {
    return asRead(readTenths(groups['tenths'], groups['more'] ?? ''), true, true)
  }
  if (groups['figure'] !== undefined) {
    const value = readFigure(groups['figure']) * readMagnitude(groups['unit'] ?? '')
    return asRead(roundNoise(value), groups['percent'] !== undefined, false)
  }
  return asRead(parseChineseNumerals(groups['words'] ?? ''), false, true)
}

function asRead(value: number | undefined, isPercent: boolean, inWords: boolean): Read | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : { value, isPercent, inWords }
}

function figureOrWords(written: string): number | undefined {
  return /[0-9０-９]/.test(written) ? readFigure(written) : parseChineseNumerals(written)
}

function readFigure(written: string): number {
  return Number(written.normalize('NFKC').replaceAll(',', ''))
}

function readTenths(tenths: string, more: string): number {
  const units = more === '半' ? 5 : more === '' ? 0 : (DIGIT_VALUES[more] ?? 0)
  return (DIGIT_VALUES[tenths] ?? Number(tenths)) * 10 + units
}

function readMagnitude(unit: string): number {
  return Array.from(
    unit,
    (character) => UNIT_VALUES[character] ?? MAGNITUDES[character] ?? 1,
  ).reduce((product, factor) => product * factor, 1)
}

/** 1.1 × 10,000 is 11000.000000000002 in binary floating point. */
function roundNoise(value: number): number {
  return Number(value.toPrecision(15))
}

function parseInteger(words: string): number | undefined {
  for (const [characters, magnitude] of MAGNITUDE_CHARACTERS) {
    const at = Math.max(...Array.from(characters, (character) => words.lastIndexOf(character)))
    if (at < 0) continue
    const above = at === 0 ? 1 : parseInteger(words.slice(0, at))
    const below = parseBelow(words.slice(at + 1), magnitude)
    return above === undefined || below === undefined ? undefined : above * magnitude + below
  }
  return parseSection(words)
}

/** What follows 万: nothing, a single digit of the next place (一万二 is 12000), or a number of its own. */
function parseBelow(words: string, magnitude: number): number | undefined {
  if (words === '') return 0
  const single = words.length === 1 ? DIGIT_VALUES[words] : undefined
  return single === undefined ? parseInteger(words) : (single * magnitude) / 10
}

/** Up to 9999: 三千零五十, 十五, 三百五 (350), or plain digits (二〇二五). */
function parseSection(words: string): number | undefined {
  const plain = digitString(words)
  if (plain !== undefined) return plain === '' ? undefined : Number(plain)
  const match = SECTION.exec(words)
  if (match === null) return undefined
  const [, thousands, hundreds, tens, zero, ones] = match
  const value = (digits: string | undefined, unit: number) =>
    digits === undefined ? 0 : (DIGIT_VALUES[digits.charAt(0)] ?? 1) * unit
  const place = tens ? 1 : hundreds ? 10 : thousands ? 100 : 1
  return (
    value(thousands, 1000) + value(hundreds, 100) + value(tens, 10) + value(ones, zero ? 1 : place)
  )
}

function digitString(words: string): string | undefined {
  const digits = Array.from(words, (character) => DIGIT_VALUES[character])
  return digits.some((digit) => digit === undefined) ? undefined : digits.join('')
}
