import type { Bound } from './fact.ts'
import type { Span } from './span.ts'

/** A target figure: 新建职工书屋30个 → {value: 30, bound: 'exact', unit: '个'}. */
export interface Target {
  readonly value: number
  readonly bound: Bound
  readonly unit: string
}

/** A limit as the text gives it. `dueOn` is the last day on time; absent when the words are vague. */
export interface Deadline {
  readonly phrase: string
  readonly dueOn?: Temporal.PlainDate
  /** Set when the day follows from a rule (plan year) and not from the words themselves. */
  readonly inferredFrom?: string
}

/**
 * A task that a document seems to give. Nobody is pinged for it before a cadre confirms it.
 * An owner, a deadline or a figure that the text does not give is absent: never invented.
 */
export interface TaskProposal {
  readonly title: string
  /** 责任单位, verbatim. */
  readonly owner?: string
  readonly deadline?: Deadline
  readonly target?: Target
  /** The sentence it rests on, in the document's cleaned text. */
  readonly span: Span
  /** Verbatim text of `span`. */
  readonly quote: string
}
