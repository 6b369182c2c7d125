/**
 * The outbox in SQL: one statement claims, one settles; the lease token is the fence, so that a
 * worker that was away too long changes nothing. PostgreSQL skips rows that another replica is
 * claiming; SQLite has one writer at a time anyway.
 */
import { type RawBuilder, sql } from 'kysely'
import type {
  ClaimedDelivery,
  Delivery,
  DeliveryOutcome,
  DeliveryRecord,
  DeliveryState,
  OutboxStore,
} from '../outbox-store.ts'
import { batchesOf } from './batches.ts'
import type { Database } from './database.ts'
import { groupCommits } from './group-commits.ts'
import { readInstant, readJson, storedInstant, storedJson } from './stored-values.ts'

export interface OutboxTables {
  outbox: {
    seq: number
    id: string
    channel: string
    conversation_id: string
    destination: string
    content: string
    fallbacks: string
    not_before_at: number
    state: DeliveryState
    lease_token: string | null
    lease_until_at: number | null
    attempts: number
    outcome_unknown: number
    reason: string | null
    settled_at: number | null
  }
}

type Row = OutboxTables['outbox']

export function sqlOutboxStore(database: Database): OutboxStore {
  const settleGrouped = groupCommits((all: readonly Settlement[]) => settleAll(database, all))
  return {
    enqueue: (deliveries) => enqueue(database, deliveries),
    claim: (options) => claim(database, options),
    settle: (delivery, outcome, at) => settleGrouped({ delivery, outcome, at }),
    nextDueAt: (channels) => nextDueAt(database, channels),
    suppress: (ids, reason, at) => suppress(database, ids, reason, at),
    byId: async (id) => {
      const row = await database.db
        .selectFrom('outbox')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      return row && readRecord(row)
    },
    list: (filter) => list(database, filter),
    revive: (id, at) => revive(database, id, at),
    prune: (before) => prune(database, before),
  }
}

async function enqueue({ db }: Database, deliveries: readonly Delivery[]): Promise<number> {
  let added = 0
  for (const batch of batchesOf(deliveries)) {
    const { numAffectedRows } = await sql`
      insert into outbox
        (id, channel, conversation_id, destination, content, fallbacks, not_before_at, state)
      values ${sql.join(batch.map(valuesOf))} on conflict (id) do nothing`.execute(db)
    added += Number(numAffectedRows ?? 0n)
  }
  return added
}

function valuesOf({ id, to, content, fallbacks, notBefore }: Delivery): RawBuilder<unknown> {
  return sql`(${id}, ${to.channel}, ${to.conversationId}, ${storedJson(to)},
    ${storedJson(content)}, ${storedJson(fallbacks)}, ${storedInstant(notBefore)}, 'waiting')`
}

async function claim(
  database: Database,
  options: Parameters<OutboxStore['claim']>[0],
): Promise<readonly ClaimedDelivery[]> {
  if (options.channels.length === 0) return []
  const now = storedInstant(options.now)
  const leaseToken = crypto.randomUUID()
  const skipLocked = database.engine === 'postgres' ? sql`for update skip locked` : sql``
  // The plus keeps SQLite from the index by conversation, with which it would sort the whole outbox.
  const column = database.engine === 'sqlite' ? sql`+channel` : sql`channel`
  const among = sql`${column} in (${sql.join(options.channels)})`
  // Two searches by two indexes; a lease that ran out goes first, it has waited longest.
  const candidates = (where: RawBuilder<unknown>, order: RawBuilder<unknown>) => sql`
    select seq from (select seq from outbox where ${where} and ${among}
      order by ${order} limit ${options.limit} ${skipLocked}) as candidates`
  const { rows } = await sql<Row>`
    update outbox set state = 'leased', lease_token = ${leaseToken},
      lease_until_at = ${storedInstant(options.leaseUntil)}, attempts = attempts + 1
    where seq in (
      ${candidates(sql`state = 'leased' and lease_until_at <= ${now}`, sql`lease_until_at`)}
      union all
      ${candidates(sql`state = 'waiting' and not_before_at <= ${now}`, sql`not_before_at`)})
    returning *`.execute(database.db)
  return rows
    .toSorted((a, b) => a.not_before_at - b.not_before_at || a.seq - b.seq)
    .map((row) => ({
      ...readDelivery(row),
      leaseToken,
      attempts: row.attempts,
      outcomeUnknown: row.outcome_unknown === 1,
    }))
}

interface Settlement {
  readonly delivery: ClaimedDelivery
  readonly outcome: DeliveryOutcome
  readonly at: Temporal.Instant
}

