/**
 * What would happen if a file were published, without storing anything: what it would be (known, new,
 * a new version), what changes from the version in force, what it contradicts, what it ends, and
 * which questions would be answered otherwise.
 */
import type { DocumentReading, DocumentSummary } from '../domain/document.ts'
import type { KnowledgeStore } from '../storage/knowledge-store.ts'
import type { AnswerChanges } from './changed-answers.ts'
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
  readonly answers: AnswerChanges
}

export interface PreviewTools {
  readonly knowledge: KnowledgeStore
  /** Asks questions again as if it were published; without it no answers are compared. */
  compareAnswers?(draft: DraftChange): Promise<AnswerChanges>
}

/** A draft beside what it would change. */
export interface DraftChange {
  readonly reading: DocumentReading
  /** The version that it would replace. */
  readonly replaces?: DocumentSummary
  /** Things that it says something else about. */
  readonly disputed: readonly string[]
}

/** What nothing was asked about. */
export const NOTHING_ASKED: AnswerChanges = { asked: 0, changes: [] }

export async function previewDocument(
  reading: DocumentReading,
  { knowledge, compareAnswers }: PreviewTools,
): Promise<DocumentPreview> {
  const known = await knowledge.findByContentHash(reading.contentHash)
  const recognition = await recognizeDocument(reading, fingerprintOf(reading.text), knowledge)
  const documentId = known?.documentId ?? recognition?.newest.documentId
  const inForce = await knowledge.inForce()
  const replaces = inForce.find((version) => version.documentId === documentId)
  const [before] = replaces ? await knowledge.contents([replaces.versionId]) : []
  const others = inForce.filter((version) => version.documentId !== documentId)
  const conflicts = await findConflicts(reading, {
    knowledge,
    ...(documentId !== undefined && { documentId }),
  })
  const changes = before && compareVersions(before, reading)
  const disputed = disputedIn(reading, conflicts, changes)
  return {
    reading,
    arrival: arrivalOf(known, recognition?.newest),
    ...(replaces && { replaces }),
    ...(changes && { changes }),
    conflicts,
    supersedes: suggestSupersession(reading, others),
    answers:
      (await compareAnswers?.({ reading, disputed, ...(replaces && { replaces }) })) ??
      NOTHING_ASKED,
  }
}

/** Subjects of figures that the radar or the comparison with the version before found otherwise. */
export function disputedIn(
  { facts }: Pick<DocumentReading, 'facts'>,
  conflicts: readonly Conflict[],
  changes: VersionComparison | undefined,
): readonly string[] {
  const inConflict = conflicts.flatMap(({ here }) =>
    facts.filter(({ span }) => here.span.start <= span.start && span.end <= here.span.end),
  )
  const changed = (changes?.facts ?? []).map((figure) =>
    figure.kind === 'added' ? figure.after : figure.before,
  )
  return [...inConflict, ...changed].map(({ subject }) => subject)
}

function arrivalOf(
  known: DocumentSummary | undefined,
  recognized: DocumentSummary | undefined,
): Arrival['kind'] {
  if (known) return 'known'
  return recognized ? 'new-version' : 'new-document'
}
