/**
 * Lays reminders down: of one task in the transaction that changes it, and once a day of all open
 * tasks, so that the table always reaches as far as the horizon.
 *
 * Both write the same rows under the same ids: doing it twice, or on two replicas, adds nothing.
 */
import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { ReminderPolicy } from '../domain/reminder.ts'
import { isOpen, type Task } from '../domain/task.ts'
import type { Delivery } from '../storage/outbox-store.ts'
import type { Store } from '../storage/store.ts'
import { createDirectory, type Directory, findRecipients } from '../tasks/find-recipients.ts'
import { nextWorkingDay, type WorkCalendar } from '../text/working-days.ts'
import { addressesOf } from './dispatch-due.ts'
import { planReminders, planRungs, type RungPlan, withinHorizon } from './plan-reminders.ts'
import { endOfDay, sendInstant } from './sending-hours.ts'

export interface ScheduleDependencies {
  readonly store: Store
  readonly clock: Clock
  readonly policy: ReminderPolicy
  readonly calendar: WorkCalendar
  readonly channels: readonly string[]
  /** Test hook, called at every boundary with its name. */
  readonly failpoint?: (name: string) => void
}

/** Tasks read at once: a page of a thousand is some megabytes. */
const PAGE = 1000

/**
 * Voids what was planned under earlier terms and lays down the present ones. Called with the store of
 * the transaction in which the task changed.
 */
export async function scheduleTask(
  task: Task,
  store: Store,
  { policy, calendar, clock }: Pick<ScheduleDependencies, 'policy' | 'calendar' | 'clock'>,
): Promise<void> {
  if (!isOpen(task)) {
    await store.reminders.suppressStale(task.id, { reason: task.status })
    return
  }
  const current = { scheduleRevision: task.scheduleRevision, reason: 'rescheduled' }
  await store.reminders.suppressStale(task.id, current)
  const directory = createDirectory(await store.people.all())
  const now = clock.now()
  const rungsOf = rungsNow(now, { policy, calendar })
  await store.reminders.add(remindersNow(task, directory, now, { policy, calendar, rungsOf }))
}

/** Goes through every open task. Returns how many reminders were new. */
export async function scheduleAll(dependencies: ScheduleDependencies): Promise<number> {
  const { store, clock, failpoint } = dependencies
  const directory = createDirectory(await store.people.all())
  const now = clock.now()
  const planning = { ...dependencies, rungsOf: rungsNow(now, dependencies) }
  let added = 0
  for (let after = ''; ; ) {
    const tasks = await store.tasks.openPage(after, PAGE)
    const last = tasks.at(-1)
    if (!last) break
    const reminders = tasks.flatMap((task) => remindersNow(task, directory, now, planning))
    added += await store.transaction((inside) => inside.reminders.add(reminders))
    failpoint?.('reminders-planned')
    after = last.id
  }
  await scheduleOverviews(directory, await store.people.all(), dependencies)
  return added
}

type Planning = Pick<ScheduleDependencies, 'policy' | 'calendar'>

function rungsNow(now: Temporal.Instant, { policy, calendar }: Planning): RungPlan {
  return planRungs(policy, calendar, now.add({ hours: 24 * policy.horizonDays }))
}

function remindersNow(
  task: Task,
  directory: Directory,
  now: Temporal.Instant,
  { policy, calendar, rungsOf }: Planning & { readonly rungsOf: RungPlan },
) {
  const recipients = findRecipients(task, directory)
  const all = planReminders(task, recipients, policy, calendar, rungsOf)
  return withinHorizon(all, now, policy.horizonDays)
}

/** Once a week, on its first working day, everybody who leads somebody sees how things stand. */
async function scheduleOverviews(
  directory: Directory,
  people: readonly { readonly leaderId?: string }[],
  { store, clock, policy, calendar, channels }: ScheduleDependencies,
): Promise<void> {
  const leaderIds = new Set(people.map(({ leaderId }) => leaderId))
  const on = nextOverviewDay(clock.now(), policy, calendar)
  const deliveries = [...leaderIds].flatMap((leaderId): Delivery[] => {
    const leader = leaderId === undefined ? undefined : directory.byId(leaderId)
    const [to, ...fallbacks] = leader ? addressesOf(leader, channels) : []
    if (!leader || !to) return []
    const content = { kind: 'overview', personId: leader.id, on } as const
    const notBefore = sendInstant(on, policy)
    return [{ id: overviewId(leader.id, on), to, content, notBefore, fallbacks }]
  })
  await store.outbox.enqueue(deliveries)
}

/** This week's first working day while its sending time lies ahead, else next week's. */
function nextOverviewDay(
  now: Temporal.Instant,
  policy: ReminderPolicy,
  calendar: WorkCalendar,
): Temporal.PlainDate {
  const today = now.toZonedDateTimeISO(policy.timeZone).toPlainDate()
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  const first = nextWorkingDay(calendar, monday)
  if (Temporal.Instant.compare(now, sendInstant(first, policy)) <= 0) return first
  return nextWorkingDay(calendar, monday.add({ weeks: 1 }))
}

/** The key of an overview: one a leader and day. */
function overviewId(personId: string, on: Temporal.PlainDate): string {
  const about = JSON.stringify(['overview', personId, on.toString()])
  return createHash('sha256').update(about).digest('hex').slice(0, 40)
}

/** An overview of a day that is over is not sent any more: the next one says it better. */
export function isOverviewStale(
  on: Temporal.PlainDate,
  now: Temporal.Instant,
  policy: ReminderPolicy,
): boolean {
  return Temporal.Instant.compare(endOfDay(on.add({ days: 1 }), policy), now) < 0
}
