/** From a {@link Phrase} to dated values: one for each item of a list. */
import { moveBy } from './add-length.ts'
import type { DateBasis, DateValue } from './expression.ts'
import type { EventAnchor, Item, Phrase, Point, Relation } from './point.ts'
import { type Days, type ResolvedPoint, type Resolver, resolvePoint } from './resolve-point.ts'
import { resolveRecurrence } from './resolve-recurrence.ts'

export interface ResolvedItem {
  readonly value: DateValue
  readonly basis: DateBasis
  /** Range of the item in the normalised text; absent when it is the whole phrase. */
  readonly start?: number
  readonly end?: number
}

/** Days on either side that 左右 and 前后 allow. */
const AROUND_DAYS = 3
const AROUND_FESTIVAL_DAYS = 7
/** 前夕: the week before. */
const EVE_DAYS = 7

/** The values of a phrase. */
export function resolvePhrase(phrase: Phrase, resolver: Resolver): ResolvedItem[] {
  switch (phrase.kind) {
    case 'vague':
      return [{ value: { kind: 'vague' }, basis: { rule: '模糊时间', assumptions: [] } }]
    case 'recurrence':
      return [resolveRecurrence(phrase.recurrence, resolver)]
    case 'offset':
      return [resolveOffset(phrase, resolver)]
    case 'items':
      return resolveItems(phrase, resolver)
  }
}

function resolveItems(
  phrase: Extract<Phrase, { kind: 'items' }>,
  resolver: Resolver,
): ResolvedItem[] {
  const weekly = asWeekly(phrase)
  if (weekly) return [resolveRecurrence(weekly, resolver)]
  const festivals = phrase.relation === 'during' ? spanFestivals(phrase.items, resolver) : undefined
  if (festivals) return [festivals]
  return phrase.items.flatMap((item) => {
    const resolved =
      item.kind === 'range'
        ? resolveRange(item, phrase.relation, resolver)
        : [resolveSingle(item.point, phrase.relation, phrase.asOf === true, resolver)]
    return phrase.items.length > 1
      ? resolved.map((one) => ({ start: item.start, end: item.end, ...one }))
      : resolved
  })
}

/** 周一至周五 without a week is every week. */
function asWeekly({ items, relation }: Extract<Phrase, { kind: 'items' }>) {
  const [item] = items
  if (items.length !== 1 || item?.kind !== 'range' || relation !== 'at') return undefined
  const { from, to } = item
  if (from.week || from.weekday === undefined || to.weekday === undefined) return undefined
  const count = ((7 + to.weekday - from.weekday) % 7) + 1
  const first = from.weekday
  return {
    every: 1,
    unit: 'week' as const,
    relation,
    items: Array.from(
      { length: count },
      (_, index): Item => ({
        kind: 'point',
        point: { weekday: ((first - 1 + index) % 7) + 1 },
        start: item.start,
        end: item.end,
      }),
    ),
  }
}

/** 元旦春节期间: one stretch from the first holiday to the last. */
function spanFestivals(items: readonly Item[], resolver: Resolver): ResolvedItem | undefined {
  const points = items.flatMap((item) =>
    item.kind === 'point' && item.point.festival ? [item.point] : [],
  )
  if (points.length < 2 || points.length !== items.length) return undefined
  const days = points
    .map((point) => resolvePoint({ ...point, holiday: true }, resolver))
    .flatMap((resolved) => (resolved.kind === 'days' ? [resolved] : []))
    .toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))
  const [first] = days
  const last = days.at(-1)
  if (!first || !last) return undefined
  return {
    value: { kind: 'covers', from: first.from, to: last.to },
    basis: { rule: '节日期间', assumptions: first.assumptions },
  }
}

function resolveSingle(
  point: Point,
  relation: Relation,
  asOf: boolean,
  resolver: Resolver,
): ResolvedItem {
  const isHoliday = relation === 'during' && point.festival !== undefined
  const looking = { ...resolver, role: roleOf(relation, asOf, resolver.role) }
  const resolved = resolvePoint(isHoliday ? { ...point, holiday: true } : point, looking)
  if (resolved.kind === 'invalid') return invalid()
  const assumptions = [...resolved.assumptions, ...estimated(point, resolved, resolver)]
  const basis = { rule: asOf ? '截至' : RULES[relation], assumptions }
  return { value: relate(point, relation, resolved, resolver), basis }
}

/** 以来 and 截至 look back whatever the text is; a limit looks forward even in a report. */
function roleOf(
  relation: Relation,
  asOf: boolean,
  role: Resolver['role'],
): NonNullable<Resolver['role']> {
  if (relation === 'so-far') return 'past'
  if (asOf) return 'narrative'
  return relation === 'until' || relation === 'before' ? 'deadline' : (role ?? 'deadline')
}

const RULES: Readonly<Record<Relation, string>> = {
  at: '日期',
  until: '截止',
  before: '截止(不含)',
  since: '起始',
  'so-far': '以来',
  effective: '施行日期',
  after: '之后',
  around: '前后',
  eve: '前夕',
  during: '期间',
}

function invalid(): ResolvedItem {
  return { value: { kind: 'invalid' }, basis: { rule: '日期不存在', assumptions: [] } }
}

function estimated(point: Point, days: Days, { calendar }: Resolver): string[] {
  const usesCalendar = point.holiday || point.nth?.of === 'working-day'
  return usesCalendar && calendar.isEstimated(days.to) ? ['放假安排尚未公布,按法定节日推定'] : []
}

