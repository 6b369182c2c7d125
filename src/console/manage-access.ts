/**
 * Signing in and out of the console.
 *
 * A session is a random token in a cookie; the store has its sha256. Every sign-in makes a new one
 * (no fixation); it ends after 8 hours without use and 7 days in any case. Wrong names and wrong
 * passwords are told in the same words and cost the same time, and are slowed down per address and
 * per name-and-address: nobody can lock somebody else out.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Role } from '../domain/person.ts'
import { BadInputError } from '../errors.ts'
import { limitRate } from '../http/limit-rate.ts'
import type { ConsoleAccount, ConsoleStore } from '../storage/console-store.ts'
import { accountChanges, type ChangeStore } from './change-accounts.ts'
import { checkPassword, hashPassword, type PasswordCost, verifyPassword } from './password.ts'

const IDLE_HOURS = 8
const LONGEST_SESSION_HOURS = 7 * 24
const INVITATION_MINUTES = 15
const INVITATION_DAYS_FOR_PEOPLE = 3
/** The moment of last use is written at most this often. */
const TOUCH_MINUTES = 5
const TRIES_PER_MINUTE = { address: 10, nameAndAddress: 5 }

export interface Credentials {
  readonly name: string
  readonly password: string
}

export interface Access {
  /** The account behind a session's token; undefined when it has ended. */
  accountOf(token: string | undefined): Promise<ConsoleAccount | undefined>
  /** The token of a new session. @throws {BadInputError} `wrong_credentials`, `too_many_tries` */
  signIn(credentials: Credentials, address: string): Promise<string>
  signOut(token: string): Promise<void>
  isClaimed(): Promise<boolean>
  /** The first account, by somebody on this machine. @throws {BadInputError} */
  claimLocally(credentials: Credentials, address: string): Promise<string>
  /** An account by an invitation's code. @throws {BadInputError} */
  claimWithCode(code: string, credentials: Credentials, address: string): Promise<string>
  /** A code for the very first admin, good for 15 minutes, or for somebody who is asked in, 3 days. */
  invite(role: Role, by: 'first-start' | Pick<ConsoleAccount, 'id'>): Promise<string>
  /** @throws {BadInputError} `last_admin` */
  setRole(accountId: string, role: Role, by: Pick<ConsoleAccount, 'id'>): Promise<void>
  /** With its sessions. @throws {BadInputError} `last_admin` */
  remove(accountId: string, by: Pick<ConsoleAccount, 'id'>): Promise<void>
  /** Ends all other sessions of the account. @throws {BadInputError} */
  changePassword(
    account: ConsoleAccount,
    change: { readonly current: string; readonly next: string; readonly token: string },
  ): Promise<void>
}

