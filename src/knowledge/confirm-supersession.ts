/**
 * One document ends another, as an admin confirmed. The older one stays in force for the time it
 * spoke for, so that 「2014年怎么规定」 still finds it; its validity ends the day before the newer one
 * begins, and it names its successor.
 */
import type { DocumentMetadata, DocumentSummary, Validity } from '../domain/document.ts'
import { BadInputError } from '../errors.ts'
import { correctMetadata } from './correct-metadata.ts'
import type { ChangeContext } from './publish-document.ts'

/**
 * Ends `olderVersionId` by `newerVersionId`; running twice changes nothing more.
 *
 * @throws {BadInputError} `unknown_version`; `supersedes_itself` when both are of one document.
 */
export async function confirmSupersession(
  olderVersionId: string,
  newerVersionId: string,
  context: ChangeContext,
): Promise<DocumentSummary> {
  const newer = await context.store.knowledge.summary(newerVersionId)
  const older = await context.store.knowledge.summary(olderVersionId)
  if (!newer) throw unknown(newerVersionId)
  if (newer.documentId === older?.documentId) {
    throw new BadInputError(
      'supersedes_itself',
      '这是同一份文件的两个版本：发布新版就会替换旧版，不用另外确认。',
    )
  }
  return correctMetadata(
    olderVersionId,
    (metadata) => ({ ...metadata, validity: endedBy(metadata, newer) }),
    context,
    'document_supersession_confirmed',
  )
}

function endedBy({ validity }: DocumentMetadata, newer: DocumentSummary): Validity {
  const { documentId, metadata } = newer
  const begins = metadata.validity.from ?? metadata.issuedOn?.on
  const end = begins?.subtract({ days: 1 })
  const to = earlier(validity.to, end)
  return {
    ...validity,
    ...(to && { to }),
    basis: `被《${metadata.title}》代替`,
    supersededBy: { documentId, title: metadata.title },
  }
}

function earlier(a: Temporal.PlainDate | undefined, b: Temporal.PlainDate | undefined) {
  if (a === undefined || b === undefined) return a ?? b
  return Temporal.PlainDate.compare(a, b) <= 0 ? a : b
}

function unknown(versionId: string) {
  return new BadInputError(
    'unknown_version',
    `没有编号为 ${versionId} 的文件版本。请用 documents list 查看现有文件。`,
  )
}
