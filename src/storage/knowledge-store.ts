/** Documents and their versions. Rollback and publish are one transaction: no moment without answers. */
import type {
  DocumentReading,
  DocumentStatus,
  DocumentSummary,
  DocumentVersion,
} from '../domain/document.ts'

/** A change that the search index has to follow. */
export interface KnowledgeChange {
  readonly versionId: string
  /** Whether the version belongs in the index now. */
  readonly inForce: boolean
}

export interface KnowledgeStore {
  /** Grows by at least 1 with every change of what is in force; cheap enough to read at each question. */
  revision(): Promise<number>
  /** Every version whose standing changed after `revision`; from 0, all that are in force. */
  changesSince(
    revision: number,
  ): Promise<{ readonly revision: number; readonly changes: readonly KnowledgeChange[] }>
  /** Stores a reading as a draft: of a new document, or as the next version of `documentId`. */
  addDraft(
    reading: DocumentReading,
    options: { readonly documentId?: string; readonly createdAt: Temporal.Instant },
  ): Promise<DocumentVersion>
  /** Moves one version to another standing; at most one version of a document is in force. */
  setStatus(versionId: string, status: DocumentStatus): Promise<void>
  /** undefined when there is no such version. */
  version(versionId: string): Promise<DocumentVersion | undefined>
  /** The newest version of every document, newest document first. */
  list(): Promise<readonly DocumentSummary[]>
  /** All versions of one document, oldest first; empty when there is no such document. */
  history(documentId: string): Promise<readonly DocumentSummary[]>
  findByContentHash(contentHash: string): Promise<DocumentSummary | undefined>
}
