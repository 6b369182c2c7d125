/** From a {@link Phrase} to dated values: one for each item of a list. */
import type { DateValue } from './expression.ts'
import type { Days } from './period-days.ts'
import type { Item, Phrase, Point, Relation } from './point.ts'
import { resolveOffset } from './resolve-offset.ts'
import { type Resolver, resolvePoint } from './resolve-point.ts'
import { resolveRange } from './resolve-range.ts'
import { resolveRecurrence } from './resolve-recurrence.ts'
import { impossible, moment, plainTime, type ResolvedItem } from './resolved-item.ts'

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
  if (resolved.kind === 'invalid') return impossible()
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

function estimated(point: Point, days: Days, { calendar }: Resolver): string[] {
  const usesCalendar = point.holiday || point.nth?.of === 'working-day'
  return usesCalendar && calendar.isEstimated(days.to) ? ['放假安排尚未公布，按法定节日推定'] : []
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
