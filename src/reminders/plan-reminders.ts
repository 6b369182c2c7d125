/**
 * Plans the reminders of one task: who is pinged, when, and which rung of the ladder it is.
 *
 * Pure: no clock, no storage, no channel. A reminder's id names the task, its schedule revision, the
 * rung and the person, never the moment of planning, so a retry, a second replica or tomorrow's
 * planner plans the same reminders, not more of them.
 *
 * Days:   a rung before the due date that falls on a day off moves to the working day before it, one
 *         after the due date to the working day after it. So the last warning is never late.
 * Past:   rungs from before the schedule came about (the day a task was given, extended, handed on)
 *         are not made up for: whoever gets the task hears of it by a notice at once. Rungs missed
 *         since then, because nothing ran, stay planned; dispatch-due.ts merges them.
 * Zone:   local times are the union's (policy.timeZone), whatever the zone of the machine.
 */
import type { Ladder, Reminder, ReminderPolicy, Rung } from '../domain/reminder.ts'
import { isOpen, type Task, type TaskChange } from '../domain/task.ts'
import {
  addWorkingDays,
  nextWorkingDay,
  previousWorkingDay,
  type WorkCalendar,
} from '../text/working-days.ts'
import { endOfDay, nextAllowed, sendInstant } from './sending-hours.ts'

/** The part of a task that planning needs. */
export type PlannableTask = Pick<
  Task,
  'id' | 'status' | 'deadline' | 'theme' | 'scheduleRevision' | 'schedule' | 'snoozedUntil'
>

/** Person ids; a leader who is also an owner counts as owner. */
export interface Recipients {
  readonly owners: readonly string[]
  readonly leaders: readonly string[]
}

/** One rung at its moment. */
export interface Ping {
  readonly rung: Rung
  readonly sendAt: Temporal.Instant
  /** When leaders get a copy; absent when they get none. */
  readonly copyAt?: Temporal.Instant
}

/** Changes after which the owners are told at once that the task is theirs, or is due on another day. */
const NOTICED: readonly TaskChange['kind'][] = [
  'created',
  'confirmed',
  'edited',
  'assigned',
  'transferred',
  'transfer-declined',
  'extended',
]

/** Severity of the due date itself; a lead time lies as many below as it has days. */
const DUE_SEVERITY = 1000

/** Every rung of a task that is due on a day, before anything is known of the task itself. */
export type RungPlan = (dueOn: Temporal.PlainDate, theme: string | undefined) => readonly Ping[]

/**
 * The rungs by due day and theme, each worked out once: a hundred thousand tasks share some hundred
 * due days. With `until`, weekly pings end with the first after it: a year of them for each task would
 * be most of the planner's work.
 */
export function planRungs(
  policy: ReminderPolicy,
  calendar: WorkCalendar,
  until?: Temporal.Instant,
): RungPlan {
  const known = new Map<string, readonly Ping[]>()
  return (dueOn, theme = '') => {
    const key = `${dueOn}/${theme}`
    const ready = known.get(key)
    if (ready) return ready
    const ladder = policy.ladderByTheme[theme] ?? policy.ladder
    const rungs = [
      ...rungsBefore(dueOn, ladder, policy, calendar),
      ...rungsAfter(dueOn, weeksUntil(dueOn, ladder, until), policy, calendar),
    ]
    known.set(key, rungs)
    return rungs
  }
}

/** Every reminder of the task's present schedule, earliest first; none for a task that may not ping. */
export function planReminders(
  task: PlannableTask,
  recipients: Recipients,
  policy: ReminderPolicy,
  calendar: WorkCalendar,
  rungsOf: RungPlan = planRungs(policy, calendar),
): Reminder[] {
  const dueOn = task.deadline?.dueOn
  if (!isOpen(task) || !dueOn) return []
  const rungs = [...noticeOf(task, policy, calendar), ...rungsOf(dueOn, task.theme)].filter(
    (ping) => isBeforeOrSame(task.schedule.at, ping.sendAt),
  )
  const pings = oneAtATime(asSnoozed(rungs, task, policy, calendar))

  return pings
    .flatMap((ping) => remindersOf(ping, task, recipients))
    .toSorted((a, b) => Temporal.Instant.compare(a.sendAt, b.sendAt))
}

/**
 * What to lay down now: everything within the horizon, else the next one alone, so that every open
 * task has its next reminder in the table; and of what is past each person's last one. It was laid
 * down when it lay within the horizon, unless nothing ran for longer than that: then it speaks for
 * all that was missed.
 */
export function withinHorizon(
  reminders: readonly Reminder[],
  now: Temporal.Instant,
  horizonDays: number,
): readonly Reminder[] {
  const horizon = now.add({ hours: 24 * horizonDays })
  const past = reminders.filter(({ sendAt }) => isBeforeOrSame(sendAt, now))
  const lastOfEach = new Map(past.map((reminder) => [reminder.personId, reminder]))
  const coming = reminders.slice(past.length)
  const near = coming.filter(({ sendAt }) => isBeforeOrSame(sendAt, horizon))
  return [...lastOfEach.values(), ...(near.length > 0 ? near : coming.slice(0, 1))]
}

