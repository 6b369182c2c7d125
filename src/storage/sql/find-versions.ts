/** Looking versions up: whole, in part, by document, by file, by bytes, by wording. */
import type { DocumentSummary, DocumentVersion } from '../../domain/document.ts'
import type { SimilarVersion } from '../knowledge-store.ts'
import type { Database } from './database.ts'
import { readContent, readSummary, readVersion, SUMMARY_COLUMNS } from './stored-version.ts'

/** Ids in one statement; SQLite allows 32,766 parameters. */
const BATCH_SIZE = 500

export async function version(
  { db }: Database,
  versionId: string,
): Promise<DocumentVersion | undefined> {
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

export async function summary(
  { db }: Database,
  versionId: string,
): Promise<DocumentSummary | undefined> {
  const row = await db
    .selectFrom('versions')
    .select(SUMMARY_COLUMNS)
    .where('version_id', '=', versionId)
    .executeTakeFirst()
  return row && readSummary(row)
}

export async function contents({ db }: Database, versionIds: readonly string[]) {
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

export async function list({ db }: Database): Promise<readonly DocumentSummary[]> {
  const rows = await newestVersions(db).execute()
  return rows.map(readSummary)
}

export async function inForce(
  { db }: Database,
  { samplesOnly } = { samplesOnly: false },
): Promise<readonly DocumentSummary[]> {
  const rows = await db
    .selectFrom('versions')
    .select(SUMMARY_COLUMNS)
    .where('status', '=', 'in-force')
    .$if(samplesOnly, (query) => query.where('sample', '=', 1))
    .orderBy('revision')
    .execute()
  return rows.map(readSummary)
}

export async function history(
  { db }: Database,
  documentId: string,
): Promise<readonly DocumentSummary[]> {
  const rows = await db
    .selectFrom('versions')
    .select(SUMMARY_COLUMNS)
    .where('document_id', '=', documentId)
    .orderBy('version')
    .execute()
  return rows.map(readSummary)
}

export async function findByContentHash(
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

export async function findByFileName({ db }: Database, fileName: string) {
  const rows = await newestVersions(db)
    .where('document_id', 'in', (query) =>
      query.selectFrom('versions').select('document_id').where('file_name', '=', fileName),
    )
    .execute()
  return rows.map(readSummary)
}

function newestVersions(db: Database['db']) {
  return db
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
}

export async function findSimilar(
  { db }: Database,
  fingerprint: readonly number[],
  { limit, least }: { readonly limit: number; readonly least: number },
): Promise<readonly SimilarVersion[]> {
  if (fingerprint.length === 0) return []
  // Counted before joined: a stock phrase is shared by thousands, enough samples by a few.
  const rows = await db
    .selectFrom((all) =>
      all
        .selectFrom('version_fingerprints')
        .select('version_id')
        .select((row) => row.fn.countAll<number>().as('shared'))
        .where('sample', 'in', fingerprint)
        .groupBy('version_id')
        .having((row) => row.fn.countAll(), '>=', least)
        .as('relatives'),
    )
    .innerJoin('versions', 'versions.version_id', 'relatives.version_id')
    .select(['versions.version_id', 'versions.document_id', 'relatives.shared'])
    .orderBy('shared', 'desc')
    .orderBy('versions.version', 'desc')
    .orderBy('versions.version_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    versionId: row.version_id,
    documentId: row.document_id,
    sharedSamples: row.shared,
  }))
}

export async function original(
  { db }: Database,
  contentHash: string,
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('originals')
    .select('bytes')
    .where('content_hash', '=', contentHash)
    .executeTakeFirst()
  return row && new Uint8Array(row.bytes)
}
