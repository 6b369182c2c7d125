/** The audit log in SQL: one head row that is locked while an entry is added, so the chain has no forks. */
import { createHash } from 'node:crypto'
import type { AuditCheck, AuditEntry, AuditRecord, AuditStore } from '../audit-store.ts'
import type { Database } from './database.ts'
import { readInstant, readJson, storedInstant, storedJson } from './stored-values.ts'

interface AuditEntriesTable {
  readonly sequence: number
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly details: string
  readonly hash: string
}

export interface AuditTables {
  readonly audit_entries: AuditEntriesTable
  readonly audit_head: { readonly id: number; readonly sequence: number; readonly hash: string }
}

/** Entries checked at a time. */
const BATCH_SIZE = 1_000

export function sqlAuditStore(database: Database): AuditStore {
  return {
    record: (record) => add(database, record),
    entries: (options) => entries(database, options),
    check: () => check(database),
  }
}

function add(database: Database, record: AuditRecord): Promise<AuditEntry> {
  return database.transaction(async ({ db }) => {
    const head = await db
      .updateTable('audit_head')
      .set((row) => ({ sequence: row('sequence', '+', 1) }))
      .returning(['sequence', 'hash'])
      .executeTakeFirstOrThrow()
    const row = {
      sequence: head.sequence,
      at: storedInstant(record.at),
      actor: record.actor,
      action: record.action,
      subject: record.subject,
      details: storedJson(record.details),
    }
    const hash = hashOf(row, head.hash)
    await db
      .insertInto('audit_entries')
      .values({ ...row, hash })
      .execute()
    await db.updateTable('audit_head').set({ hash }).execute()
    return readEntry({ ...row, hash })
  })
}

function hashOf(row: Omit<AuditEntriesTable, 'hash'>, previousHash: string): string {
  const { sequence, at, actor, action, subject, details } = row
  const content = JSON.stringify([previousHash, sequence, at, actor, action, subject, details])
  return createHash('sha256').update(content).digest('hex')
}

async function entries({ db }: Database, options: Parameters<AuditStore['entries']>[0]) {
  const { before, subject, limit } = options
  const rows = await db
    .selectFrom('audit_entries')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('sequence', '<', before ?? 0))
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? ''))
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute()
  return rows.map(readEntry)
}

async function check({ db }: Database): Promise<AuditCheck> {
  const head = await db
    .selectFrom('audit_head')
    .select(['sequence', 'hash'])
    .executeTakeFirstOrThrow()
  let sequence = 0
  let hash = ''
  while (sequence < head.sequence) {
    const rows = await db
      .selectFrom('audit_entries')
      .selectAll()
      .where('sequence', '>', sequence)
      .where('sequence', '<=', head.sequence)
      .orderBy('sequence')
      .limit(BATCH_SIZE)
      .execute()
    if (rows.length === 0) return { kind: 'broken', brokenAt: sequence + 1 }
    for (const row of rows) {
      sequence++
      if (row.sequence !== sequence || row.hash !== hashOf(row, hash)) {
        return { kind: 'broken', brokenAt: sequence }
      }
      hash = row.hash
    }
  }
  return hash === head.hash
    ? { kind: 'intact', entries: sequence }
    : { kind: 'broken', brokenAt: sequence }
}

function readEntry(row: AuditEntriesTable): AuditEntry {
  return {
    sequence: row.sequence,
    at: readInstant(row.at),
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    details: readJson(row.details),
    hash: row.hash,
  }
}
