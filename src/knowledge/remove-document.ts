/**
 * Erasing a document whole: every version, its texts and its original. For what should never have
 * been here (a list of needy people by name); what is merely out of date is withdrawn instead. The
 * audit log keeps that it was removed, not what it said.
 */
import { BadInputError } from '../errors.ts'
import type { ChangeContext } from './publish-document.ts'

/** @throws {BadInputError} `unknown_document` */
export function removeDocument(documentId: string, context: ChangeContext): Promise<void> {
  return context.store.transaction(async ({ knowledge, audit }) => {
    await knowledge.lock()
    const versions = (await knowledge.history(documentId)).length
    if (versions === 0) {
      throw new BadInputError(
        'unknown_document',
        `没有编号为 ${documentId} 的文件。请用 documents list 查看现有文件。`,
      )
    }
    await knowledge.remove(documentId)
    await audit.record({
      at: context.at,
      actor: context.actor,
      action: 'document_removed',
      subject: `document:${documentId}`,
      details: { versions },
    })
  })
}
