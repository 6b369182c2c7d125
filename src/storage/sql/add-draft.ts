/** Storing a reading as the next version of a document, or as the first of a new one. */
import type { DocumentReading, DocumentVersion } from '../../domain/document.ts'
import type { DraftOptions } from '../knowledge-store.ts'
import type { Database } from './database.ts'
import { lock } from './knowledge-revision.ts'
import { storedContent, storedSummary, storedTexts } from './stored-version.ts'

/** Digits of the content hash that name a document: 16^10 names, and few enough to type. */
const DOCUMENT_ID_LENGTH = 10

export function addDraft(
  database: Database,
  reading: DocumentReading,
  options: DraftOptions,
): Promise<DocumentVersion> {
  return database.transaction(async (inner) => {
    await lock(inner)
    const documentId = options.documentId ?? (await newDocumentId(inner, reading.contentHash))
    const version = (await newestVersionNumber(inner, documentId)) + 1
    const stored: DocumentVersion = {
      ...reading,
      documentId,
      versionId: versionIdOf(documentId, version),
      version,
      status: 'draft',
      createdAt: options.createdAt.round('millisecond'),
    }
    const { db } = inner
    await db.insertInto('versions').values(storedSummary(stored, 0)).execute()
    await db.insertInto('version_contents').values(storedContent(stored)).execute()
    await db.insertInto('version_texts').values(storedTexts(stored)).execute()
    await keepFingerprint(inner, stored.versionId, options.fingerprint ?? [])
    if (options.original) await keepOriginal(inner, reading.contentHash, options.original)
    return stored
  })
}

/**
 * From the content, so that two stores name the same document alike; longer when the name is taken.
 * The name of a removed document stays taken: whoever still shows it must not find another under it.
 */
async function newDocumentId(database: Database, contentHash: string): Promise<string> {
  for (let length = DOCUMENT_ID_LENGTH; length <= contentHash.length; length++) {
    const id = contentHash.slice(0, length)
    if (!(await isTaken(database, id))) return id
  }
  for (let copy = 2; ; copy++) {
    const id = `${contentHash.slice(0, DOCUMENT_ID_LENGTH)}.${copy}`
    if (!(await isTaken(database, id))) return id
  }
}

async function isTaken(database: Database, documentId: string): Promise<boolean> {
  if ((await newestVersionNumber(database, documentId)) > 0) return true
  const removed = await database.db
    .selectFrom('removed_versions')
    .select('version_id')
    .where('version_id', '=', versionIdOf(documentId, 1))
    .executeTakeFirst()
  return removed !== undefined
}

const versionIdOf = (documentId: string, version: number) => `${documentId}-v${version}`

async function newestVersionNumber({ db }: Database, documentId: string): Promise<number> {
  const row = await db
    .selectFrom('versions')
    .select((row) => row.fn.max('version').as('newest'))
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  return row?.newest ?? 0
}

async function keepFingerprint(
  { db }: Database,
  versionId: string,
  fingerprint: readonly number[],
) {
  if (fingerprint.length === 0) return
  const rows = fingerprint.map((sample) => ({ sample, version_id: versionId }))
  await db.insertInto('version_fingerprints').values(rows).execute()
}

async function keepOriginal({ db }: Database, contentHash: string, bytes: Uint8Array) {
  await db
    .insertInto('originals')
    .values({ content_hash: contentHash, bytes })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
