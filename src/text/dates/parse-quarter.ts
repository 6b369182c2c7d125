/** Half-years and quarters: 上半年, 第三季度, 一至三季度, 前三季度, 本季度. */
import { matchAt, readNumeral } from './match.ts'
import { BETWEEN } from './parse-year.ts'
import type { Parsed, Point } from './point.ts'

const HALF = /(?<which>[上下前后])半年度?/y
const QUARTER = new RegExp(
  `第?(?:(?<n>[一二三四1-4])(?:季(?:度(?!过(?!后|半))|(?=[末底初](?!中)))|(?=(?:${BETWEEN}?第?[一二三四1-4])+季度))|[Qq](?<q>[1-4])(?!\\w))`,
  'y',
)
const QUARTER_WORD = /季[度末底初]|[Qq]/
const UP_TO = /前(?<n>[一二两三23])个?季度/y
/** 2025年前七个月. */
const MONTHS_UP_TO = /前(?<n>1[01]|[2-9]|十一?|[两二三四五六七八九])个?月(?!内)/y
/** Without a year, only what is done in that time tells it from 此前三个月, three months before. */
const MONTHS_OF_YEAR =
  /(?<![之以此日月年节会])前(?<n>1[01]|[4-9]|十一?|[四五六七八九])个月(?=[,，]|累计|共|收|完成|全|工会|新|实现|经费|我|组织|开展|发展)/y
const RELATIVE = /(?<shift>本|当|这一?个?|上一?个?|下一?个?)季(?:度|(?=末|底|初))|(?<first>首)季度/y

/** A half-year or a quarter at `at`. */
export function parseQuarter(text: string, at: number, before: Point): Parsed<Point> | undefined {
  const half = matchAt(HALF, text, at)
  if (half) {
    const number = /[上前]/.test(half.groups?.['which'] ?? '') ? 1 : 2
    return { value: { half: { kind: 'number', number } }, end: at + half[0].length }
  }
  const upTo = matchAt(UP_TO, text, at)
  if (upTo) {
    const number = readNumeral(upTo.groups?.['n'])
    return { value: { monthsUpTo: 3 * number }, end: at + upTo[0].length }
  }
  const firstMonths = matchAt(before.year ? MONTHS_UP_TO : MONTHS_OF_YEAR, text, at)
  if (firstMonths) {
    const number = readNumeral(firstMonths.groups?.['n'])
    return { value: { monthsUpTo: number }, end: at + firstMonths[0].length }
  }
  return parseNumbered(text, at) ?? parseRelative(text, at)
}

function parseNumbered(text: string, at: number): Parsed<Point> | undefined {
  const match = matchAt(QUARTER, text, at)
  if (!match) return undefined
  const end = at + match[0].length
  const isPlain = match[0].startsWith('第') || QUARTER_WORD.test(text.slice(at, end + 8))
  if (!isPlain) return undefined
  const number = readNumeral(match.groups?.['n'] ?? match.groups?.['q'])
  return { value: { quarter: { kind: 'number', number } }, end }
}

function parseRelative(text: string, at: number): Parsed<Point> | undefined {
  const match = matchAt(RELATIVE, text, at)
  if (!match) return undefined
  const end = at + match[0].length
  if (match.groups?.['first']) return { value: { quarter: { kind: 'number', number: 1 } }, end }
  const word = match.groups?.['shift'] ?? ''
  const shift = word.startsWith('上') ? -1 : word.startsWith('下') ? 1 : 0
  return { value: { quarter: { kind: 'shift', shift } }, end }
}
