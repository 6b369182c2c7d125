/**
 * An answer is grounded, not-found or refused. A grounded answer carries at least one citation: an
 * ungrounded statement about policy cannot be expressed.
 */
import type { DocumentDate } from './document.ts'
import type { Span } from './span.ts'

export interface Citation {
  readonly documentId: string
  readonly versionId: string
  readonly documentTitle: string
  /** Name of the source file: what evaluation calls `document`. */
  readonly fileName: string
  readonly issuer?: string
  readonly issuedOn?: DocumentDate
  readonly jurisdictionName?: string
  readonly source?: string
  readonly sample: boolean
  /** Range of the cleaned text that is quoted. */
  readonly span: Span
  /** The cleaned text of `span`, character for character. */
  readonly quote: string
  /** The words of `quote` that carry the answer. */
  readonly highlight?: string
}

/** What must be said beside the answer. */
export interface Notice {
  readonly kind:
    | 'expired'
    | 'undated'
    | 'not-yet'
    | 'old-news'
    | 'superseded'
    | 'other-place'
    | 'conflict'
    | 'damaged'
    | 'sample'
  readonly text: string
}

export type RefusalReason =
  | 'small-talk'
  | 'thanks'
  | 'about-me'
  | 'insult'
  | 'complaint'
  | 'wants-human'
  | 'distress'
  | 'injection'
  | 'personal-data'
  | 'legal-judgement'
  | 'medical'
  | 'sensitive-topic'
  | 'off-topic'
  | 'empty'

interface AnswerBase {
  /** The short answer, or the plain sentence that says it is not there; one to three sentences. */
  readonly summary: string
  readonly notices: readonly Notice[]
  /** What the ledger knows of the promise that is asked about: 台账：黄 · 12/30个 … */
  readonly ledger?: readonly string[]
  /** Whom to ask next; always from configuration, never from a document. */
  readonly nextStep?: string
  /** How a follow-up was understood, when something was carried over: 「平凉市·职工书屋」. */
  readonly understoodAs?: string
  /** Further questions worth offering, at most three. */
  readonly suggestions: readonly string[]
}

export interface GroundedAnswer extends AnswerBase {
  readonly kind: 'grounded'
  readonly citations: readonly [Citation, ...Citation[]]
  /** Kinds of value that were asked and are not in the text: 「没有写怎么参加、交多少」. */
  readonly missing?: string
  /** Nothing answers: the quote only comes closest, and the summary says so. */
  readonly onlyClose?: true
  /** Who worded the summary: the quoted text itself, or a model that passed the guard. */
  readonly wording: 'quoted' | 'model'
  /** Which model worded it from which version of the prompt; absent when quoted. */
  readonly writtenBy?: { readonly model: string; readonly promptVersion: string }
}

export interface NotFoundAnswer extends AnswerBase {
  readonly kind: 'not-found'
  /** What the documents have that comes nearest; labelled as such when shown. */
  readonly nearest: readonly Citation[]
}

export interface RefusedAnswer extends AnswerBase {
  readonly kind: 'refused'
  readonly reason: RefusalReason
}

export type Answer = GroundedAnswer | NotFoundAnswer | RefusedAnswer

/** Whether the documents answer the question: something that only comes close does not. */
export function isAnswered(answer: Answer): boolean {
  return answer.kind === 'grounded' && answer.onlyClose !== true
}

/** Whether the documents leave the question open: nothing, or only something close, was found. */
export function isGap(answer: Answer): boolean {
  return answer.kind !== 'refused' && !isAnswered(answer)
}

/** What stands over the quotes of an answer. */
export function evidenceHeading(answer: Exclude<Answer, RefusedAnswer>): string {
  if (answer.kind === 'not-found') return '材料里最接近的内容（不是对您问题的回答）'
  return answer.onlyClose ? '最接近的原文' : '依据'
}
