/**
 * A stored version as it may be shown today. An older version stays readable, because answers quoted
 * it, but never to more people than the version in force: whoever restricts a document restricts its past.
 */
import type { DocumentVersion } from '../domain/document.ts'
import { READERSHIPS, type Readership } from '../domain/person.ts'
import type { KnowledgeStore } from '../storage/knowledge-store.ts'

export async function openVersion(
  versionId: string,
  knowledge: Pick<KnowledgeStore, 'version' | 'history'>,
): Promise<DocumentVersion | undefined> {
  const version = await knowledge.version(versionId)
  if (version?.status !== 'superseded') return version
  const history = await knowledge.history(version.documentId)
  const current = history.find(({ status }) => status === 'in-force') ?? history.at(-1)
  const readableBy = strictest(
    version.metadata.readableBy,
    current?.metadata.readableBy ?? version.metadata.readableBy,
  )
  return { ...version, metadata: { ...version.metadata, readableBy } }
}

function strictest(a: Readership, b: Readership): Readership {
  return READERSHIPS.indexOf(a) >= READERSHIPS.indexOf(b) ? a : b
}
