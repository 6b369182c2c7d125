/** People in SQL. An account belongs to one person at most: its primary key says so. */
import type { Selectable } from 'kysely'
import type { AccountRef, Person, Role } from '../../domain/person.ts'
import type { PeopleStore } from '../people-store.ts'
import type { Database } from './database.ts'

export interface PeopleTables {
  people: {
    id: string
    name: string
    role: Role
    unit: string | null
    jurisdiction_code: string | null
    leader_id: string | null
  }
  accounts: {
    channel: string
    account_id: string
    person_id: string
    preference: number
    kind: 'group' | null
  }
}

type Row = Selectable<PeopleTables['people']>

export function sqlPeopleStore(database: Database): PeopleStore {
  const read = (rows: readonly Row[]) => withAccounts(database, rows)
  const people = () => database.db.selectFrom('people').selectAll().orderBy('people.id')
  return {
    byId: async (id) => (await read(await people().where('id', '=', id).execute()))[0],
    byIds: async (ids) =>
      ids.length === 0
        ? []
        : read(
            await people()
              .where('id', 'in', [...ids])
              .execute(),
          ),
    byAccount: async (account) => byAccount(database, account),
    find: async (filter) => read(await matching(database, filter)),
    all: async () => read(await people().execute()),
    save: (person) => save(database, person),
    remove: async (id) => {
      const { numDeletedRows } = await database.db
        .deleteFrom('people')
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

async function byAccount(database: Database, account: AccountRef): Promise<Person | undefined> {
  const row = await database.db
    .selectFrom('accounts')
    .innerJoin('people', 'people.id', 'accounts.person_id')
    .selectAll('people')
    .where('accounts.channel', '=', account.channel)
    .where('accounts.account_id', '=', account.accountId)
    .executeTakeFirst()
  return row && (await withAccounts(database, [row]))[0]
}

function matching({ db }: Database, filter: Parameters<PeopleStore['find']>[0]) {
  let query = db.selectFrom('people').selectAll().orderBy('id')
  if (filter.name !== undefined) query = query.where('name', '=', filter.name)
  if (filter.unit !== undefined) query = query.where('unit', '=', filter.unit)
  if (filter.role !== undefined) query = query.where('role', '=', filter.role)
  if (filter.leaderId !== undefined) query = query.where('leader_id', '=', filter.leaderId)
  return query.execute()
}

function save(database: Database, person: Person): Promise<void> {
  return database.transaction(async ({ db }) => {
    const values = {
      name: person.name,
      role: person.role,
      unit: person.unit ?? null,
      jurisdiction_code: person.jurisdictionCode ?? null,
      leader_id: person.leaderId ?? null,
    }
    await db
      .insertInto('people')
      .values({ id: person.id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute()
    await db.deleteFrom('accounts').where('person_id', '=', person.id).execute()
    for (const [preference, { channel, accountId, kind }] of person.accounts.entries()) {
      const owner = { person_id: person.id, preference, kind: kind ?? null }
      await db
        .insertInto('accounts')
        .values({ channel, account_id: accountId, ...owner })
        .onConflict((conflict) => conflict.columns(['channel', 'account_id']).doUpdateSet(owner))
        .execute()
    }
  })
}

async function withAccounts({ db }: Database, rows: readonly Row[]): Promise<Person[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  // Beyond a few hundred people it is cheaper, and within the engine's limits, to read all accounts.
  const accounts = await db
    .selectFrom('accounts')
    .selectAll()
    .$if(ids.length <= 500, (query) => query.where('person_id', 'in', ids))
    .orderBy('preference')
    .execute()
  const byPerson = Map.groupBy(accounts, (account) => account.person_id)
  return rows.map((row) => readPerson(row, byPerson.get(row.id) ?? []))
}

function readPerson(row: Row, accounts: readonly PeopleTables['accounts'][]): Person {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    ...(row.unit !== null && { unit: row.unit }),
    ...(row.jurisdiction_code !== null && { jurisdictionCode: row.jurisdiction_code }),
    ...(row.leader_id !== null && { leaderId: row.leader_id }),
    accounts: accounts.map(({ channel, account_id, kind }) => ({
      channel,
      accountId: account_id,
      ...(kind !== null && { kind }),
    })),
  }
}
