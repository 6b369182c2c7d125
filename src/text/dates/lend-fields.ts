/** What the parts of a list or a range lend one another: 2025年3月至5月, 6月20日、30日, 下周三、周四. */
import type { Point } from './point.ts'

/** Coarse to fine; a point takes from its neighbour what is coarser than its own coarsest field. */
const LEVELS: readonly (readonly (keyof Point)[])[] = [
  ['year'],
  ['half', 'quarter', 'monthsUpTo', 'lunar', 'festival', 'month', 'week'],
  ['part', 'nth', 'weekday', 'day'],
  ['clock', 'dayPart'],
]

/** `point` completed with what it leaves out and `lender`, its neighbour before it, says. */
export function lendFields(lender: Point, point: Point): Point {
  if (standsForItself(point)) return point
  const own = point.bare ? withoutImplied(point) : point
  const coarsest = LEVELS.findIndex((fields) => fields.some((field) => own[field] !== undefined))
  const lent = LEVELS.slice(0, Math.max(coarsest, 0)).flatMap((fields) =>
    fields.filter((field) => isLendable(field, own)),
  )
  const borrowed = Object.fromEntries(
    lent.flatMap((field) => (lender[field] === undefined ? [] : [[field, lender[field]]])),
  )
  return Object.keys(borrowed).length > 0 || !point.bare ? { ...borrowed, ...own } : point
}

/** Relative to the reference day by its own words: 明天, 下月, 今年. */
function standsForItself(point: Point): boolean {
  const isRelative =
    point.day?.kind === 'shift' ||
    point.week?.kind === 'shift' ||
    point.month?.kind === 'shift' ||
    point.quarter?.kind === 'shift'
  return point.now === true || (isRelative && !point.bare)
}

function withoutImplied(point: Point): Point {
  const { year, month, quarter, ...rest } = point
  const keep = {
    ...(year?.kind === 'absolute' ? { year } : {}),
    ...(month?.kind === 'number' ? { month } : {}),
    ...(quarter?.kind === 'number' ? { quarter } : {}),
  }
  return { ...rest, ...keep }
}

/** A weekday borrows a week, a day or a part borrows a month; not the other way round. */
function isLendable(field: keyof Point, point: Point): boolean {
  if (field === 'week') return point.weekday !== undefined
  if (field === 'part' || field === 'nth') return false
  if (point.weekday !== undefined) return false
  return true
}
