/** Years: 2025年, 二〇二五年, 26年底, 今年, 次年, 全年, 「十四五」末. */
import { HAN, matchAt, readNumeral } from './match.ts'
import type { Parsed, Point, YearRef } from './point.ts'

/** What may stand between two figures that share the unit after the last one: 2024—2026年. */
export const BETWEEN = '(?:-{1,2}|至|到|、|和|及|与|或)'
/** What must follow a year of two digits, so that 26年 is not a length of time. */
const GOES_ON = `(?=度(?!过)|年?[底末初]|的?(?:\\d{1,2}|${HAN}{1,2})月|[上下]半|第?[一二三四1-4]季|全年|元旦|春节|国庆|五一)`

const YEAR = new RegExp(
  [
    '(?<four>(?:19|20)\\d{2})',
    '(?<han>[一二][〇一二三四五六七八九]{3})',
    `(?<two>(?:[〇0][〇一二三四五六七八九\\d]|(?:\\d{2}|[一二三四五六七八九][〇一二三四五六七八九])(?=年${GOES_ON})))`,
  ].join('|'),
  'y',
)
const YEAR_UNIT = /年(?!级|产|生|龄|轻|货|味|来|均|以上|以下)(?:度(?!假|过)|份)?/y
const SHARED_UNIT = new RegExp(`(?=(?:年?${BETWEEN}(?:19|20)\\d{2})+年)`, 'y')

const RELATIVE: readonly (readonly [string, number])[] = [
  ['大前年', -3],
  ['前年(?!度|级)', -2],
  ['去年|上一?年度|(?<!以)上年(?!纪|限|度)|上一年', -1],
  ['今年|(?<![基日资成])本年度?|当年度?(?!的)|这一?年(?!来|间)|全年(?!龄)', 0],
  ['明年|来年|下一?年度|(?<!以)下年(?!度|限)|下一年', 1],
  ['(?<![今以此往最])后年(?!度)', 2],
]
const RELATIVES = RELATIVE.map(
  ([pattern, years]) => [new RegExp(`(?:${pattern})`, 'y'), years] as const,
)
/** Asked first: few dates begin with such a word. */
const ANY_RELATIVE = new RegExp(RELATIVE.map(([pattern]) => pattern).join('|'), 'y')
const FOLLOWING = /次年度?|翌年|转年/y
const PLAN =
  /(?<m>十[一二三四五六七八九])五(?<last>开局之年|收官之年)|(?<n>十[一二三四五六七八九])五(?:规划)?(?<year>头一年|最后一年)?(?=期?末|时期|期间|期内|开局|收官|头|最后|以来|之年|中后?期|前|起|,|$)/y
const PLAN_WORDS = /(?:时期|期间|期内|期)(?!末)/y

/** A year at `at`. */
export function parseYear(text: string, at: number): Parsed<Pick<Point, 'year'>> | undefined {
  return parseWritten(text, at) ?? parseRelative(text, at) ?? parsePlan(text, at)
}

function parseWritten(text: string, at: number): Parsed<Pick<Point, 'year'>> | undefined {
  const match = matchAt(YEAR, text, at)
  if (!match) return undefined
  const after = at + match[0].length
  const unit = matchAt(YEAR_UNIT, text, after)
  if (!unit && !(match.groups?.['four'] && matchAt(SHARED_UNIT, text, after))) return undefined
  const number = readNumeral(match[0])
  const year = match.groups?.['two'] ? 2000 + readTwo(match[0]) : number
  return absolute(year, after + (unit?.[0].length ?? 0))
}

function readTwo(written: string): number {
  const digits = Array.from(written, (digit) => readNumeral(digit))
  return (digits[0] ?? 0) * 10 + (digits[1] ?? 0)
}

function absolute(year: number, end: number): Parsed<Pick<Point, 'year'>> {
  return { value: { year: { kind: 'absolute', year } }, end }
}

function parseRelative(text: string, at: number): Parsed<Pick<Point, 'year'>> | undefined {
  const following = matchAt(FOLLOWING, text, at)
  if (following) {
    const year: YearRef = { kind: 'shift', years: 1, following: true }
    return { value: { year }, end: at + following[0].length }
  }
  if (!matchAt(ANY_RELATIVE, text, at)) return undefined
  for (const [pattern, years] of RELATIVES) {
    const match = matchAt(pattern, text, at)
    if (match) return { value: { year: { kind: 'shift', years } }, end: at + match[0].length }
  }
  return undefined
}

function parsePlan(text: string, at: number): Parsed<Pick<Point, 'year'>> | undefined {
  const match = matchAt(PLAN, text, at)
  if (!match) return undefined
  const ordinal = readNumeral(match.groups?.['n'] ?? match.groups?.['m'])
  const named = match.groups?.['year'] ?? match.groups?.['last']
  const year: YearRef = {
    kind: 'plan',
    ordinal,
    ...(named ? { year: /开局|头/.test(named) ? 1 : 5 } : {}),
  }
  const after = at + match[0].length
  const words = matchAt(PLAN_WORDS, text, after)
  return { value: { year }, end: after + (words?.[0].length ?? 0) }
}
