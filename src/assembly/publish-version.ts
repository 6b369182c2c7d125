/** Putting a version in force, with all that follows, in one transaction. */
import type { DocumentSummary } from '../domain/document.ts'
import {
  type ChangeContext,
  type Publication,
  publishDocument,
  rollbackDocument,
  withdrawDocument,
} from '../knowledge/publish-document.ts'
import { retireSamples } from '../knowledge/retire-samples.ts'
import { dropProposals, proposeTasks } from '../tasks/propose-tasks.ts'
import { tasksFollow } from './follow-readership.ts'

/** @throws {BadInputError} `unknown_version` */
export function publishVersion(
  versionId: string,
  context: ChangeContext,
  today: Temporal.PlainDate,
): Promise<Publication> {
  return context.store.transaction(async (store) => {
    const inner = { ...context, store }
    const publication = await publishDocument(versionId, inner)
    await afterPublication(versionId, inner, today)
    return publication
  })
}

/**
 * A first real document takes the samples out of force, and the tasks that were read in it go up for
 * review. A sample does neither.
 */
export async function afterPublication(
  versionId: string,
  context: ChangeContext,
  today: Temporal.PlainDate,
): Promise<void> {
  const version = await context.store.knowledge.version(versionId)
  if (!version || version.metadata.sample) return
  await retireSamples(context)
  await proposeTasks(version, proposalContext(context, today))
  await tasksFollow(version.documentId, context, today)
}

/** Brings the version before back, with its tasks. @throws {BadInputError} `unknown_document`, `nothing_to_roll_back` */
export function rollBackVersion(
  documentId: string,
  context: ChangeContext,
  today: Temporal.PlainDate,
): Promise<Publication> {
  return context.store.transaction(async (store) => {
    const inner = { ...context, store }
    const publication = await rollbackDocument(documentId, inner)
    await afterPublication(publication.published.versionId, inner, today)
    return publication
  })
}

/**
 * Takes a document out of force, and what nobody has confirmed of its tasks.
 *
 * @returns the version that was in force; undefined when none was.
 * @throws {BadInputError} `unknown_document`
 */
export function withdrawVersion(
  documentId: string,
  context: ChangeContext,
  today: Temporal.PlainDate,
): Promise<DocumentSummary | undefined> {
  return context.store.transaction(async (store) => {
    const inner = { ...context, store }
    const withdrawn = await withdrawDocument(documentId, inner)
    await dropProposals(documentId, proposalContext(inner, today))
    return withdrawn
  })
}

/** A draft pings nobody, so nothing is scheduled. */
const proposalContext = ({ store, at }: ChangeContext, today: Temporal.PlainDate) => ({
  at,
  today,
  ledger: { store, onScheduleChanged: async () => {} },
})
