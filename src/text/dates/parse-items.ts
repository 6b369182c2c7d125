/**
 * Points in rows: ranges (3月1日至5月31日, 一至三季度, 即日起至12月31日) and lists whose parts share what
 * is said once (6月20日、11月20日前; 每周二、四; 3月、6月、9月底).
 */
import { lendFields } from './lend-fields.ts'
import { matchAt } from './match.ts'
import { parseClock } from './parse-clock.ts'
import { parsePoint } from './parse-point.ts'
import { readWeekday } from './parse-week.ts'
import type { Item, Parsed, Point } from './point.ts'

const BOTH_YEARS = /(?<first>今|去|前)(?<second>明|今)两?年/y
const BOTH_DAYS = /(?<first>[今明])(?<second>[明后])两?[天日]/y
const RANGE =
  /(?:\((?:含|包含|包括)[^()]{0,4}\))?(?<open>(?:之日|日)?(?:起|开始|始))?,?(?:一直|截止|持续|延续)?(?:-{1,2}|起?至(?!今)|到|直至|直到)/y
const LIST = /[、和及与或]|以及|或者/y
const BARE_WEEKDAY = /(?<day>[一二三四五六日天])(?![〇一二三四五六七八九十次年月个季])/y

/** One or more points at `at`. */
export function parseItems(text: string, at: number, inner = false): Parsed<Item[]> | undefined {
  const both = matchAt(BOTH_YEARS, text, at)
  if (both) return bothYears(both, at)
  const days = matchAt(BOTH_DAYS, text, at)
  if (days) return bothDays(days, at)
  const first = parseItem(text, at, undefined, inner)
  if (!first) return undefined
  const items = [first.value]
  let cursor = first.end
  for (;;) {
    const next = parseNext(text, cursor, lastPoint(items), inner)
    if (!next) break
    items.push(next.value)
    cursor = next.end
  }
  return { value: shareTail(items), end: cursor }
}

function bothYears(match: RegExpExecArray, start: number): Parsed<Item[]> {
  const shift = { 前: -2, 去: -1, 今: 0, 明: 1 }
  const year = (word: string | undefined): Point => ({
    year: { kind: 'shift', years: shift[word as keyof typeof shift] ?? 0 },
  })
  const end = start + match[0].length
  const from = year(match.groups?.['first'])
  const to = year(match.groups?.['second'])
  return { value: [{ kind: 'range', from, to, open: false, start, end }], end }
}

function bothDays(match: RegExpExecArray, start: number): Parsed<Item[]> {
  const day = (word: string | undefined): Point => ({
    day: { kind: 'shift', shift: '今明后'.indexOf(word ?? '今') },
  })
  const end = start + match[0].length
  const from = day(match.groups?.['first'])
  const to = day(match.groups?.['second'])
  return { value: [{ kind: 'range', from, to, open: false, start, end }], end }
}

function lastPoint(items: readonly Item[]): Point {
  const last = items.at(-1)
  if (!last) return {}
  return last.kind === 'point' ? last.point : last.to
}

function parseNext(
  text: string,
  at: number,
  lender: Point,
  inner: boolean,
): Parsed<Item> | undefined {
  const link = matchAt(LIST, text, at)
  if (!link && !lender.festival) return undefined
  const next = parseItem(text, at + (link?.[0].length ?? 0), lender, inner)
  if (!next || !isAlike(lender, lastPoint([next.value]))) return undefined
  return link || lastPoint([next.value]).festival ? next : undefined
}

/** Only like is listed with like: a day with days, a month with months. */
function isAlike(a: Point, b: Point): boolean {
  return fineness(a) === fineness(b)
}

function fineness(point: Point): string {
  if (point.clock) return 'clock'
  if (point.festival) return 'day'
  if (point.weekday) return 'weekday'
  if (point.day || point.nth || point.lunar?.day) return 'day'
  if (point.week) return 'week'
  if (point.month || point.lunar) return 'month'
  if (point.part) return point.year ? 'year' : 'month'
  return point.quarter || point.monthsUpTo ? 'quarter' : point.half ? 'half' : 'year'
}

function parseItem(
  text: string,
  start: number,
  lender: Point | undefined,
  inner: boolean,
): Parsed<Item> | undefined {
  const first = parseLent(text, start, lender, inner)
  if (!first) return undefined
  const link = matchAt(RANGE, text, first.end)
  const second = link
    ? parseRangeEnd(text, first.end + link[0].length, first.value, inner)
    : undefined
  if (!link || !second) {
    return { value: { kind: 'point', point: first.value, start, end: first.end }, end: first.end }
  }
  const open = link.groups?.['open'] !== undefined || /^起/.test(link[0])
  const { end } = second
  const to = inSameHalfDay(first.value, second.value)
  return { value: { kind: 'range', from: first.value, to, open, start, end }, end }
}

/** 下午2:30—4:30: the second hour is in the afternoon too. */
function inSameHalfDay(from: Point, to: Point): Point {
  const isSameDay = from.day === to.day && from.weekday === to.weekday
  if (!from.clock || !to.clock || !isSameDay) return to
  const { hour, minute } = to.clock
  const isEarlier = hour < from.clock.hour && from.clock.hour > 12 && hour + 12 >= from.clock.hour
  return isEarlier ? { ...to, clock: { hour: hour + 12, minute } } : to
}

function parseRangeEnd(
  text: string,
  at: number,
  from: Point,
  inner: boolean,
): Parsed<Point> | undefined {
  const point = parseLent(text, at, from, inner)
  if (point) return point
  if (!from.clock) return undefined
  const clock = parseClock(text, at)
  return clock ? { value: { ...from, ...clock.value }, end: clock.end } : undefined
}

function parseLent(
  text: string,
  at: number,
  lender: Point | undefined,
  inner: boolean,
): Parsed<Point> | undefined {
  if (lender?.weekday !== undefined) {
    const bare = matchAt(BARE_WEEKDAY, text, at)
    if (bare) {
      const weekday = readWeekday(bare.groups?.['day'] ?? '')
      return { value: lendFields(lender, { weekday }), end: at + 1 }
    }
  }
  const point = parsePoint(
    text,
    at,
    inner || lender?.month !== undefined || lender?.day !== undefined,
  )
  if (!point || !lender) return point
  return { value: lendFields(lender, point.value), end: point.end }
}

/** 3月、6月、9月底: what the last one says of its month holds for all. */
function shareTail(items: readonly Item[]): Item[] {
  const last = items.at(-1)
  const part = last?.kind === 'point' ? last.point.part : undefined
  if (part !== 'end' || items.length === 1) return [...items]
  return items.map((item) =>
    item.kind === 'point' && item.point.month && fineness(item.point) === 'month'
      ? { ...item, point: { ...item.point, part: item.point.part ?? part } }
      : item,
  )
}
