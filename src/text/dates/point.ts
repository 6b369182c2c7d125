/**
 * What the date grammar reads, before anybody asks which day it is: the syntax tree.
 *
 * A {@link Point} is a flat record from the coarse to the fine (year, quarter, month, day, hour). Flat,
 * so that the parts of a list or a range can lend one another what they leave out: 6月20日、30日前.
 */
import type { SolarTermName } from '../lunar-calendar.ts'

export type YearRef =
  | { readonly kind: 'absolute'; readonly year: number }
  /** Years from the reference year: 今年 0, 明年 1. `following`: 次年, counted from the range's start. */
  | { readonly kind: 'shift'; readonly years: number; readonly following?: boolean }
  /** 「十四五」 is the 14th plan; `year` is 1 for 开局之年, 5 for 收官之年. */
  | { readonly kind: 'plan'; readonly ordinal: number; readonly year?: number }

export type NumberRef =
  | { readonly kind: 'number'; readonly number: number }
  /** Periods from the reference one: 本月 0, 下月 1. */
  | { readonly kind: 'shift'; readonly shift: number }
  /** Nth of the enclosing quarter, half-year or year; −1 is the last: 首月, 末月. */
  | { readonly kind: 'ordinal'; readonly ordinal: number }

/** 初, 中, 底, 旬 and the like: a part of whatever period stands before it. */
export type Part =
  | 'start'
  | 'middle'
  | 'end'
  | 'dekad1'
  | 'dekad2'
  | 'dekad3'
  | 'dekad-now' // 本旬
  | 'dekads12'
  | 'dekads23'
  | 'half1'
  | 'half2'
  | 'weekend'

/** 最后一个工作日, 第二个周五, 最后一天, 第三周; `ordinal` is −1 for the last. */
export interface Nth {
  readonly ordinal: number
  readonly of: 'working-day' | 'weekday' | 'day' | 'week'
  readonly weekday?: number
  /** All days from the period's edge to this one: 前3个工作日, 最后两天. */
  readonly through?: boolean
}

export type Festival =
  | { readonly kind: 'civil'; readonly name: string; readonly month: number; readonly day: number }
  | { readonly kind: 'lunar'; readonly name: string; readonly month: number; readonly day: number }
  | { readonly kind: 'term'; readonly name: SolarTermName }
  | { readonly kind: 'eve'; readonly name: string }
  /** Nth weekday of a month: 母亲节. */
  | {
      readonly kind: 'nth'
      readonly name: string
      readonly month: number
      readonly nth: number
      readonly weekday: number
    }

export interface ClockTime {
  readonly hour: number
  readonly minute: number
}

export interface Point {
  readonly year?: YearRef
  readonly half?: NumberRef
  readonly quarter?: NumberRef
  /** 前三季度, 前七个月: this many months from January on. */
  readonly monthsUpTo?: number
  readonly month?: NumberRef
  readonly week?: NumberRef
  /** 1 Monday … 7 Sunday. */
  readonly weekday?: number
  readonly part?: Part
  /** The period is only implied (月底, 年底): in a range it is that of the other end. */
  readonly bare?: boolean
  readonly nth?: Nth
  readonly day?: NumberRef
  readonly lunar?: { readonly month: number; readonly leap: boolean; readonly day?: number }
  readonly festival?: Festival
  /** 期间, 假期 and so on turn a festival into its days off. */
  readonly holiday?: boolean
  /** 即日: the reference day. */
  readonly now?: boolean
  /** 上午, 晚上: no hour of its own. */
  readonly dayPart?: DayPart
  readonly clock?: ClockTime
}

export type DayPart = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night'

/** Something parsed, and where it ends in the normalised text. */
export interface Parsed<T> {
  readonly value: T
  readonly end: number
}

/** One entry of a list: a point or a range of points. */
export type Item =
  | { readonly kind: 'point'; readonly point: Point; readonly start: number; readonly end: number }
  | {
      readonly kind: 'range'
      readonly from: Point
      readonly to: Point
      /** 「起」 stands between the two. */
      readonly open: boolean
      readonly start: number
      readonly end: number
    }

export type LengthUnit = 'hour' | 'day' | 'working-day' | 'week' | 'month' | 'quarter' | 'year'

export interface Length {
  readonly amount: number
  readonly unit: LengthUnit
}

/** What is said about the items: the modifier before or after them. */
export type Relation =
  | 'at'
  | 'until' // 前, 截止, 到
  | 'before' // 不含
  | 'since' // 起, 开始
  | 'so-far' // 以来, 至今
  | 'effective' // 起施行
  | 'after' // 后
  | 'around' // 左右, 前后
  | 'eve' // 前夕
  | 'during' // 期间

export type Phrase =
  | {
      readonly kind: 'items'
      readonly items: readonly Item[]
      readonly relation: Relation
      /** 截至: tells how things stood, sets no limit. */
      readonly asOf?: boolean
    }
  /** 国庆节前一周, 12月25日前3个工作日, 会后15日内. */
  | {
      readonly kind: 'offset'
      readonly anchor: Point | EventAnchor
      readonly side: 'before' | 'after'
      readonly length: Length
      /** `limit` 内, `span` the stretch itself, `day` exactly then. */
      readonly shape: 'limit' | 'span' | 'day'
    }
  | { readonly kind: 'recurrence'; readonly recurrence: Recurrence }
  | { readonly kind: 'vague' }

/** 印发之日, 会后, 收到通知后. `known` events are the document's own and fall on the reference day. */
export interface EventAnchor {
  readonly event: string
  readonly own: boolean
}

export interface Recurrence {
  readonly every: number
  readonly unit: 'day' | 'working-day' | 'week' | 'dekad' | 'month' | 'quarter' | 'half' | 'year'
  /** Where inside each period; empty: the whole period. */
  readonly items: readonly Item[]
  readonly relation: Relation
  /** 结束后15日内. */
  readonly afterEnd?: Length
  /** 逢单周 / 双周 by ISO week number, 单月 / 双月 by the month's. */
  readonly parity?: 'odd' | 'even'
  readonly clock?: ClockTime
}
