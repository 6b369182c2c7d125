/** What an admin knows better than the reader: corrected on the version itself, with an audit entry. */
import type { DocumentMetadata, DocumentSummary } from '../domain/document.ts'
import { BadInputError } from '../errors.ts'
import type { ChangeContext } from './publish-document.ts'

/**
 * Changes what is known about one version; answers follow at once when it is in force.
 *
 * @throws {BadInputError} `unknown_version`
 */
export function correctMetadata(
  versionId: string,
  correct: (metadata: DocumentMetadata) => DocumentMetadata,
  context: ChangeContext,
  action = 'document_corrected',
): Promise<DocumentSummary> {
  return context.store.transaction(async (store) => {
    await store.knowledge.lock()
    const version = await store.knowledge.summary(versionId)
    if (!version) {
      throw new BadInputError(
        'unknown_version',
        `没有编号为 ${versionId} 的文件版本。请用 documents list 查看现有文件。`,
      )
    }
    const metadata = correct(version.metadata)
    await store.knowledge.setMetadata(versionId, metadata)
    await store.audit.record({
      at: context.at,
      actor: context.actor,
      action,
      subject: `document:${version.documentId}`,
      details: { versionId },
    })
    return { ...version, metadata }
  })
}
