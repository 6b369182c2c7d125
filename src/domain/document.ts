/**
 * A document is what an admin brings in: a meeting report, a plan, a measure, a notice. It has
 * versions; each version keeps its immutable original, the cleaned text made from it, and what was
 * read out of that text. One version of a document at most is in force.
 */

import type { Fact } from './fact.ts'
import type { ListOfItems } from './list.ts'
import type { Passage } from './passage.ts'
import type { Readership } from './person.ts'
import type { Span } from './span.ts'
import type { TaskProposal } from './task.ts'

export type DocumentKind = 'meeting-report' | 'plan' | 'measure' | 'notice' | 'news' | 'faq'

/** draft → in-force → superseded | withdrawn; a rollback brings a superseded version back. */
export type DocumentStatus = 'draft' | 'in-force' | 'superseded' | 'withdrawn'

/** A date as a document gives it. `on` is the first day of the period when precision is not `day`. */
export interface DocumentDate {
  readonly on: Temporal.PlainDate
  readonly precision: 'day' | 'month' | 'year'
  /** The words the year was inferred from (谋划2025年工会工作); absent when the text gives the year. */
  readonly inferredFrom?: string
}

/** When a document speaks: both days included; an absent end is open. */
export interface Validity {
  readonly from?: Temporal.PlainDate
  readonly to?: Temporal.PlainDate
  /** The words or the rule the interval rests on. */
  readonly basis: string
  /** The document that ended this one, as an admin confirmed. */
  readonly supersededBy?: { readonly documentId: string; readonly title: string }
}

/** What was read about a document, overridden by front matter or an admin. */
export interface DocumentMetadata {
  readonly title: string
  readonly kind: DocumentKind
  readonly issuer?: string // 发文机关
  readonly number?: string // 文号
  readonly issuedOn?: DocumentDate
  /** GB/T 2260 code; absent when the text names no place. */
  readonly jurisdictionCode?: string
  readonly readableBy: Readership
  readonly validity: Validity
  /** Calendar year the plan or the report speaks for. */
  readonly planYear?: number
  /** Where the text says it was taken from: 中工网, 《陕西工人报》, or a URL. */
  readonly source?: string
  /** Written by us as an example (示例), removable in one click. */
  readonly sample: boolean
}

/** Stands in the cleaned text where intake took out a password, a key or somebody's own number. */
export const REDACTED = '〔已隐去〕'

/** Why something was cut from the original. */
export type CutReason =
  | 'pinyin-gloss'
  | 'page-chrome'
  | 'repeated-passage'
  | 'repeated-title'
  | 'hidden-text'
  | 'invisible-character'
  | 'secret'
  | 'white-space'

export interface Cut {
  readonly reason: CutReason
  /** Range of the original text, UTF-16 units. */
  readonly original: Span
  readonly text: string
}

/** Something the admin should look at before publishing. */
export interface ReadingWarning {
  readonly code: string
  /** Plain Chinese: what was found and what to do. */
  readonly message: string
  /** Range of the cleaned text, when there is one. */
  readonly span?: Span
}

/**
 * How the cleaned text maps back to the original: `offsets[i]` is the original UTF-16 offset of
 * cleaned unit i. Kept as runs `[cleanedStart, originalStart, length]`: inside a run both advance
 * together.
 */
export type OffsetRun = readonly [cleanedStart: number, originalStart: number, length: number]

/** Everything read out of one file: the result of ingestion, before anybody stores it. */
export interface DocumentReading {
  /** Name of the file or the URL it came from. */
  readonly fileName: string
  /** sha256 of the original bytes, hex. */
  readonly contentHash: string
  /** The decoded original, with everything that was cut later. */
  readonly originalText: string
  /** Cleaned text: simplified script, no chrome, original punctuation. */
  readonly text: string
  readonly offsets: readonly OffsetRun[]
  readonly cuts: readonly Cut[]
  readonly warnings: readonly ReadingWarning[]
  readonly metadata: DocumentMetadata
  /** The file itself says who may read it; else a new version keeps the readers of the one before. */
  readonly saysReaders?: boolean
  readonly passages: readonly Passage[]
  readonly lists: readonly ListOfItems[]
  readonly facts: readonly Fact[]
  readonly proposals: readonly TaskProposal[]
}

/** One stored version of a document. */
export interface DocumentVersion extends DocumentReading {
  readonly documentId: string
  readonly versionId: string
  /** 1, 2, 3 … within the document. */
  readonly version: number
  readonly status: DocumentStatus
  readonly createdAt: Temporal.Instant
}

/** The line a list of documents shows: a version without its texts. */
export type DocumentSummary = Pick<
  DocumentVersion,
  | 'documentId'
  | 'versionId'
  | 'version'
  | 'status'
  | 'fileName'
  | 'contentHash'
  | 'metadata'
  | 'createdAt'
>
