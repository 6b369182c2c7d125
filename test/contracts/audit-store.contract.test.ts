/** What the audit log promises, on every engine: complete, in order, unchangeable. */
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuditRecord } from '../../src/storage/audit-store.ts'
import { openDatabaseOf } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { SHARED_STORE_KINDS, type TestStore } from '../support/test-stores.ts'

const record = (subject: string, version = 1): AuditRecord => ({
  at: Temporal.Instant.from('2025-03-02T08:00:00Z'),
  actor: 'cli',
  action: 'document_published',
  subject,
  details: { version, sample: false },
})

describe.each(SHARED_STORE_KINDS)('the audit log on $name', ({ open }) => {
  let opened: TestStore
  let store: Store
  beforeEach(async () => {
    opened = await open()
    store = opened.store
  })
  afterEach(() => opened.dispose())

  const tamper = async (...statements: string[]) => {
    const database = openDatabaseOf(opened.options)
    try {
      for (const statement of statements) await sql.raw(statement).execute(database.db)
    } finally {
      await database.close()
    }
  }

  it('gives entries back newest first, by page and by subject', async () => {
    for (const subject of ['document:a', 'document:b', 'document:a', 'task:c']) {
      await store.audit.record(record(subject))
    }

    const page = await store.audit.entries({ limit: 2 })
    expect(page.map(({ sequence }) => sequence)).toEqual([4, 3])
    const rest = await store.audit.entries({ limit: 9, before: 3 })
    expect(rest.map(({ sequence }) => sequence)).toEqual([2, 1])
    const ofA = await store.audit.entries({ limit: 9, subject: 'document:a' })
    expect(ofA).toMatchObject([{ sequence: 3, ...record('document:a') }, { sequence: 1 }])
  })

  it('keeps no entry of a change that failed', async () => {
    const failing = store.transaction(async (inner) => {
      await inner.audit.record(record('document:a'))
      throw new Error('after all not')
    })
    await expect(failing).rejects.toThrow('after all not')
    await store.audit.record(record('document:b'))

    expect(await store.audit.entries({ limit: 9 })).toMatchObject([
      { sequence: 1, subject: 'document:b' },
    ])
    expect(await store.audit.check()).toEqual({ kind: 'intact', entries: 1 })
  })

  it('numbers entries without gaps when many record at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => store.audit.record(record(`task:${n}`))))

    expect(await store.audit.check()).toEqual({ kind: 'intact', entries: 20 })
  })

  it.each(['update audit_entries set actor = $$somebody$$', 'delete from audit_entries'])(
    'refuses %s',
    async (statement) => {
      await store.audit.record(record('document:a'))

      await expect(tamper(statement.replaceAll('$$', "'"))).rejects.toThrow('never changed')
      expect(await store.audit.check()).toEqual({ kind: 'intact', entries: 1 })
    },
  )

  it('shows an entry that was changed past the guard, and one that was cut off', async () => {
    for (const version of [1, 2, 3]) await store.audit.record(record('document:a', version))
    const postgres = opened.options.databaseUrl !== undefined
    const open = postgres
      ? ['alter table audit_entries disable trigger all']
      : ['drop trigger audit_entries_refuse_update', 'drop trigger audit_entries_refuse_delete']

    await tamper(...open, "update audit_entries set actor = 'somebody' where sequence = 2")
    expect(await store.audit.check()).toEqual({ kind: 'broken', brokenAt: 2 })
    await tamper("update audit_entries set actor = 'cli' where sequence = 2")
    expect(await store.audit.check()).toEqual({ kind: 'intact', entries: 3 })
    await tamper('delete from audit_entries where sequence = 3')
    expect(await store.audit.check()).toEqual({ kind: 'broken', brokenAt: 3 })
  })
})
