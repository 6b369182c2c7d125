/**
 * Documents and their versions in SQL.
 *
 * The revision is one counter row that every change of standing updates first: the row stays locked
 * until that transaction ends, so revisions become visible in their order, and a reader that has
 * seen revision n has missed nothing up to n.
 */
import { sql } from 'kysely'
import type {
  DocumentReading,
  DocumentStatus,
  DocumentSummary,
  DocumentVersion,
} from '../../domain/document.ts'
import { BotError } from '../../errors.ts'
import type { DraftOptions, KnowledgeChange, KnowledgeStore } from '../knowledge-store.ts'
import type { Database } from './database.ts'
import { storedJson } from './stored-values.ts'
import {
  type KnowledgeTables,
  readContent,
  readSummary,
  readVersion,
  SUMMARY_COLUMNS,
  storedContent,
  storedSummary,
  storedTexts,
} from './stored-version.ts'

/** Digits of the content hash that name a document: 16^10 names, and few enough to type. */
const DOCUMENT_ID_LENGTH = 10
/** Ids in one statement; SQLite allows 32,766 parameters. */
const BATCH_SIZE = 500

export function sqlKnowledgeStore(database: Database): KnowledgeStore {
  return {
    lock: () => lock(database),
    revision: () => revision(database),
    changesSince: (since) => changesSince(database, since),
    contents: (versionIds) => contents(database, versionIds),
    addDraft: (reading, options) => addDraft(database, reading, options),
    setStatus: (versionId, status) => setStatus(database, versionId, status),
    setMetadata: (versionId, metadata) =>
      change(database, versionId, {
        metadata: storedJson(metadata),
        sample: Number(metadata.sample),
      }),
    remove: (documentId) => remove(database, documentId),
    version: (versionId) => version(database, versionId),
    list: () => list(database),
    history: (documentId) => history(database, documentId),
    findByContentHash: (contentHash) => findByContentHash(database, contentHash),
    original: (contentHash) => original(database, contentHash),
  }
}

/** On SQLite every transaction holds the write lock from its beginning: touching the row says the same there. */
async function lock({ db }: Database) {
  await db
    .updateTable('knowledge_state')
    .set((row) => ({ revision: row.ref('revision') }))
    .execute()
}

async function revision({ db }: Database): Promise<number> {
  const state = await db.selectFrom('knowledge_state').select('revision').executeTakeFirstOrThrow()
  return state.revision
}

async function nextRevision({ db }: Database): Promise<number> {
  const state = await db
    .updateTable('knowledge_state')
    .set((row) => ({ revision: row('revision', '+', 1) }))
    .returning('revision')
    .executeTakeFirstOrThrow()
  return state.revision
}

/** The revision is read before the rows: what commits in between comes again next time. */
async function changesSince(database: Database, since: number) {
  const seen = await revision(database)
  const rows = await database.db
    .selectFrom('versions')
    .select(['version_id', 'status'])
    .where('revision', '>', since)
    .$if(since === 0, (query) => query.where('status', '=', 'in-force'))
    .orderBy('revision')
    .execute()
  const removed = await removedSince(database, since)
  const changes = rows.map(
    (row): KnowledgeChange => ({ versionId: row.version_id, inForce: row.status === 'in-force' }),
  )
  return { revision: seen, changes: [...removed, ...changes] }
}

async function removedSince({ db }: Database, since: number): Promise<KnowledgeChange[]> {
  if (since === 0) return []
  const rows = await db
    .selectFrom('removed_versions')
    .select('version_id')
    .where('revision', '>', since)
    .execute()
  return rows.map((row) => ({ versionId: row.version_id, inForce: false }))
}

async function contents({ db }: Database, versionIds: readonly string[]) {
  const found = new Map<string, ReturnType<typeof readContent>>()
  for (let from = 0; from < versionIds.length; from += BATCH_SIZE) {
    const rows = await db
      .selectFrom('versions')
      .innerJoin('version_contents', 'version_contents.version_id', 'versions.version_id')
      .select([...SUMMARY_COLUMNS, 'text', 'passages', 'lists', 'facts'])
      .where('versions.version_id', 'in', versionIds.slice(from, from + BATCH_SIZE))
      .execute()
    for (const row of rows) found.set(row.version_id, readContent(row))
  }
  return versionIds.flatMap((id) => found.get(id) ?? [])
}

function addDraft(
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
      versionId: `${documentId}-v${version}`,
      version,
      status: 'draft',
      createdAt: options.createdAt.round('millisecond'),
    }
    const { db } = inner
    await db.insertInto('versions').values(storedSummary(stored, 0)).execute()
    await db.insertInto('version_contents').values(storedContent(stored)).execute()
    await db.insertInto('version_texts').values(storedTexts(stored)).execute()
    if (options.original) await keepOriginal(inner, reading.contentHash, options.original)
    return stored
  })
}

