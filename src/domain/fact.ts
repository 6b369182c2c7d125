import type { Span } from './span.ts'

/** How a figure binds: exactly, 以上/不少于, 以下/不超过, 约/余/多. */
export type Bound = 'exact' | 'at-least' | 'at-most' | 'about'

/** A figure of the text: 「职工书屋 30 个」 is {subject: 市级标准化职工书屋, value: 30, unit: 个}. */
export interface Fact {
  readonly subject: string
  readonly value: number
  readonly bound: Bound
  /** Measure word or unit as written: 个, 名, 户, 场次, %, 元, 万元. `value` is in this unit's base: 1万名 is 10000 名. */
  readonly unit: string
  /** Year the figure speaks for, when the text or its plan year gives one. */
  readonly year?: number
  /** The clause that states it: what a citation shows. */
  readonly span: Span
  /** The figure alone: 30个. */
  readonly valueSpan: Span
  /** A digit is probably lost or broken here (「?」 beside a digit, 1011日): never answered as fact. */
  readonly damaged: boolean
}
