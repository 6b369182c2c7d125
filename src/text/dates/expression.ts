/** A date expression of a text as it was understood. */
import type { WorkCalendar } from '../working-days.ts'

export type DateValue =
  /** A limit; `on` is the last day on time. */
  | { readonly kind: 'due'; readonly on: Temporal.PlainDate; readonly time?: Temporal.PlainTime }
  | { readonly kind: 'date'; readonly on: Temporal.PlainDate }
  | { readonly kind: 'datetime'; readonly at: Temporal.PlainDateTime }
  /** Both days included. */
  | {
      readonly kind: 'interval'
      readonly from: Temporal.PlainDate
      readonly to: Temporal.PlainDate
    }
  | {
      readonly kind: 'dtinterval'
      readonly from: Temporal.PlainDateTime
      readonly to: Temporal.PlainDateTime
    }
  /** Open at its end. */
  | { readonly kind: 'since'; readonly from: Temporal.PlainDate }
  /** Fuzzy words (五一前后): an interval that certainly holds the day meant. */
  | { readonly kind: 'covers'; readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate }
  | RecurringValue
  /** A time word that gives no day: 近期, 节前, or a length counted from an event whose day is unknown. */
  | { readonly kind: 'vague'; readonly event?: string }
  /** A day that does not exist: 2月30日. */
  | { readonly kind: 'invalid' }

export interface RecurringValue {
  readonly kind: 'recur'
  /** RFC 5545; where no rule can say it (lunar days, holidays) the nearest one, and `next` is exact. */
  readonly rrule: string
  /** ISO 8601 duration from one to the next. */
  readonly period: string
  /** The next three days on or after the reference day; empty when the words fix no day. */
  readonly next: readonly Temporal.PlainDate[]
  readonly time?: Temporal.PlainTime
}

/** Why the value is what it is: what a card shows as 「12月底前 → 12月31日(推定)」. */
export interface DateBasis {
  /** Which kind of phrase it was read as. */
  readonly rule: string
  /** What the words do not say and was assumed, in plain Chinese. Empty when nothing was. */
  readonly assumptions: readonly string[]
}

export interface DateExpression {
  /** UTF-16 offset in the text that was given. */
  readonly offset: number
  /** The words, verbatim. */
  readonly text: string
  readonly value: DateValue
  readonly basis: DateBasis
}

/** What the words are relative to. */
export interface DateContext {
  /** When the text was written or said, on the union's clock. */
  readonly ref: Temporal.PlainDateTime | Temporal.ZonedDateTime
  readonly calendar: WorkCalendar
  /** The year a plan speaks for: dates without a year, 年底 and 春节 are in it. */
  readonly planYear?: number
  /** Days of events that limits are counted from: {受理: 2025-03-01}. A key is matched as part of the words. */
  readonly eventDates?: Readonly<Record<string, Temporal.PlainDate>>
  /** Deadlines look forward from `ref` (the default), reports look back. */
  readonly role?: 'deadline' | 'narrative'
}
