/** Months: 3月, 十一月份, 3—5月, 本月, 下下个月, and 首月 / 末月 / 第二个月 of a quarter. */
import { matchAt, readNumeral } from './match.ts'
import { BETWEEN } from './parse-year.ts'
import type { NumberRef, Parsed, Point } from './point.ts'

const FIGURES = '\\d{1,2}'
const WORDS = '(?:十[一二三四五]?|[一二三四五六七八九])'
const NUMBER = `(?:${FIGURES}|${WORDS})`
/** 3、6月 in one script: in 「二、4月」 the 二 numbers a paragraph. */
const SHARES_UNIT = [FIGURES, WORDS]
  .map((number) => `(?<=${number})(?=(?:月?${BETWEEN}${number})+月)`)
  .join('|')
const MONTH = new RegExp(
  `(?:(?<n>${NUMBER})(?:月份?(?![饼嫂亮球龄]|一[主题评报训课会讲])|${SHARES_UNIT})|元月份?)`,
  'y',
)
const RELATIVE: readonly (readonly [RegExp, number])[] = [
  [/上上个?月份?/y, -2],
  [/(?<!以)上个?月份?/y, -1],
  [/(?<![日基资])本月份?|当月份?|这个?月份?/y, 0],
  [/(?<!以)下个?月份?|次月|翌月/y, 1],
  [/下下个?月份?/y, 2],
]
const ORDINAL = /首个?月|头一?个月|末月|最后一?个月|第(?<n>[一二三四五六1-6])个?月(?!份?[前内])/y
const BARE = /(?<![\d〇一二两三四五六七八九十个每几半])月(?=以?内(?!容|部(?!署)))/y

/** A month at `at`. */
export function parseMonth(
  text: string,
  at: number,
  before: Point,
  inner: boolean,
): Parsed<Point> | undefined {
  const match = matchAt(MONTH, text, at)
  if (match) {
    const number = match[0].startsWith('元') ? 1 : readNumeral(match.groups?.['n'])
    return month({ kind: 'number', number }, at + match[0].length)
  }
  if (inner || before.quarter || before.half) {
    const ordinal = matchAt(ORDINAL, text, at)
    if (ordinal) return month(readOrdinal(ordinal), at + ordinal[0].length)
  }
  return parseRelative(text, at)
}

function readOrdinal(match: RegExpExecArray): NumberRef {
  const isLast = /^[末最]/.test(match[0])
  const written = match.groups?.['n']
  return { kind: 'ordinal', ordinal: isLast ? -1 : written ? readNumeral(written) : 1 }
}

function parseRelative(text: string, at: number): Parsed<Point> | undefined {
  for (const [pattern, shift] of RELATIVE.toReversed()) {
    const match = matchAt(pattern, text, at)
    if (match) return month({ kind: 'shift', shift }, at + match[0].length)
  }
  const bare = matchAt(BARE, text, at)
  return bare ? month({ kind: 'shift', shift: 0 }, at + 1) : undefined
}

function month(reference: NumberRef, end: number): Parsed<Point> {
  return { value: { month: reference }, end }
}
