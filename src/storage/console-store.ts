/**
 * Who may sign in to the console. Nothing here is a secret by itself: passwords are argon2id hashes,
 * sessions and invitations are kept as the sha256 of what the person holds.
 */
import type { Role } from '../domain/person.ts'

export interface ConsoleAccount {
  readonly id: string
  /** What is typed to sign in; unique, kept in lower case. */
  readonly name: string
  readonly role: Role
  readonly passwordHash: string
  readonly createdAt: Temporal.Instant
}

/** A link that lets somebody choose a name and a password, once. */
export interface ConsoleInvitation {
  readonly codeHash: string
  readonly role: Role
  readonly expiresAt: Temporal.Instant
}

export interface ConsoleSession {
  readonly tokenHash: string
  readonly accountId: string
  readonly createdAt: Temporal.Instant
  readonly seenAt: Temporal.Instant
}

export type NewAccount = Omit<ConsoleAccount, 'role'>

export interface ConsoleStore {
  hasAccounts(): Promise<boolean>
  accounts(): Promise<readonly ConsoleAccount[]>
  account(id: string): Promise<ConsoleAccount | undefined>
  accountByName(name: string): Promise<ConsoleAccount | undefined>
  /** The very first account, an admin. False when there is one already: of two at once, one wins. */
  createFirst(account: NewAccount): Promise<boolean>
  invite(invitation: ConsoleInvitation): Promise<void>
  /**
   * Uses an invitation up and makes the account. `invalid`: unknown, used or expired; `name-taken`
   * leaves the invitation as it is.
   */
  claim(
    codeHash: string,
    account: NewAccount,
    now: Temporal.Instant,
  ): Promise<'claimed' | 'invalid' | 'name-taken'>
  setPassword(accountId: string, passwordHash: string): Promise<void>
  /** False, changing nothing, when no admin would be left: of two who demote each other, one stays. */
  setRole(accountId: string, role: Role): Promise<boolean>
  /** With its sessions. False, removing nothing, when no admin would be left. */
  removeAccount(accountId: string): Promise<boolean>
  openSession(session: ConsoleSession): Promise<void>
  session(tokenHash: string): Promise<ConsoleSession | undefined>
  touchSession(tokenHash: string, seenAt: Temporal.Instant): Promise<void>
  closeSession(tokenHash: string): Promise<void>
  /** All sessions of an account but, when given, the one that asks. */
  closeSessionsOf(accountId: string, except?: string): Promise<void>
  /** Forgets invitations that have expired and sessions not seen since. */
  prune(before: Temporal.Instant): Promise<void>
}
