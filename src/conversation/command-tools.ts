/** What commands need from outside, and who speaks. */
import type { ConversationRef } from '../domain/message.ts'
import type { AccountRef, Person } from '../domain/person.ts'
import type { Task } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'
import type { DateContext } from '../text/dates/expression.ts'

export interface CommandTools {
  now(): Temporal.Instant
  /** The day it is in the union's time zone. */
  today(): Temporal.PlainDate
  readonly timeZone: string
  /** For reading dates said now. */
  dateContext(): DateContext
  /** A new unique id. */
  newId(): string
  /** Whether the configuration makes this account an admin's. */
  isAdmin?(account: AccountRef): boolean
  /** Lays reminders down again when what is pinged has changed; gets the store of the transaction. */
  readonly onScheduleChanged: (task: Task, store: Store) => Promise<void>
}

export interface Speaker {
  readonly account: AccountRef
  readonly conversation: ConversationRef
  /** Undefined for an account that belongs to nobody known. */
  readonly person: Person | undefined
  readonly messageId: string
}

/** Whoever handles tasks by office; others may handle those given to them by name. */
export function isHandler({ role }: Person): boolean {
  return role === 'cadre' || role === 'admin'
}
