/**
 * The inbox in SQL. Its key is (channel, message id): a redelivery, on any replica, changes nothing.
 *
 * Of each conversation only the oldest open message can be leased, so that two messages of one chat
 * are never worked on at once nor out of order; different chats go in parallel.
 */
import { sql } from 'kysely'
import type { ConversationRef, InboundMessage } from '../../domain/message.ts'
import type { InboxItem, InboxStore } from '../inbox-store.ts'
import type { Database } from './database.ts'
import { readInstant, readJson, storedInstant, storedJson } from './stored-values.ts'

export interface InboxTables {
  inbox: {
    seq: number
    channel: string
    message_id: string
    conversation: string
    message: string
    state: string
    not_before_at: number
    lease_token: string | null
    lease_until_at: number | null
    attempts: number
    accepted_at: number
    settled_at: number | null
  }
}

export function sqlInboxStore(database: Database): InboxStore {
  return {
    accept: (message, at) => accept(database, message, at),
    claim: (options) => claim(database, options),
    settle: (item, outcome) => settle(database, item, outcome),
    withdraw: (message) => withdraw(database, message),
    nextDueAt: (except = []) => nextDueAt(database, except),
    prune: (before) => prune(database, before),
  }
}

async function accept(database: Database, message: InboundMessage, at: Temporal.Instant) {
  const now = storedInstant(at)
  const { numAffectedRows } = await sql`
    insert into inbox (channel, message_id, conversation, message, state, not_before_at, accepted_at)
    values (${message.conversation.channel}, ${message.id}, ${conversationKey(message.conversation)},
      ${storedJson(message)}, 'waiting', ${now}, ${now})
    on conflict (channel, message_id) do nothing`.execute(database.db)
  return numAffectedRows === 1n
}

async function claim(
  database: Database,
  options: Parameters<InboxStore['claim']>[0],
): Promise<InboxItem[]> {
  const now = storedInstant(options.now)
  const leaseToken = crypto.randomUUID()
  const skipLocked =
    database.engine === 'postgres' ? sql`for update of candidate skip locked` : sql``
  const { rows } = await sql<{ seq: number; message: string; attempts: number }>`
    update inbox set state = 'leased', lease_token = ${leaseToken},
      lease_until_at = ${storedInstant(options.leaseUntil)}, attempts = attempts + 1
    where seq in (
      select candidate.seq from inbox candidate
      where candidate.state in ('waiting', 'leased') ${butFor(options.except ?? [])}
        and ((candidate.state = 'waiting' and candidate.not_before_at <= ${now})
          or (candidate.state = 'leased' and candidate.lease_until_at <= ${now}))
        and not exists (
          select 1 from inbox earlier
          where earlier.conversation = candidate.conversation and earlier.seq < candidate.seq
            and earlier.state in ('waiting', 'leased'))
      order by candidate.seq limit ${options.limit} ${skipLocked})
    returning seq, message, attempts`.execute(database.db)
  return rows
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ message, attempts }) => ({ message: readJson(message), leaseToken, attempts }))
}

const butFor = (channels: readonly string[]) =>
  channels.length === 0 ? sql`` : sql`and candidate.channel not in (${sql.join(channels)})`

async function settle(
  database: Database,
  { message, leaseToken }: InboxItem,
  outcome: Parameters<InboxStore['settle']>[1],
) {
  const change =
    typeof outcome === 'string'
      ? sql`state = ${outcome}, settled_at = accepted_at`
      : sql`state = 'waiting', not_before_at = ${storedInstant(outcome.retryAt)}`
  const { numAffectedRows } = await sql`
    update inbox set ${change}, lease_token = null, lease_until_at = null
    where channel = ${message.conversation.channel} and message_id = ${message.id}
      and lease_token = ${leaseToken}`.execute(database.db)
  return numAffectedRows === 1n
}

async function withdraw(database: Database, message: Pick<InboundMessage, 'id' | 'conversation'>) {
  const { rows } = await sql<{ seq: number; message: string }>`
    select seq, message from inbox
    where channel = ${message.conversation.channel} and message_id = ${message.id}`.execute(
    database.db,
  )
  const [row] = rows
  if (!row) return
  const erased: InboundMessage = {
    ...readJson<InboundMessage>(row.message),
    content: { kind: 'recalled', messageId: message.id },
  }
  await sql`update inbox set message = ${storedJson(erased)} where seq = ${row.seq}`.execute(
    database.db,
  )
  await sql`update inbox set state = 'done', settled_at = accepted_at
    where seq = ${row.seq} and state = 'waiting'`.execute(database.db)
}

async function nextDueAt({ db }: Database, except: readonly string[]) {
  const { rows } = await sql<{ at: number | null }>`
    select min(case when state = 'leased' then lease_until_at else not_before_at end) as at
    from inbox candidate where state in ('waiting', 'leased') ${butFor(except)}
      and not exists (
        select 1 from inbox earlier
        where earlier.conversation = candidate.conversation and earlier.seq < candidate.seq
          and earlier.state in ('waiting', 'leased'))`.execute(db)
  const at = rows[0]?.at
  return at === null || at === undefined ? undefined : readInstant(at)
}

async function prune({ db }: Database, before: Temporal.Instant) {
  const { numAffectedRows } = await sql`
    delete from inbox where settled_at < ${storedInstant(before)}`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

function conversationKey({ channel, conversationId, threadId }: ConversationRef): string {
  return JSON.stringify([channel, conversationId, threadId ?? ''])
}
