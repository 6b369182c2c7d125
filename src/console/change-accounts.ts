/**
 * Every change of who may sign in: one transaction with its audit entry, by ids only. What changes
 * nothing (a used link, a name that is taken) leaves no entry.
 */
import type { Clock } from '../clock.ts'
import type { Role } from '../domain/person.ts'
import type { AuditDetails } from '../storage/audit-store.ts'
import type { ConsoleInvitation, ConsoleStore, NewAccount } from '../storage/console-store.ts'
import type { Store } from '../storage/store.ts'

/** Runs the work in one transaction. */
export type ChangeStore = <R>(
  work: (inside: Pick<Store, 'console' | 'audit'>) => Promise<R>,
) => Promise<R>

/** Who made the first invitation, before anybody could sign in. */
const FIRST_START = 'first-start'
const COMMAND_LINE = 'cli'
/** Characters of an invitation's hash: enough to tell it from others, no use to anybody. */
const SHOWN_OF_HASH = 12

export interface AccountChanges {
  createFirst(account: NewAccount): Promise<boolean>
  claim(codeHash: string, account: NewAccount): ReturnType<ConsoleStore['claim']>
  /** `by` is an account's id; without one it is the program at its first start. */
  invite(invitation: ConsoleInvitation, by?: string): Promise<void>
  /** Ends the account's other sessions too. */
  setPassword(accountId: string, passwordHash: string, keptTokenHash: string): Promise<void>
  /** A new password from the command line for whoever forgot it. Ends all sessions of the account. */
  resetPassword(accountId: string, passwordHash: string): Promise<void>
  /** False, changing nothing, when no admin would be left. */
  setRole(accountId: string, role: Role, by: string): Promise<boolean>
  /** False, removing nothing, when no admin would be left. */
  remove(accountId: string, by: string): Promise<boolean>
}

export function accountChanges(
  change: ChangeStore,
  { clock }: { readonly clock: Pick<Clock, 'now'> },
): AccountChanges {
  const entry = (action: string, subject: string, actor: string, details: AuditDetails = {}) => ({
    at: clock.now(),
    actor,
    action,
    subject,
    details,
  })
  const ofAccount = (action: string, id: string, by: string, details?: AuditDetails) =>
    entry(action, `account:${id}`, `web:${by}`, details)
  return {
    createFirst: (account) =>
      change(async ({ console, audit }) => {
        if (!(await console.createFirst(account))) return false
        const { id } = account
        await audit.record(ofAccount('account_created', id, id, { role: 'admin' }))
        return true
      }),
    claim: (codeHash, account) =>
      change(async ({ console, audit }) => {
        const outcome = await console.claim(codeHash, account, clock.now())
        const made = outcome === 'claimed' ? await console.account(account.id) : undefined
        if (made) {
          const details = { role: made.role, invitation: shown(codeHash) }
          await audit.record(ofAccount('account_created', made.id, made.id, details))
        }
        return outcome
      }),
    invite: (invitation, by) =>
      change(async ({ console, audit }) => {
        await console.invite(invitation)
        const { codeHash, role } = invitation
        const actor = by === undefined ? FIRST_START : `web:${by}`
        await audit.record(
          entry('account_invited', `invitation:${shown(codeHash)}`, actor, { role }),
        )
      }),
    setPassword: (accountId, passwordHash, keptTokenHash) =>
      change(async ({ console, audit }) => {
        await console.setPassword(accountId, passwordHash)
        await console.closeSessionsOf(accountId, keptTokenHash)
        await audit.record(ofAccount('password_changed', accountId, accountId))
      }),
    resetPassword: (accountId, passwordHash) =>
      change(async ({ console, audit }) => {
        await console.setPassword(accountId, passwordHash)
        await console.closeSessionsOf(accountId)
        await audit.record(entry('password_reset', `account:${accountId}`, COMMAND_LINE))
      }),
    setRole: (accountId, role, by) =>
      change(async ({ console, audit }) => {
        if (!(await console.setRole(accountId, role))) return false
        await audit.record(ofAccount('account_role_changed', accountId, by, { role }))
        return true
      }),
    remove: (accountId, by) =>
      change(async ({ console, audit }) => {
        if (!(await console.removeAccount(accountId))) return false
        await audit.record(ofAccount('account_removed', accountId, by))
        return true
      }),
  }
}

const shown = (hash: string) => hash.slice(0, SHOWN_OF_HASH)
