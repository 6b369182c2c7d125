/** An expression in the printed form of `dates parse` and of the evaluation files. */
import type { DateExpression, DateValue } from './expression.ts'

export interface PrintedDate {
  readonly offset: number
  readonly text: string
  readonly type: string
  readonly [field: string]: unknown
}

/** `type` and its fields as README-dates.md names them; a fuzzy period is an `interval` marked `fuzzy`. */
export function toWant({ offset, text, value, basis }: DateExpression): PrintedDate {
  const assumed = basis.assumptions.length > 0 ? { assumptions: basis.assumptions } : {}
  return { offset, text, ...fieldsOf(value), ...assumed }
}

function fieldsOf(value: DateValue): { readonly type: string; readonly [field: string]: unknown } {
  switch (value.kind) {
    case 'due':
      return { type: 'due', due: value.on.toString(), ...timeOf(value.time) }
    case 'date':
      return { type: 'date', date: value.on.toString() }
    case 'datetime':
      return { type: 'datetime', at: minutes(value.at) }
    case 'interval':
      return { type: 'interval', start: value.from.toString(), end: value.to.toString() }
    case 'covers':
      return {
        type: 'interval',
        start: value.from.toString(),
        end: value.to.toString(),
        fuzzy: true,
      }
    case 'dtinterval':
      return { type: 'dtinterval', start: minutes(value.from), end: minutes(value.to) }
    case 'since':
      return { type: 'since', start: value.from.toString() }
    case 'recur':
      return {
        type: 'recur',
        rrule: value.rrule,
        period: value.period,
        next: value.next.map(String),
        ...timeOf(value.time),
      }
    case 'vague':
      return { type: 'vague', ...(value.event ? { event: value.event } : {}) }
    case 'invalid':
      return { type: 'invalid' }
  }
}

function minutes(at: Temporal.PlainDateTime): string {
  return at.toString({ smallestUnit: 'minute' })
}

function timeOf(time: Temporal.PlainTime | undefined) {
  return time ? { time: time.toString({ smallestUnit: 'minute' }) } : {}
}
