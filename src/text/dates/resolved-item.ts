/** What the resolvers give: a value, why it is so, and which words it is of. */
import type { DateBasis, DateValue } from './expression.ts'
import type { Point } from './point.ts'

export interface ResolvedItem {
  readonly value: DateValue
  readonly basis: DateBasis
  /** Range of the item in the normalised text; absent when it is the whole phrase. */
  readonly start?: number
  readonly end?: number
}

export function impossible(): ResolvedItem {
  return { value: { kind: 'invalid' }, basis: { rule: '日期不存在', assumptions: [] } }
}

export function plainTime({ hour, minute }: { readonly hour: number; readonly minute: number }) {
  return Temporal.PlainTime.from({ hour, minute })
}

/** 24时 is midnight at the day's end. */
export function moment(day: Temporal.PlainDate, clock: NonNullable<Point['clock']>) {
  if (clock.hour === 24) return day.add({ days: 1 }).toPlainDateTime()
  return day.toPlainDateTime(plainTime(clock))
}
