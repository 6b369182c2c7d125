/**
 * A reminder is one rung of a ladder for one person: 「书屋」 seven days before its limit, to 李明.
 * Its id says what it is about and never when it was planned, so planning twice plans once.
 */

/** 'notice' when the task is given, 'again' when somebody asked to be reminded later. */
export type RungKind = 'notice' | 'again' | 'before' | 'overdue'

export interface Rung {
  /** Names it in keys and records: notice, again, T-30, T-0, O+1, W1. */
  readonly name: string
  readonly kind: RungKind
  /** Grows with urgency: of several missed rungs of a task only the most severe is sent. */
  readonly severity: number
}

export interface Reminder {
  /** `task/schedule revision/rung/audience/person`. */
  readonly id: string
  readonly taskId: string
  /** The reminder is void when the task has moved on to another. */
  readonly scheduleRevision: number
  readonly personId: string
  /** A leader gets a copy, never before the owner. */
  readonly audience: 'owner' | 'leader'
  readonly rung: Rung
  readonly sendAt: Temporal.Instant
}

/** scheduled → enqueued (into a delivery) | suppressed (with its reason). */
export type ReminderState = 'scheduled' | 'enqueued' | 'suppressed'

/** When to ping about one kind of task. */
export interface Ladder {
  /** Days before the due date: distinct, each ≥ 0; 0 is the due date itself. */
  readonly leadDays: readonly number[]
  /** Working days after the due date of the first overdue ping; then weekly. */
  readonly overdueAfterWorkingDays: number
  /** How many weekly pings follow; afterwards the task stands red in the leader's overview only. */
  readonly overdueWeeks: number
  /** From this lead time on the leader gets a copy while nobody has answered. */
  readonly leaderFromLeadDays: number
  /** Weekly overdue ping from which on the leader gets a copy in any case: 1 is the second overdue rung. */
  readonly leaderFromWeek: number
}

export interface ReminderPolicy {
  readonly timeZone: string
  readonly ladder: Ladder
  /** Fields of work with a ladder of their own. */
  readonly ladderByTheme: Readonly<Record<string, Ladder>>
  /** Time of day of every planned ping. */
  readonly sendTime: Temporal.PlainTime
  /** Nothing goes out outside [from, to) of a day. */
  readonly dayFrom: Temporal.PlainTime
  readonly dayTo: Temporal.PlainTime
  /** How long after the owner the leader gets the copy, minutes. */
  readonly leaderDelayMinutes: number
  /** Working days for which an answer holds escalation back. */
  readonly acknowledgementHoldsDays: number
  /** More reminders than this that fall together become one digest. */
  readonly digestAbove: number
  /** A reminder this late says when it was due, minutes. */
  readonly lateAfterMinutes: number
  /** Reminders are laid down this far ahead, days. */
  readonly horizonDays: number
}

/** 30, 7 and 1 day before, on the day, one working day after, then weekly for a year. */
export const DEFAULT_LADDER: Ladder = {
  leadDays: [30, 7, 1, 0],
  overdueAfterWorkingDays: 1,
  overdueWeeks: 52,
  leaderFromLeadDays: 1,
  leaderFromWeek: 1,
}

export const DEFAULT_REMINDER_POLICY: ReminderPolicy = {
  timeZone: 'Asia/Shanghai',
  ladder: DEFAULT_LADDER,
  ladderByTheme: {},
  sendTime: new Temporal.PlainTime(9),
  dayFrom: new Temporal.PlainTime(8),
  dayTo: new Temporal.PlainTime(20),
  leaderDelayMinutes: 30,
  acknowledgementHoldsDays: 3,
  digestAbove: 2,
  lateAfterMinutes: 60,
  horizonDays: 14,
}
