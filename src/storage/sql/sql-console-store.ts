/** The console's accounts in SQL. One row in console_first says that the first account was made. */
import type { Role } from '../../domain/person.ts'
import type { ConsoleAccount, ConsoleSession, ConsoleStore, NewAccount } from '../console-store.ts'
import type { Database } from './database.ts'
import { readInstant, storedInstant } from './stored-values.ts'

interface AccountsTable {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly password_hash: string
  readonly created_at: number
}

export interface ConsoleTables {
  console_accounts: AccountsTable
  console_first: { readonly id: number }
  console_invitations: {
    readonly code_hash: string
    readonly role: Role
    readonly expires_at: number
  }
  console_sessions: {
    readonly token_hash: string
    readonly account_id: string
    readonly created_at: number
    readonly seen_at: number
  }
}

export function sqlConsoleStore(database: Database): ConsoleStore {
  return { ...accountsPart(database), ...invitationsPart(database), ...sessionsPart(database) }
}

function accountsPart(database: Database) {
  const rows = () => database.db.selectFrom('console_accounts').selectAll()
  return {
    hasAccounts: async () => (await rows().limit(1).execute()).length > 0,
    accounts: async () => (await rows().orderBy('name').execute()).map(readAccount),
    account: async (id: string) => readFirst(await rows().where('id', '=', id).execute()),
    accountByName: async (name: string) =>
      readFirst(await rows().where('name', '=', name.toLowerCase()).execute()),
    createFirst: (account: NewAccount) => createFirst(database, account),
    setPassword: async (id: string, hash: string) => {
      const update = database.db.updateTable('console_accounts').set({ password_hash: hash })
      await update.where('id', '=', id).execute()
    },
    setRole: (id: string, role: Role) =>
      database.transaction(async (inside) => {
        if (role !== 'admin' && (await isLastAdmin(inside, id))) return false
        const { db } = inside
        await db.updateTable('console_accounts').set({ role }).where('id', '=', id).execute()
        return true
      }),
    removeAccount: (id: string) =>
      database.transaction(async (inside) => {
        if (await isLastAdmin(inside, id)) return false
        const { db } = inside
        await db.deleteFrom('console_sessions').where('account_id', '=', id).execute()
        await db.deleteFrom('console_accounts').where('id', '=', id).execute()
        return true
      }),
  }
}

/**
 * Inside a transaction that will take the role away. PostgreSQL locks the admins' rows, always in the
 * same order: a second change waits, and then sees who is admin by then. SQLite's transactions are
 * alone from their beginning.
 */
async function isLastAdmin({ db, engine }: Database, id: string): Promise<boolean> {
  const admins = await db
    .selectFrom('console_accounts')
    .select('id')
    .where('role', '=', 'admin')
    .orderBy('id')
    .$if(engine === 'postgres', (rows) => rows.forUpdate())
    .execute()
  return admins.length === 1 && admins[0]?.id === id
}

/** Inserting the one row of console_first decides a race of two: the second waits and inserts nothing. */
function createFirst(database: Database, account: NewAccount): Promise<boolean> {
  return database.transaction(async ({ db }) => {
    const { numInsertedOrUpdatedRows = 0n } = await db
      .insertInto('console_first')
      .values({ id: 1 })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    const taken = await db.selectFrom('console_accounts').select('id').limit(1).execute()
    if (numInsertedOrUpdatedRows === 0n || taken.length > 0) return false
    await db.insertInto('console_accounts').values(accountRow(account, 'admin')).execute()
    return true
  })
}

function invitationsPart(database: Database): Pick<ConsoleStore, 'invite' | 'claim' | 'prune'> {
  return {
    invite: async ({ codeHash, role, expiresAt }) => {
      const row = { code_hash: codeHash, role, expires_at: storedInstant(expiresAt) }
      await database.db.insertInto('console_invitations').values(row).execute()
    },
    claim: (codeHash, account, now) => claim(database, codeHash, { account, now }),
    prune: async (before) => {
      const limit = storedInstant(before)
      await database.db.deleteFrom('console_invitations').where('expires_at', '<', limit).execute()
      await database.db.deleteFrom('console_sessions').where('seen_at', '<', limit).execute()
    },
  }
}

/** Deleting the invitation decides a race of two; a taken name brings it back with the rollback. */
async function claim(
  database: Database,
  codeHash: string,
  { account, now }: { account: NewAccount; now: Temporal.Instant },
): Promise<'claimed' | 'invalid' | 'name-taken'> {
  try {
    return await database.transaction(async ({ db }) => {
      const invitation = await db
        .deleteFrom('console_invitations')
        .where('code_hash', '=', codeHash)
        .where('expires_at', '>', storedInstant(now))
        .returning('role')
        .executeTakeFirst()
      if (!invitation) return 'invalid'
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('console_accounts')
        .values(accountRow(account, invitation.role))
        .onConflict((conflict) => conflict.column('name').doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows === 0n) throw new NameTaken()
      await db
        .insertInto('console_first')
        .values({ id: 1 })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return 'claimed'
    })
  } catch (error) {
    if (error instanceof NameTaken) return 'name-taken'
    throw error
  }
}

/** Rolls the transaction of a claim back. */
class NameTaken extends Error {}

function sessionsPart(
  database: Database,
): Pick<
  ConsoleStore,
  'openSession' | 'session' | 'touchSession' | 'closeSession' | 'closeSessionsOf'
> {
  return {
    openSession: async ({ tokenHash, accountId, createdAt, seenAt }) => {
      const row = {
        token_hash: tokenHash,
        account_id: accountId,
        created_at: storedInstant(createdAt),
        seen_at: storedInstant(seenAt),
      }
      await database.db.insertInto('console_sessions').values(row).execute()
    },
    session: (tokenHash) => session(database, tokenHash),
    touchSession: async (tokenHash, seenAt) => {
      const update = database.db.updateTable('console_sessions')
      const seen = update.set({ seen_at: storedInstant(seenAt) })
      await seen.where('token_hash', '=', tokenHash).execute()
    },
    closeSession: async (tokenHash) => {
      const sessions = database.db.deleteFrom('console_sessions')
      await sessions.where('token_hash', '=', tokenHash).execute()
    },
    closeSessionsOf: async (accountId, except = '') => {
      const sessions = database.db.deleteFrom('console_sessions')
      await sessions.where('account_id', '=', accountId).where('token_hash', '!=', except).execute()
    },
  }
}

async function session({ db }: Database, tokenHash: string): Promise<ConsoleSession | undefined> {
  const row = await db
    .selectFrom('console_sessions')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return (
    row && {
      tokenHash: row.token_hash,
      accountId: row.account_id,
      createdAt: readInstant(row.created_at),
      seenAt: readInstant(row.seen_at),
    }
  )
}

function accountRow(account: NewAccount, role: Role): AccountsTable {
  const { id, name, passwordHash, createdAt } = account
  return {
    id,
    name: name.toLowerCase(),
    role,
    password_hash: passwordHash,
    created_at: storedInstant(createdAt),
  }
}

function readAccount(row: AccountsTable): ConsoleAccount {
  const { id, name, role } = row
  return { id, name, role, passwordHash: row.password_hash, createdAt: readInstant(row.created_at) }
}

const readFirst = ([row]: readonly AccountsTable[]) => row && readAccount(row)
