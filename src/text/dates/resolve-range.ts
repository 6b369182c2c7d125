/** From one point to another: 3月1日至5月31日, 12月20日至次年1月20日. */
import type { Days } from './period-days.ts'
import type { Item, Point, Relation } from './point.ts'
import { type ResolvedPoint, type Resolver, resolvePoint } from './resolve-point.ts'
import { impossible, moment, type ResolvedItem } from './resolved-item.ts'

export function resolveRange(
  item: Extract<Item, { kind: 'range' }>,
  relation: Relation,
  resolver: Resolver,
): ResolvedItem[] {
  const first = resolvePoint(item.from, resolver)
  if (first.kind === 'invalid') return [impossible()]
  const second = resolveEnd(item, first, resolver)
  if (second.kind === 'invalid') return [impossible()]
  const assumptions = [...new Set([...first.assumptions, ...second.assumptions])]
  if (item.open && relation === 'until' && !item.from.now) {
    return [
      { value: { kind: 'since', from: first.from }, basis: { rule: '起始', assumptions } },
      { value: { kind: 'due', on: second.to }, basis: { rule: '截止', assumptions } },
    ]
  }
  const basis = { rule: '起止', assumptions }
  if (item.from.clock && item.to.clock) {
    const from = moment(first.from, item.from.clock)
    return [{ value: { kind: 'dtinterval', from, to: moment(second.to, item.to.clock) }, basis }]
  }
  const kind = relation === 'around' ? 'covers' : 'interval'
  return [{ value: { kind, from: first.from, to: second.to }, basis }]
}

/** The end of a range lies after its beginning: without a year of its own it may be next year's. */
function resolveEnd(
  { from, to }: Extract<Item, { kind: 'range' }>,
  first: Days,
  resolver: Resolver,
): ResolvedPoint {
  const fromStart = { ...resolver, today: first.from }
  const isFollowing = to.year?.kind === 'shift' && to.year.following === true
  if (isFollowing || (!to.year && !standsAlone(to))) {
    const { planYear, ...free } = fromStart
    return resolvePoint(to, { ...free, role: 'deadline' })
  }
  const resolved = resolvePoint(to, resolver)
  if (resolved.kind === 'invalid' || !isBefore(resolved.to, first.from)) return resolved
  const isLent = to.year !== undefined && to.year === from.year
  return isLent ? resolvePoint(withYear(to, first.from.year + 1), resolver) : resolved
}

function standsAlone(point: Point): boolean {
  return [point.day, point.month, point.week, point.quarter].some((part) => part?.kind === 'shift')
}

function withYear(point: Point, year: number): Point {
  return { ...point, year: { kind: 'absolute', year } }
}

function isBefore(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) < 0
}
