/** Documents and their versions. Rollback and publish are one transaction: no moment without answers. */
import type {
  DocumentMetadata,
  DocumentReading,
  DocumentStatus,
  DocumentSummary,
  DocumentVersion,
} from '../domain/document.ts'
import type { Passage, StoredPassage } from '../domain/passage.ts'

/** A change that the search index has to follow. */
export interface KnowledgeChange {
  readonly versionId: string
  /** Whether the version belongs in the index now; one that is there already is to be read again. */
  readonly inForce: boolean
  /** At which its standing or metadata last changed: as long as it stays, so does what is searched of it. */
  readonly revision: number
}

/** What search and answers read of a version: without the original and the record of how it was read. */
export type VersionContent = Omit<
  DocumentVersion,
  'originalText' | 'offsets' | 'cuts' | 'warnings' | 'proposals' | 'passages'
> & { readonly passages: readonly (Passage | StoredPassage)[] }

export interface DraftOptions {
  /** The document this becomes the next version of; absent: a new document. */
  readonly documentId?: string
  readonly createdAt: Temporal.Instant
  /** The bytes as they came, kept once per content hash. */
  readonly original?: Uint8Array
  /** Samples of its wording (knowledge/fingerprint.ts): whole numbers, distinct. */
  readonly fingerprint?: readonly number[]
}

/** A version that shares samples of its wording with a text. */
export interface SimilarVersion {
  readonly versionId: string
  readonly documentId: string
  readonly sharedSamples: number
}

export interface KnowledgeStore {
  /**
   * Holds back other writers of documents until the surrounding transaction ends, so that what was
   * looked up (is this file known?) still holds when something is written.
   */
  lock(): Promise<void>
  /** Grows by at least 1 with every change of what is in force; cheap enough to read at each question. */
  revision(): Promise<number>
  /**
   * Every version whose standing or metadata changed after `revision`; from 0, all that are in force.
   * A change may come twice, never not at all, also with many writers.
   */
  changesSince(
    revision: number,
  ): Promise<{ readonly revision: number; readonly changes: readonly KnowledgeChange[] }>
  /** The versions with these ids, in this order; ids that do not exist are left out. */
  contents(versionIds: readonly string[]): Promise<readonly VersionContent[]>
  /** Stores a reading as a draft: of a new document, or as the next version of `documentId`. */
  addDraft(reading: DocumentReading, options: DraftOptions): Promise<DocumentVersion>
  /**
   * Moves one version to another standing.
   *
   * @throws {BotError} `another_in_force` when a second version of a document would be in force;
   *   `unknown_version` when there is none with this id.
   */
  setStatus(versionId: string, status: DocumentStatus): Promise<void>
  /** Replaces what is known about a version (an admin's correction). @throws `unknown_version` */
  setMetadata(versionId: string, metadata: DocumentMetadata): Promise<void>
  /** Forgets a document with all its versions and originals; the index hears of it as a change. */
  remove(documentId: string): Promise<void>
  /** undefined when there is no such version. */
  version(versionId: string): Promise<DocumentVersion | undefined>
  /** The line of one version; undefined when there is no such version. */
  summary(versionId: string): Promise<DocumentSummary | undefined>
  /** The newest version of every document, newest document first. */
  list(): Promise<readonly DocumentSummary[]>
  /** Every version in force, in the order in which they came into force; only the samples when asked for. */
  inForce(options?: { readonly samplesOnly: boolean }): Promise<readonly DocumentSummary[]>
  /** All versions of one document, oldest first; empty when there is no such document. */
  history(documentId: string): Promise<readonly DocumentSummary[]>
  /** The newest version made from these bytes. */
  findByContentHash(contentHash: string): Promise<DocumentSummary | undefined>
  /** The newest version of every document that came in a file of this name, newest document first. */
  findByFileName(fileName: string): Promise<readonly DocumentSummary[]>
  /** The versions that share most samples with a text, most first; each shares `least` at least. */
  findSimilar(
    fingerprint: readonly number[],
    options: { readonly limit: number; readonly least: number },
  ): Promise<readonly SimilarVersion[]>
  /** The bytes as they came; undefined when they were not kept. */
  original(contentHash: string): Promise<Uint8Array | undefined>
}
