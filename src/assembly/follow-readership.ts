/** What was read in a document stays with its readers: each step below is one transaction with its tasks. */
import type { DocumentMetadata } from '../domain/document.ts'
import { correctMetadata } from '../knowledge/correct-metadata.ts'
import type { ChangeContext } from '../knowledge/publish-document.ts'
import { followReadership } from '../tasks/follow-readership.ts'

/** Corrects what is known about a version. @throws {BadInputError} `unknown_version` */
export function correctVersion(
  versionId: string,
  metadata: DocumentMetadata,
  context: ChangeContext,
  today: Temporal.PlainDate,
): Promise<void> {
  return context.store.transaction(async (store) => {
    const inner = { ...context, store }
    const { documentId } = await correctMetadata(versionId, () => metadata, inner)
    await tasksFollow(documentId, inner, today)
  })
}

/** By the version in force; where none is, by the last that was. A draft says nothing yet. */
export async function tasksFollow(
  documentId: string,
  { store, at }: ChangeContext,
  today: Temporal.PlainDate,
): Promise<void> {
  const history = await store.knowledge.history(documentId)
  const version =
    history.find(({ status }) => status === 'in-force') ??
    history.findLast(({ status }) => status !== 'draft')
  if (!version) return
  const { readableBy } = version.metadata
  // Reminders ask at the time of sending who may read: nothing is planned anew.
  const ledger = { store, onScheduleChanged: async () => {} }
  await followReadership({ documentId, readableBy }, { at, today }, ledger)
}