export function manageAccess(
  store: ConsoleStore,
  {
    clock,
    passwordCost,
    change,
  }: {
    readonly clock: Pick<Clock, 'now'>
    readonly passwordCost: PasswordCost
    readonly change: ChangeStore
  },
): Access {
  const tries = tryLimits()
  const changes = accountChanges(change, { clock })
  /** Verified against when there is no such account, so that it takes as long. */
  const decoy = hashPassword(randomUUID(), passwordCost)
  const open = async (account: Pick<ConsoleAccount, 'id'>) => {
    const token = randomBytes(32).toString('base64url')
    const now = clock.now()
    await store.openSession({
      tokenHash: digest(token),
      accountId: account.id,
      createdAt: now,
      seenAt: now,
    })
    return token
  }
  return {
    accountOf: (token) => accountOf(token, { store, clock }),
    signIn: async ({ name, password }, address) => {
      tries.take(name, address)
      const account = await store.accountByName(name.trim())
      const right = await verifyPassword(password, account?.passwordHash ?? (await decoy))
      if (!account || !right) throw new BadInputError('wrong_credentials', '登录名或密码不对')
      return open(account)
    },
    signOut: (token) => store.closeSession(digest(token)),
    isClaimed: () => store.hasAccounts(),
    claimLocally: async (credentials, address) => {
      tries.take(credentials.name, address)
      const account = await newAccount(credentials, { clock, passwordCost })
      if (await changes.createFirst(account)) return open(account)
      throw new BadInputError('already_claimed', '已经有管理员了，请直接登录，或请管理员发邀请链接')
    },
    claimWithCode: async (code, credentials, address) => {
      tries.take(credentials.name, address)
      const account = await newAccount(credentials, { clock, passwordCost })
      const outcome = await changes.claim(digest(code.trim()), account)
      if (outcome === 'claimed') return open(account)
      throw claimRefusal(outcome)
    },
    invite: async (role, by) => {
      const code = randomBytes(18).toString('base64url')
      const minutes = by === 'first-start' ? INVITATION_MINUTES : INVITATION_DAYS_FOR_PEOPLE * 1440
      const expiresAt = clock.now().add({ minutes })
      const inviter = by === 'first-start' ? undefined : by.id
      await changes.invite({ codeHash: digest(code), role, expiresAt }, inviter)
      return code
    },
    setRole: async (accountId, role, by) => {
      if (!(await changes.setRole(accountId, role, by.id))) throw lastAdmin()
    },
    remove: async (accountId, by) => {
      if (!(await changes.remove(accountId, by.id))) throw lastAdmin()
    },
    changePassword: async (account, { current, next, token }) => {
      tries.take(account.name, account.id)
      if (!(await verifyPassword(current, account.passwordHash))) {
        throw new BadInputError('wrong_credentials', '现在的密码不对')
      }
      checkPassword(next, account.name)
      const passwordHash = await hashPassword(next, passwordCost)
      await changes.setPassword(account.id, passwordHash, digest(token))
    },
  }
}

async function accountOf(
  token: string | undefined,
  { store, clock }: { store: ConsoleStore; clock: Pick<Clock, 'now'> },
): Promise<ConsoleAccount | undefined> {
  if (token === undefined || token === '') return undefined
  const session = await store.session(digest(token))
  if (!session) return undefined
  const now = clock.now()
  const idle = now.since(session.seenAt).total('hours')
  if (idle > IDLE_HOURS || now.since(session.createdAt).total('hours') > LONGEST_SESSION_HOURS) {
    await store.closeSession(session.tokenHash)
    return undefined
  }
  if (idle * 60 > TOUCH_MINUTES) await store.touchSession(session.tokenHash, now)
  return store.account(session.accountId)
}

async function newAccount(
  { name, password }: Credentials,
  { clock, passwordCost }: { clock: Pick<Clock, 'now'>; passwordCost: PasswordCost },
) {
  const trimmed = name.trim()
  if (!/^[\p{L}\p{N}._-]{2,32}$/u.test(trimmed)) {
    throw new BadInputError('bad_name', '登录名要 2 到 32 个字，可用汉字、字母、数字、点和横线')
  }
  checkPassword(password, trimmed)
  const passwordHash = await hashPassword(password, passwordCost)
  return { id: randomUUID(), name: trimmed, passwordHash, createdAt: clock.now() }
}

function claimRefusal(outcome: 'invalid' | 'name-taken'): BadInputError {
  return outcome === 'name-taken'
    ? new BadInputError('name_taken', '这个登录名已经有人用了，请换一个')
    : new BadInputError(
        'invalid_code',
        '这个链接用过了或过期了。请管理员重新发一个；第一次使用请重新启动程序',
      )
}

const lastAdmin = () =>
  new BadInputError(
    'last_admin',
    '这是最后一位管理员，不能改身份，也不能删除。请先让另一个人当管理员',
  )

function tryLimits() {
  const now = () => performance.now()
  const byAddress = limitRate(TRIES_PER_MINUTE.address, now)
  const byBoth = limitRate(TRIES_PER_MINUTE.nameAndAddress, now)
  return {
    take: (name: string, address: string) => {
      const wait = Math.max(
        byAddress.take(address),
        byBoth.take(`${name.trim().toLowerCase()}\n${address}`),
      )
      if (wait === 0) return
      throw new BadInputError('too_many_tries', `试得太频繁了，请 ${wait} 秒后再试`)
    },
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
