/** Which document a person means who types its number, a part of it, its file name or its title. */
import type { DocumentSummary } from '../domain/document.ts'
import { BadInputError } from '../errors.ts'
import type { KnowledgeStore } from '../storage/knowledge-store.ts'
import { foldWithoutSpaces } from '../text/fold-for-matching.ts'

/** Digits of a number that are enough to name a document. */
const SHORTEST_NUMBER = 4
/** Candidates named when several fit. */
const MOST_NAMED = 5

/**
 * The newest version of the document that `reference` names.
 *
 * @throws {BadInputError} `unknown_document`, or `ambiguous_document` with the candidates' numbers.
 */
export async function findDocument(
  reference: string,
  knowledge: Pick<KnowledgeStore, 'list'>,
): Promise<DocumentSummary> {
  const documents = await knowledge.list()
  for (const fits of WAYS) {
    const found = documents.filter((document) => fits(document, reference.trim()))
    if (found[0] && found.length === 1) return found[0]
    if (found.length > 1) throw ambiguous(reference, found)
  }
  throw new BadInputError(
    'unknown_document',
    `没有找到「${reference}」。请用 documents list 查看现有文件的编号。`,
  )
}

/** From the surest to the loosest; the first that fits any document decides. */
const WAYS: readonly ((document: DocumentSummary, reference: string) => boolean)[] = [
  ({ documentId, versionId }, reference) => documentId === reference || versionId === reference,
  ({ documentId }, reference) =>
    reference.length >= SHORTEST_NUMBER && documentId.startsWith(reference),
  ({ fileName }, reference) => fileName === reference,
  ({ metadata }, reference) => foldWithoutSpaces(metadata.title) === foldWithoutSpaces(reference),
  ({ metadata, fileName }, reference) =>
    reference !== '' &&
    foldWithoutSpaces(`${metadata.title}\n${fileName}`).includes(foldWithoutSpaces(reference)),
]

function ambiguous(reference: string, found: readonly DocumentSummary[]): BadInputError {
  const named = found
    .slice(0, MOST_NAMED)
    .map(({ documentId, metadata }) => `${documentId}《${metadata.title}》`)
    .join('、')
  return new BadInputError(
    'ambiguous_document',
    `「${reference}」对应 ${found.length} 份文件，请写编号：${named}`,
  )
}
