/** Changes of what is in force: each takes the next revision, so that indexes hear of it. */
import { sql } from 'kysely'
import type { DocumentMetadata, DocumentStatus } from '../../domain/document.ts'
import { BotError } from '../../errors.ts'
import type { Database } from './database.ts'
import { lock, nextRevision } from './knowledge-revision.ts'
import { storedJson } from './stored-values.ts'
import type { KnowledgeTables } from './stored-version.ts'

export function setStatus(
  database: Database,
  versionId: string,
  status: DocumentStatus,
): Promise<void> {
  return database.transaction(async (inner) => {
    await lock(inner)
    if (status === 'in-force') await refuseSecondInForce(inner, versionId)
    await change(inner, versionId, { status })
  })
}

export function setMetadata(
  database: Database,
  versionId: string,
  metadata: DocumentMetadata,
): Promise<void> {
  const values = { metadata: storedJson(metadata), sample: Number(metadata.sample) }
  return change(database, versionId, values)
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
    `同一份文件的另一个版本 ${other.version_id} 正在生效，请先让它失效，再发布 ${versionId}。`,
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

export function remove(database: Database, documentId: string): Promise<void> {
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