function noticeOf(task: PlannableTask, policy: ReminderPolicy, calendar: WorkCalendar): Ping[] {
  if (!NOTICED.includes(task.schedule.cause)) return []
  const rung: Rung = { name: 'notice', kind: 'notice', severity: 0 }
  return [{ rung, sendAt: nextAllowed(task.schedule.at, policy, calendar) }]
}

function rungsBefore(
  dueOn: Temporal.PlainDate,
  ladder: Ladder,
  policy: ReminderPolicy,
  calendar: WorkCalendar,
): Ping[] {
  return ladder.leadDays.map((days) => {
    const rung: Rung = { name: `T-${days}`, kind: 'before', severity: DUE_SEVERITY - days }
    const day = previousWorkingDay(calendar, dueOn.subtract({ days }))
    // Once, at this lead time: the due day itself is too late for a leader to act.
    return pingOn(day, rung, days === ladder.leaderFromLeadDays, policy, calendar)
  })
}

/** The ladder with no more weeks than reach past `until`. */
function weeksUntil(dueOn: Temporal.PlainDate, ladder: Ladder, until?: Temporal.Instant): Ladder {
  if (!until) return ladder
  const days = dueOn.until(until.toZonedDateTimeISO('UTC').toPlainDate()).days
  return {
    ...ladder,
    overdueWeeks: Math.min(ladder.overdueWeeks, Math.max(0, Math.ceil(days / 7))),
  }
}

function rungsAfter(
  dueOn: Temporal.PlainDate,
  ladder: Ladder,
  policy: ReminderPolicy,
  calendar: WorkCalendar,
): Ping[] {
  const first = addWorkingDays(calendar, dueOn, ladder.overdueAfterWorkingDays).on
  return Array.from({ length: ladder.overdueWeeks + 1 }, (_, week) => {
    const name = week === 0 ? `O+${ladder.overdueAfterWorkingDays}` : `W${week}`
    const rung: Rung = { name, kind: 'overdue', severity: DUE_SEVERITY + 1 + week }
    const day = nextWorkingDay(calendar, first.add({ weeks: week }))
    return pingOn(day, rung, week >= ladder.leaderFromWeek, policy, calendar)
  })
}

function pingOn(
  day: Temporal.PlainDate,
  rung: Rung,
  isCopied: boolean,
  policy: ReminderPolicy,
  calendar: WorkCalendar,
): Ping {
  const sendAt = sendInstant(day, policy)
  if (!isCopied) return { rung, sendAt }
  const later = sendAt.add({ minutes: policy.leaderDelayMinutes })
  return { rung, sendAt, copyAt: nextAllowed(later, policy, calendar) }
}

/** Whoever asked to be reminded later is left alone until then, and is reminded then. */
function asSnoozed(
  pings: readonly Ping[],
  { snoozedUntil, deadline }: PlannableTask,
  policy: ReminderPolicy,
  calendar: WorkCalendar,
): readonly Ping[] {
  if (!snoozedUntil) return pings
  const rung: Rung = { name: 'again', kind: 'again', severity: 1 }
  const allowed = nextAllowed(snoozedUntil, policy, calendar)
  const isInTime =
    !deadline?.dueOn ||
    isBeforeOrSame(allowed, endOfDay(deadline.dueOn, policy).subtract({ seconds: 1 }))
  const again = { rung, sendAt: isInTime ? allowed : snoozedUntil }
  const after = pings.filter(({ sendAt }) => !isBeforeOrSame(sendAt, again.sendAt))
  return [again, ...after]
}

/** Rungs that moved onto the same moment are one: the most severe. A copy to the leader is kept. */
function oneAtATime(pings: readonly Ping[]): readonly Ping[] {
  const byMoment = Map.groupBy(pings, ({ sendAt }) => sendAt.epochMilliseconds)
  return [...byMoment.values()].flatMap((together) => {
    const [worst] = together.toSorted((a, b) => b.rung.severity - a.rung.severity)
    const copyAt = together.find((ping) => ping.copyAt)?.copyAt
    return worst ? [{ ...worst, ...(copyAt && { copyAt }) }] : []
  })
}

function remindersOf(
  { rung, sendAt, copyAt }: Ping,
  task: PlannableTask,
  { owners, leaders }: Recipients,
): Reminder[] {
  const about = { taskId: task.id, scheduleRevision: task.scheduleRevision, rung }
  const key = (audience: string, personId: string) =>
    `${task.id}/${task.scheduleRevision}/${rung.name}/${audience}/${personId}`
  const actor = task.schedule.by.kind === 'person' ? task.schedule.by.personId : undefined
  // Nobody is told what they have just done themselves.
  const told = rung.kind === 'notice' ? owners.filter((personId) => personId !== actor) : owners
  const own = told.map((personId): Reminder => {
    return { ...about, id: key('owner', personId), personId, audience: 'owner', sendAt }
  })
  if (!copyAt) return own
  const copies = leaders.filter((personId) => !owners.includes(personId))
  return [
    ...own,
    ...copies.map((personId): Reminder => {
      return { ...about, id: key('leader', personId), personId, audience: 'leader', sendAt: copyAt }
    }),
  ]
}

function isBeforeOrSame(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) <= 0
}
