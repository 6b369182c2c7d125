/**
 * 放弃 of a draft that an admin looked at and does not want: it is kept out of force and can still be
 * published later. What is in force is not touched. Running twice does nothing more.
 */
import type { DocumentSummary } from '../domain/document.ts'
import { BadInputError } from '../errors.ts'
import type { ChangeContext } from './publish-document.ts'

/** @throws {BadInputError} `unknown_version` */
export function discardDraft(versionId: string, context: ChangeContext): Promise<DocumentSummary> {
  return context.store.transaction(async ({ knowledge, audit }) => {
    await knowledge.lock()
    const version = await knowledge.summary(versionId)
    if (!version) {
      throw new BadInputError('unknown_version', '这份草稿已经不在了，请在管理页面查看现有文件。')
    }
    if (version.status !== 'draft') return version
    await knowledge.setStatus(versionId, 'withdrawn')
    await audit.record({
      at: context.at,
      actor: context.actor,
      action: 'draft_discarded',
      subject: `document:${version.documentId}`,
      details: { versionId },
    })
    return { ...version, status: 'withdrawn' }
  })
}
