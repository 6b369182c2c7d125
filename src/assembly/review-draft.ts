/** What the console shows of a draft before it is published: only what the viewer may read. */
import type { App } from '../app.ts'
import type { ChangeLine, ConflictFinding, DraftReview } from '../console/console-services.ts'
import type { DocumentVersion } from '../domain/document.ts'
import { mayRead, type Role } from '../domain/person.ts'
import type { AnswerChanges } from '../knowledge/changed-answers.ts'
import { compareVersions, type Difference } from '../knowledge/compare-versions.ts'
import { type Conflict, findConflicts } from '../knowledge/find-conflicts.ts'
import { disputedIn } from '../knowledge/preview-document.ts'
import { suggestSupersession } from '../knowledge/suggest-supersession.ts'
import { wordAnswerChange } from '../knowledge/word-answer-change.ts'

/** @returns an empty review for a version that does not exist. */
export async function reviewDraft(versionId: string, viewer: Role, app: App): Promise<DraftReview> {
  const { knowledge } = app.store
  const version = await knowledge.version(versionId)
  if (!version) return { conflicts: [], supersedes: [], changes: [] }
  const { documentId } = version
  const inForce = await knowledge.inForce()
  const readable = inForce.filter(({ metadata }) => mayRead(viewer, metadata.readableBy))
  const conflicts = await findConflicts(version, {
    knowledge: { inForce: async () => readable, contents: (ids) => knowledge.contents(ids) },
    documentId,
  })
  const current = readable.find((other) => other.documentId === documentId)
  const previous = current && (await knowledge.version(current.versionId))
  const comparison = previous && compareVersions(previous, version)
  const disputed = disputedIn(version, conflicts, comparison)
  const change = { reading: version, disputed, ...(current && { replaces: current }) }
  const answers = viewer === 'admin' ? await app.previewAnswers(change, viewer) : undefined
  const others = readable.filter((other) => other.documentId !== documentId)
  return {
    conflicts: conflicts.map(conflictFinding),
    supersedes: suggestSupersession(version, others).map(({ older, explanation }) => ({
      document: older,
      reason: explanation,
    })),
    ...(current && { previous: current }),
    changes: (comparison?.passages ?? []).map(changeLine),
    ...(answers && { answers: answerLines(answers) }),
  }
}

function conflictFinding({ subject, here, there }: Conflict): ConflictFinding {
  const { quote: text, span, versionId, title: documentTitle } = there
  return {
    subject,
    ours: { text: here.quote, span: here.span },
    theirs: { text, span, versionId, documentTitle },
  }
}

/** Changed passages; the lists and figures inside them change with them. */
function changeLine(difference: Difference<Pick<DocumentVersion, 'text'>>): ChangeLine {
  if (difference.kind === 'added') return { kind: 'added', after: difference.after.text }
  if (difference.kind === 'removed') return { kind: 'removed', before: difference.before.text }
  const { before, after } = difference
  return { kind: 'changed', before: before.text, after: after.text }
}

function answerLines({ asked, changes }: AnswerChanges): NonNullable<DraftReview['answers']> {
  return {
    asked,
    changes: changes.map((changed) => ({
      question: changed.question,
      change: changed.change,
      ...(changed.pinned && { pinned: changed.pinned }),
      ...wordAnswerChange(changed),
    })),
  }
}
