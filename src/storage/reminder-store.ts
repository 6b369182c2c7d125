/** Planned reminders: laid down by the planner, taken up when due, never twice under one id. */
import type { Reminder, ReminderState } from '../domain/reminder.ts'

export interface ReminderRecord extends Reminder {
  readonly state: ReminderState
  /** Why it was suppressed. */
  readonly reason?: string
  /** The delivery it went into. */
  readonly deliveryId?: string
}

export interface ReminderStore {
  /** Inserts what is not there yet; returns how many were new. */
  add(reminders: readonly Reminder[]): Promise<number>
  /** Suppresses what is still scheduled of a task under other schedule revisions; returns how many. */
  suppressStale(
    taskId: string,
    current: { readonly scheduleRevision?: number; readonly reason: string },
  ): Promise<number>
  /** People with something due, longest waiting first. */
  peopleDue(options: {
    readonly now: Temporal.Instant
    readonly limit: number
  }): Promise<readonly string[]>
  /** What is due for one person, oldest first; inside a transaction no other worker gets the same. */
  takeDue(personId: string, now: Temporal.Instant): Promise<readonly Reminder[]>
  /** Puts reminders into a delivery. */
  markEnqueued(ids: readonly string[], deliveryId: string): Promise<void>
  markSuppressed(ids: readonly string[], reason: string): Promise<void>
  /** Takes reminders up at a later moment; each keeps its `sendAt`, the moment it was planned for. */
  postpone(ids: readonly string[], until: Temporal.Instant): Promise<void>
  /** Of these, the ones whose person has a more urgent reminder of the same schedule in a delivery. */
  overtaken(ids: readonly string[]): Promise<ReadonlySet<string>>
  ofTask(taskId: string): Promise<readonly ReminderRecord[]>
  nextDueAt(): Promise<Temporal.Instant | undefined>
}