/** From the content, so that two stores name the same document alike; longer when the name is taken. */
async function newDocumentId(database: Database, contentHash: string): Promise<string> {
  for (let length = DOCUMENT_ID_LENGTH; length <= contentHash.length; length++) {
    const id = contentHash.slice(0, length)
    if ((await newestVersionNumber(database, id)) === 0) return id
  }
  for (let copy = 2; ; copy++) {
    const id = `${contentHash.slice(0, DOCUMENT_ID_LENGTH)}.${copy}`
    if ((await newestVersionNumber(database, id)) === 0) return id
  }
}

async function newestVersionNumber({ db }: Database, documentId: string): Promise<number> {
  const row = await db
    .selectFrom('versions')
    .select((row) => row.fn.max('version').as('newest'))
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  return row?.newest ?? 0
}

async function keepOriginal({ db }: Database, contentHash: string, bytes: Uint8Array) {
  await db
    .insertInto('originals')
    .values({ content_hash: contentHash, bytes })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function setStatus(database: Database, versionId: string, status: DocumentStatus): Promise<void> {
  return database.transaction(async (inner) => {
    await lock(inner)
    if (status === 'in-force') await refuseSecondInForce(inner, versionId)
    await change(inner, versionId, { status })
  })
}

async function refuseSecondInForce({ db }: Database, versionId: string) {
  const other = await db
    .selectFrom('versions')
    .select('version_id')
    .where('status', '=', 'in-force')
    .where('version_id', '!=', versionId)
    .where('document_id', '=', (query) =>
      query.selectFrom('versions').select('document_id').where('version_id', '=', versionId),
    )
    .executeTakeFirst()
  if (!other) return
  throw new BotError(
    'another_in_force',
    `同一份文件的另一个版本 ${other.version_id} 正在生效,请先让它失效,再发布 ${versionId}。`,
  )
}

function change(
  database: Database,
  versionId: string,
  values: Partial<Pick<KnowledgeTables['versions'], 'status' | 'metadata' | 'sample'>>,
): Promise<void> {
  return database.transaction(async (inner) => {
    const next = await nextRevision(inner)
    const result = await inner.db
      .updateTable('versions')
      .set({ ...values, revision: next })
      .where('version_id', '=', versionId)
      .executeTakeFirst()
    if (result.numUpdatedRows > 0n) return
    throw new BotError(
      'unknown_version',
      `没有编号为 ${versionId} 的文件版本。请用 documents list 查看现有文件。`,
    )
  })
}

function remove(database: Database, documentId: string): Promise<void> {
  return database.transaction(async (inner) => {
    const { db } = inner
    const next = await nextRevision(inner)
    const ofDocument = await db
      .deleteFrom('versions')
      .where('document_id', '=', documentId)
      .returning(['version_id', 'content_hash'])
      .execute()
    for (const { version_id } of ofDocument) {
      await db
        .insertInto('removed_versions')
        .values({ version_id, revision: next })
        .onConflict((conflict) => conflict.column('version_id').doUpdateSet({ revision: next }))
        .execute()
    }
    await sql`delete from originals where not exists (
      select 1 from versions where versions.content_hash = originals.content_hash)`.execute(db)
  })
}

async function version({ db }: Database, versionId: string): Promise<DocumentVersion | undefined> {
  const row = await db
    .selectFrom('versions')
    .innerJoin('version_contents', 'version_contents.version_id', 'versions.version_id')
    .innerJoin('version_texts', 'version_texts.version_id', 'versions.version_id')
    .select([...SUMMARY_COLUMNS, 'text', 'passages', 'lists', 'facts'])
    .select(['original_text', 'offsets', 'cuts', 'warnings', 'proposals'])
    .where('versions.version_id', '=', versionId)
    .executeTakeFirst()
  return row && readVersion(row)
}

async function list({ db }: Database): Promise<readonly DocumentSummary[]> {
  const rows = await db
    .selectFrom('versions')
    .select(SUMMARY_COLUMNS)
    .where('version', '=', (query) =>
      query
        .selectFrom('versions as other')
        .select((row) => row.fn.max('other.version').as('newest'))
        .whereRef('other.document_id', '=', 'versions.document_id'),
    )
    .orderBy('created_at', 'desc')
    .orderBy('document_id')
    .execute()
  return rows.map(readSummary)
}

async function history({ db }: Database, documentId: string): Promise<readonly DocumentSummary[]> {
  const rows = await db
    .selectFrom('versions')
    .select(SUMMARY_COLUMNS)
    .where('document_id', '=', documentId)
    .orderBy('version')
    .execute()
  return rows.map(readSummary)
}

async function findByContentHash(
  { db }: Database,
  contentHash: string,
): Promise<DocumentSummary | undefined> {
  const row = await db
    .selectFrom('versions')
    .select(SUMMARY_COLUMNS)
    .where('content_hash', '=', contentHash)
    .orderBy('created_at', 'desc')
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return row && readSummary(row)
}

async function original({ db }: Database, contentHash: string): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('originals')
    .select('bytes')
    .where('content_hash', '=', contentHash)
    .executeTakeFirst()
  return row && new Uint8Array(row.bytes)
}
