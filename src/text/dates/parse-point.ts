/**
 * One point or period: 2025年一季度末, 明年3月上旬, 下周五下午三点, 腊月二十三, 每…首月10日's 首月10日.
 *
 * A chain of stages from the coarse to the fine; each reads what it knows at the cursor, given what the
 * stages before it found.
 */
import { matchAt, skip } from './match.ts'
import { parseClock } from './parse-clock.ts'
import { parseDay } from './parse-day.ts'
import { parseFestival } from './parse-festival.ts'
import { parseMonth } from './parse-month.ts'
import { parsePart } from './parse-part.ts'
import { parseQuarter } from './parse-quarter.ts'
import { parseWeek } from './parse-week.ts'
import { parseWrittenDate } from './parse-written-date.ts'
import { parseYear } from './parse-year.ts'
import type { Parsed, Point } from './point.ts'

/** Reads fields at `at`, knowing what was read before. `inner`: inside 每月…, where 首月 or 5日 stand alone. */
export type Stage = (
  text: string,
  at: number,
  before: Point,
  inner: boolean,
) => Parsed<Point> | undefined

const STAGES: readonly Stage[] = [
  parseYear,
  parseQuarter,
  (text, at, before) => (before.quarter ? undefined : parseFestival(text, at)),
  (text, at, before, inner) =>
    before.festival || before.lunar ? undefined : parseMonth(text, at, before, inner),
  parseWeek,
  parseDay,
  parsePart,
  (text, at, before, inner) =>
    before.bare && !before.part ? parseDay(text, at, before, inner) : undefined,
]

const JOINER = /的(?=[\d〇一二三四五六七八九十第上下本当首末最每元春国腊正周星])/y
const WEEKDAY_NOTE = /\((?:即)?(?:本|这|下)?(?:周|星期|礼拜)[一二三四五六日天]\)/y
const BEFORE_CLOCK = /(?:当[天日])?[ T]?/y
const NOW = /即日(?!开票)|即刻/y

/** A point at `at`, or undefined when nothing there is a time. */
export function parsePoint(text: string, at: number, inner = false): Parsed<Point> | undefined {
  const now = matchAt(NOW, text, at)
  if (now) return { value: { now: true }, end: at + now[0].length }
  const day = parseWrittenDate(text, at) ?? runStages(text, at, inner)
  if (!day) return undefined
  const noted = parseNote(text, day)
  const clock = parseClock(text, skip(BEFORE_CLOCK, text, noted.end))
  if (!clock || !isDay(noted.value)) return noted
  return { value: { ...noted.value, ...clock.value }, end: clock.end }
}

/** 3月5日(星期三), 周三(3月5日): the figure counts. */
function parseNote(text: string, day: Parsed<Point>): Parsed<Point> {
  if (day.value.weekday === undefined || day.value.week || text.charAt(day.end) !== '(') {
    return { value: day.value, end: skip(WEEKDAY_NOTE, text, day.end) }
  }
  const inside = parseWrittenDate(text, day.end + 1) ?? runStages(text, day.end + 1, true)
  const isClosed = inside && text.charAt(inside.end) === ')'
  return isClosed && inside.value.day ? { value: inside.value, end: inside.end + 1 } : day
}

/** Whether an hour can follow: the point is one day. */
function isDay(point: Point): boolean {
  return (
    point.day !== undefined ||
    point.weekday !== undefined ||
    point.nth !== undefined ||
    point.lunar !== undefined ||
    point.festival !== undefined ||
    point.part === 'end'
  )
}

function runStages(text: string, at: number, inner: boolean): Parsed<Point> | undefined {
  let point: Point = {}
  let cursor = at
  for (const stage of STAGES) {
    const start = cursor > at ? skip(JOINER, text, cursor) : cursor
    const step = stage(text, start, point, inner)
    if (!step) continue
    point = { ...point, ...step.value }
    cursor = step.end
  }
  return cursor > at ? { value: point, end: cursor } : undefined
}
