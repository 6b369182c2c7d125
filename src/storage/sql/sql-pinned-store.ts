/** Pinned answers in SQL: each one row, its content as JSON. */
import type { PinnedAnswer } from '../../domain/pinned-answer.ts'
import type { PinnedStore } from '../pinned-store.ts'
import type { Database } from './database.ts'
import { readInstant, readJson, storedInstant, storedJson } from './stored-values.ts'

interface PinnedAnswersTable {
  readonly id: string
  /** JSON of PinnedAnswer without id and updatedAt. */
  readonly content: string
  readonly updated_at: number
}

export interface PinnedTables {
  readonly pinned_answers: PinnedAnswersTable
}

export function sqlPinnedStore(database: Database): PinnedStore {
  const rows = () => database.db.selectFrom('pinned_answers').selectAll()
  return {
    save: (pinned) => save(database, pinned),
    remove: async (id) => {
      const result = await database.db
        .deleteFrom('pinned_answers')
        .where('id', '=', id)
        .executeTakeFirst()
      return result.numDeletedRows > 0n
    },
    find: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row && read(row)
    },
    list: async () =>
      (await rows().orderBy('updated_at', 'desc').orderBy('id').execute()).map(read),
  }
}

async function save({ db }: Database, { id, updatedAt, ...content }: PinnedAnswer): Promise<void> {
  const values = { content: storedJson(content), updated_at: storedInstant(updatedAt) }
  await db
    .insertInto('pinned_answers')
    .values({ id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
}

function read(row: PinnedAnswersTable): PinnedAnswer {
  const content = readJson<Omit<PinnedAnswer, 'id' | 'updatedAt'>>(row.content)
  return { ...content, id: row.id, updatedAt: readInstant(row.updated_at) }
}
