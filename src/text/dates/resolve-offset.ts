/** Days counted from a day or an event: 国庆节前一周, 收到通知后5个工作日内. */
import { moveBy } from './add-length.ts'
import type { DateValue } from './expression.ts'
import type { EventAnchor, Phrase, Point } from './point.ts'
import { type ResolvedPoint, type Resolver, resolvePoint } from './resolve-point.ts'
import { impossible, type ResolvedItem } from './resolved-item.ts'

export function resolveOffset(
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
  if (anchor.kind === 'invalid') return impossible()
  const sign = phrase.side === 'after' ? 1 : -1
  const origin = sign > 0 ? anchor.to : anchor.from
  const moved = moveBy(origin, phrase.length, sign, resolver.calendar)
  const assumptions = [
    ...anchor.assumptions,
    ...(moved.estimated ? ['放假安排尚未公布，工作日按法定节日推定'] : []),
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
