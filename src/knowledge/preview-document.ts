/**
 * What would happen if a file were published, without storing anything: what it would be (known, new,
 * a new version), what changes from the version in force, what it contradicts, what it ends, and
 * which questions would be answered otherwise.
 */
import type { DocumentReading, DocumentSummary } from '../domain/document.ts'
import type { KnowledgeStore } from '../storage/knowledge-store.ts'
import { type ChangedAnswer, findChangedAnswers, type ReaskTools } from './changed-answers.ts'
import { compareVersions, type VersionComparison } from './compare-versions.ts'
import { type Conflict, findConflicts } from './find-conflicts.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Arrival } from './publish-document.ts'
import { recognizeDocument } from './recognize-document.ts'
import { type SupersessionSuggestion, suggestSupersession } from './suggest-supersession.ts'

export interface DocumentPreview {
  /** Everything that was read, with cuts, warnings, lists, facts, proposed tasks. */
  readonly reading: DocumentReading
  readonly arrival: Arrival['kind']
  /** The version that it would replace, when one is in force. */
  readonly replaces?: DocumentSummary
  /** What changes from that version. */
  readonly changes?: VersionComparison
  readonly conflicts: readonly Conflict[]
  readonly supersedes: readonly SupersessionSuggestion[]
  readonly changedAnswers: readonly ChangedAnswer[]
}

export interface PreviewTools {
  readonly knowledge: KnowledgeStore
  /** Questions to ask again, and how; without it no answers are compared. */
  readonly reask?: ReaskTools
}

export async function previewDocument(
  reading: DocumentReading,
  { knowledge, reask }: PreviewTools,
): Promise<DocumentPreview> {
  const known = await knowledge.findByContentHash(reading.contentHash)
  const recognition = await recognizeDocument(reading, fingerprintOf(reading.text), knowledge)
  const documentId = known?.documentId ?? recognition?.newest.documentId
  const inForce = await knowledge.inForce()
  const replaces = inForce.find((version) => version.documentId === documentId)
  const [before] = replaces ? await knowledge.contents([replaces.versionId]) : []
  const others = inForce.filter((version) => version.documentId !== documentId)
  return {
    reading,
    arrival: arrivalOf(known, recognition?.newest),
    ...(replaces && { replaces }),
    ...(before && { changes: compareVersions(before, reading) }),
    conflicts: await findConflicts(reading, {
      knowledge,
      ...(documentId !== undefined && { documentId }),
    }),
    supersedes: suggestSupersession(reading, others),
    changedAnswers: reask ? await findChangedAnswers(reask) : [],
  }
}

function arrivalOf(
  known: DocumentSummary | undefined,
  recognized: DocumentSummary | undefined,
): Arrival['kind'] {
  if (known) return 'known'
  return recognized ? 'new-version' : 'new-document'
}
