/**
 * Document versions as rows and back: the columns of the knowledge tables, and what lies in them.
 *
 * Texts are JSON strings too: PostgreSQL keeps no NUL and neither engine keeps half a surrogate
 * pair, and every offset counts on the text coming back as it was.
 */
import type { DocumentStatus, DocumentSummary, DocumentVersion } from '../../domain/document.ts'
import type { VersionContent } from '../knowledge-store.ts'
import { readPassages, readStoredPassages, storedPassages } from './stored-passages.ts'
import { readInstant, readJson, storedInstant, storedJson } from './stored-values.ts'

interface VersionsTable {
  readonly version_id: string
  readonly document_id: string
  readonly version: number
  readonly status: DocumentStatus
  readonly file_name: string
  readonly content_hash: string
  /** JSON of DocumentMetadata. */
  readonly metadata: string
  readonly sample: number
  readonly created_at: number
  /** Revision at which standing or metadata last changed; 0: never since it was drafted. */
  readonly revision: number
}

interface ContentsTable {
  readonly version_id: string
  readonly text: string
  readonly passages: string
  readonly lists: string
  readonly facts: string
}

interface TextsTable {
  readonly version_id: string
  readonly original_text: string
  readonly offsets: string
  readonly cuts: string
  readonly warnings: string
  readonly proposals: string
}

export interface KnowledgeTables {
  readonly knowledge_state: { readonly id: number; readonly revision: number }
  readonly versions: VersionsTable
  readonly version_contents: ContentsTable
  readonly version_texts: TextsTable
  readonly removed_versions: { readonly version_id: string; readonly revision: number }
  readonly version_fingerprints: { readonly sample: number; readonly version_id: string }
  readonly originals: { readonly content_hash: string; readonly bytes: Uint8Array }
}

export const SUMMARY_COLUMNS = [
  'versions.version_id',
  'versions.document_id',
  'versions.version',
  'versions.status',
  'versions.file_name',
  'versions.content_hash',
  'versions.metadata',
  'versions.created_at',
] as const

type SummaryRow = Omit<VersionsTable, 'sample' | 'revision'>

export function storedSummary(version: DocumentVersion, revision: number): VersionsTable {
  return {
    version_id: version.versionId,
    document_id: version.documentId,
    version: version.version,
    status: version.status,
    file_name: version.fileName,
    content_hash: version.contentHash,
    metadata: storedJson(version.metadata),
    sample: Number(version.metadata.sample),
    created_at: storedInstant(version.createdAt),
    revision,
  }
}

export function storedContent(version: DocumentVersion): ContentsTable {
  return {
    version_id: version.versionId,
    text: storedJson(version.text),
    passages: storedPassages(version.passages, version.text),
    lists: storedJson(version.lists),
    facts: storedJson(version.facts),
  }
}

export function storedTexts(version: DocumentVersion): TextsTable {
  return {
    version_id: version.versionId,
    original_text: storedJson(version.originalText),
    offsets: storedJson(version.offsets),
    cuts: storedJson(version.cuts),
    warnings: storedJson(version.warnings),
    proposals: storedJson(version.proposals),
  }
}

export function readSummary(row: SummaryRow): DocumentSummary {
  return {
    documentId: row.document_id,
    versionId: row.version_id,
    version: row.version,
    status: row.status,
    fileName: row.file_name,
    contentHash: row.content_hash,
    metadata: readJson(row.metadata),
    createdAt: readInstant(row.created_at),
  }
}

export function readContent(row: SummaryRow & Omit<ContentsTable, 'version_id'>): VersionContent {
  const text = readJson<string>(row.text)
  return {
    ...readSummary(row),
    text,
    passages: readStoredPassages(row.passages, text),
    lists: readJson(row.lists),
    facts: readJson(row.facts),
  }
}

export function readVersion(
  row: SummaryRow & Omit<ContentsTable, 'version_id'> & Omit<TextsTable, 'version_id'>,
): DocumentVersion {
  const content = readContent(row)
  return {
    ...content,
    passages: readPassages(row.passages, content.text),
    originalText: readJson(row.original_text),
    offsets: readJson(row.offsets),
    cuts: readJson(row.cuts),
    warnings: readJson(row.warnings),
    proposals: readJson(row.proposals),
  }
}