function relate(point: Point, relation: Relation, days: Days, resolver: Resolver): DateValue {
  switch (relation) {
    case 'until':
      return due(point, point.festival ? dayBefore(days.from) : days.to)
    case 'before':
      return due(point, dayBefore(days.from))
    case 'since':
    case 'so-far':
      return { kind: 'since', from: days.from }
    case 'effective':
      return days.from.equals(days.to)
        ? { kind: 'date', on: days.from }
        : { kind: 'since', from: days.from }
    case 'after':
      return { kind: 'since', from: after(point, days, resolver) }
    case 'around':
      return around(point, days)
    case 'eve':
      return {
        kind: 'covers',
        from: days.from.subtract({ days: EVE_DAYS }),
        to: dayBefore(days.from),
      }
    case 'during':
      return point.festival ? { ...days, kind: 'covers' } : plain(point, days)
    case 'at':
      return plain(point, days)
  }
}

function dayBefore(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: 1 })
}

/** 3月10日后 begins on the 10th; after a month or a year, on the day after it; after a festival, after its days off. */
function after(point: Point, days: Days, { calendar }: Resolver): Temporal.PlainDate {
  if (point.festival) {
    const holiday = calendar.holidayOn(days.to)
    return (holiday?.to ?? days.to).add({ days: 1 })
  }
  return days.from.equals(days.to) && point.part !== 'end' ? days.from : days.to.add({ days: 1 })
}

function around(point: Point, days: Days): DateValue {
  if (point.clock) return plain(point, days)
  if (!days.from.equals(days.to)) return { kind: 'covers', from: days.from, to: days.to }
  const margin = { days: point.festival ? AROUND_FESTIVAL_DAYS : AROUND_DAYS }
  return { kind: 'covers', from: days.from.subtract(margin), to: days.to.add(margin) }
}

function due(point: Point, on: Temporal.PlainDate): DateValue {
  const time = point.clock && point.clock.hour < 24 ? { time: plainTime(point.clock) } : {}
  return { kind: 'due', on, ...time }
}

function plainTime({ hour, minute }: { readonly hour: number; readonly minute: number }) {
  return Temporal.PlainTime.from({ hour, minute })
}

/** 24时 is midnight at the day's end. */
function moment(day: Temporal.PlainDate, clock: NonNullable<Point['clock']>) {
  if (clock.hour === 24) return day.add({ days: 1 }).toPlainDateTime()
  return day.toPlainDateTime(plainTime(clock))
}

function plain(point: Point, days: Days): DateValue {
  if (point.clock) return { kind: 'datetime', at: moment(days.to, point.clock) }
  if (point.part === 'end') return { kind: 'due', on: days.to }
  if (point.bare && !point.part && !point.nth) return { kind: 'due', on: days.to }
  if (point.part === 'start' || point.part === 'middle' || isLooseWeek(point)) {
    return { kind: 'covers', from: days.from, to: days.to }
  }
  return days.from.equals(days.to)
    ? { kind: 'date', on: days.from }
    : { kind: 'interval', from: days.from, to: days.to }
}

/** 3月第二周: people count such weeks differently. */
function isLooseWeek(point: Point): boolean {
  return point.nth?.of === 'week'
}

function resolveRange(
  item: Extract<Item, { kind: 'range' }>,
  relation: Relation,
  resolver: Resolver,
): ResolvedItem[] {
  const first = resolvePoint(item.from, resolver)
  if (first.kind === 'invalid') return [invalid()]
  const second = resolveEnd(item, first, resolver)
  if (second.kind === 'invalid') return [invalid()]
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

function resolveOffset(
  phrase: Extract<Phrase, { kind: 'offset' }>,
  resolver: Resolver,
): ResolvedItem {
  const anchor = resolveAnchor(phrase.anchor, resolver)
  if (!anchor) {
    const event = 'event' in phrase.anchor ? phrase.anchor.event : ''
    return {
      value: { kind: 'vague', event },
      basis: { rule: '自某事起算', assumptions: [`「${event}」的日期文中没有`] },
    }
  }
  if (anchor.kind === 'invalid') return invalid()
  const sign = phrase.side === 'after' ? 1 : -1
  const origin = sign > 0 ? anchor.to : anchor.from
  const moved = moveBy(origin, phrase.length, sign, resolver.calendar)
  const assumptions = [
    ...anchor.assumptions,
    ...(moved.estimated ? ['放假安排尚未公布,工作日按法定节日推定'] : []),
  ]
  return {
    value: shape(phrase.shape, origin, moved.on, sign),
    basis: { rule: '时长', assumptions },
  }
}

function shape(
  kind: 'limit' | 'span' | 'day',
  origin: Temporal.PlainDate,
  on: Temporal.PlainDate,
  sign: number,
): DateValue {
  if (kind === 'limit') return { kind: 'due', on }
  if (kind === 'day') return { kind: 'date', on }
  const next = origin.add({ days: sign })
  return sign > 0
    ? { kind: 'interval', from: next, to: on }
    : { kind: 'interval', from: on, to: next }
}

function resolveAnchor(anchor: Point | EventAnchor, resolver: Resolver): ResolvedPoint | undefined {
  if (!('event' in anchor)) return resolvePoint(anchor, resolver)
  const known = Object.entries(resolver.eventDates ?? {}).find(([name]) =>
    anchor.event.includes(name),
  )
  if (known) return { kind: 'days', from: known[1], to: known[1], assumptions: [] }
  if (!anchor.own) return undefined
  const { today } = resolver
  const assumption = `「${anchor.event}」按文件或消息的日期${today.toString()}起算`
  return { kind: 'days', from: today, to: today, assumptions: [assumption] }
}
