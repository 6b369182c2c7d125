/** Putting a version in force, with all that follows, in one transaction. */
import {
  type ChangeContext,
  type Publication,
  publishDocument,
} from '../knowledge/publish-document.ts'
import { retireSamples } from '../knowledge/retire-samples.ts'
import { proposeTasks } from '../tasks/propose-tasks.ts'
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
  // A draft pings nobody, so nothing is scheduled.
  const ledger = { store: context.store, onScheduleChanged: async () => {} }
  await proposeTasks(version, { at: context.at, today, ledger })
  await tasksFollow(version.documentId, context, today)
}