/** Most settlements of a moment are sends that went well: those take one statement. */
async function settleAll(database: Database, all: readonly Settlement[]): Promise<boolean[]> {
  const [only, ...others] = all
  if (only && others.length === 0) return [await settle(database, only)]
  return database.transaction(async (inside) => {
    const sent = await settleSent(
      inside,
      all.filter(({ outcome }) => outcome.kind === 'sent'),
    )
    const results: boolean[] = []
    for (const settlement of all) {
      const { outcome, delivery } = settlement
      const isOurs =
        outcome.kind === 'sent' ? sent.delete(delivery.id) : await settle(inside, settlement)
      results.push(isOurs)
    }
    return results
  })
}

/** The ids whose lease was still held. */
async function settleSent(
  { db }: Database,
  settlements: readonly Settlement[],
): Promise<Set<string>> {
  const [first] = settlements
  if (!first) return new Set()
  const ids = settlements.map(({ delivery }) => delivery.id)
  // Every token is this process's own, so the two lists may be compared apart: SQLite finds rows by
  // `id in (…)` with its index, by pairs of values it reads the whole table.
  const tokens = new Set(settlements.map(({ delivery }) => delivery.leaseToken))
  const { rows } = await sql<{ id: string }>`
    update outbox set ${changeFor({ kind: 'sent' }, first.at)},
      lease_token = null, lease_until_at = null
    where id in (${sql.join(ids)}) and lease_token in (${sql.join([...tokens])})
    returning id`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

async function settle({ db }: Database, { delivery, outcome, at }: Settlement): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update outbox set ${changeFor(outcome, at)}, lease_token = null, lease_until_at = null
    where id = ${delivery.id} and lease_token = ${delivery.leaseToken}`.execute(db)
  return numAffectedRows === 1n
}

function changeFor(outcome: DeliveryOutcome, at: Temporal.Instant): RawBuilder<unknown> {
  const settledAt = storedInstant(at)
  switch (outcome.kind) {
    case 'sent':
      return sql`state = 'sent', settled_at = ${settledAt}`
    case 'dead':
      return sql`state = 'dead', reason = ${outcome.code}, settled_at = ${settledAt}`
    case 'suppressed':
      return sql`state = 'suppressed', reason = ${outcome.reason}, settled_at = ${settledAt}`
    case 'retry':
      return sql`state = 'waiting', not_before_at = ${storedInstant(outcome.at)},
        outcome_unknown = ${Number(outcome.outcomeUnknown)},
        attempts = attempts - ${Number(outcome.uncounted ?? false)}`
  }
}

async function nextDueAt({ db }: Database, channels?: readonly string[]) {
  if (channels?.length === 0) return undefined
  const among = channels ? sql`channel in (${sql.join(channels)})` : sql`1 = 1`
  const { rows } = await sql<{ at: number | null }>`
    select min(at) as at from (
      select min(not_before_at) as at from outbox where state = 'waiting' and ${among}
      union all select min(lease_until_at) from outbox where state = 'leased' and ${among}) as due`.execute(
    db,
  )
  const at = rows[0]?.at
  return at === null || at === undefined ? undefined : readInstant(at)
}

async function suppress(
  { db }: Database,
  ids: readonly string[],
  reason: string,
  at: Temporal.Instant,
): Promise<number> {
  if (ids.length === 0) return 0
  const { numAffectedRows } = await sql`
    update outbox set state = 'suppressed', reason = ${reason}, settled_at = ${storedInstant(at)}
    where id in (${sql.join(ids)}) and state = 'waiting'`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

async function list({ db }: Database, filter: Parameters<OutboxStore['list']>[0]) {
  const { state, to, limit } = filter
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'dead'))
    .$if(to !== undefined, (query) =>
      query
        .where('channel', '=', to?.channel ?? '')
        .where('conversation_id', '=', to?.conversationId ?? ''),
    )
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(readRecord)
}

async function revive({ db }: Database, id: string, at: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update outbox set state = 'waiting', not_before_at = ${storedInstant(at)}, attempts = 0,
      reason = null, settled_at = null
    where id = ${id} and state = 'dead'`.execute(db)
  return numAffectedRows === 1n
}

async function prune({ db }: Database, before: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from outbox where settled_at < ${storedInstant(before)} and state <> 'dead'`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

function readDelivery(row: Row): Delivery {
  return {
    id: row.id,
    to: readJson(row.destination),
    content: readJson(row.content),
    notBefore: readInstant(row.not_before_at),
    fallbacks: readJson(row.fallbacks),
  }
}

function readRecord(row: Row): DeliveryRecord {
  return {
    ...readDelivery(row),
    state: row.state,
    attempts: row.attempts,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.settled_at !== null && { settledAt: readInstant(row.settled_at) }),
  }
}
