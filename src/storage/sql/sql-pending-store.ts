/** Commands that wait for an answer, in SQL: one open one an account and conversation. */
import type { Selectable } from 'kysely'
import type { AccountRef } from '../../domain/person.ts'
import type { Pending, PendingStore } from '../pending-store.ts'
import type { Database } from './database.ts'
import { readInstant, readJson, storedInstant, storedJson } from './stored-values.ts'

export interface PendingTables {
  pending_commands: {
    id: string
    channel: string
    account_id: string
    conversation_id: string
    request: string
    expires_at: number
    outcome: string | null
  }
}

/** What is shown when a command is confirmed that a later one replaced. */
const REPLACED = '这条已被后来的内容代替，没有保存。'

export function sqlPendingStore(database: Database): PendingStore {
  return {
    put: (pending) => put(database, pending),
    byId: async (id) => {
      const row = await database.db
        .selectFrom('pending_commands')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      return row && readPending(row)
    },
    open: (account, conversationId, now) => open(database, account, conversationId, now),
    close: async (id, outcome) => {
      const { numUpdatedRows } = await database.db
        .updateTable('pending_commands')
        .set({ outcome })
        .where('id', '=', id)
        .where('outcome', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
    prune: async (before) => {
      const { numDeletedRows } = await database.db
        .deleteFrom('pending_commands')
        .where('expires_at', '<', storedInstant(before))
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

function put(database: Database, pending: Pending): Promise<void> {
  return database.transaction(async ({ db }) => {
    const { channel, accountId } = pending.account
    await db
      .updateTable('pending_commands')
      .set({ outcome: REPLACED })
      .where('channel', '=', channel)
      .where('account_id', '=', accountId)
      .where('conversation_id', '=', pending.conversationId)
      .where('outcome', 'is', null)
      .execute()
    await db
      .insertInto('pending_commands')
      .values({
        id: pending.id,
        channel,
        account_id: accountId,
        conversation_id: pending.conversationId,
        request: storedJson(pending.request),
        expires_at: storedInstant(pending.expiresAt),
        outcome: pending.outcome ?? null,
      })
      .execute()
  })
}

async function open(
  { db }: Database,
  account: AccountRef,
  conversationId: string,
  now: Temporal.Instant,
): Promise<Pending | undefined> {
  const row = await db
    .selectFrom('pending_commands')
    .selectAll()
    .where('channel', '=', account.channel)
    .where('account_id', '=', account.accountId)
    .where('conversation_id', '=', conversationId)
    .where('outcome', 'is', null)
    .where('expires_at', '>', storedInstant(now))
    .executeTakeFirst()
  return row && readPending(row)
}

function readPending(row: Selectable<PendingTables['pending_commands']>): Pending {
  return {
    id: row.id,
    account: { channel: row.channel, accountId: row.account_id },
    conversationId: row.conversation_id,
    request: readJson(row.request),
    expiresAt: readInstant(row.expires_at),
    ...(row.outcome !== null && { outcome: row.outcome }),
  }
}
