/**
 * What a claimed delivery says, decided in the claiming transaction from the tasks as they are now:
 * a message to send, a reason not to, or a later moment.
 */
import type { OutboundMessage } from '../domain/message.ts'
import { isGroupChat } from '../domain/person.ts'
import type { Reminder, ReminderPolicy } from '../domain/reminder.ts'
import { OPEN_STATUSES } from '../domain/task.ts'
import type { DeliveryContent, DeliveryOutcome } from '../storage/outbox-store.ts'
import type { Store } from '../storage/store.ts'
import type { WorkCalendar } from '../text/working-days.ts'
import { whyStale } from './dispatch-due.ts'
import { isWorthAnOverview, type ReminderItem, sayOverview, sayReminders } from './say-reminders.ts'
import { isOverviewStale } from './schedule-reminders.ts'
import { nextAllowed, nextAllowedBefore } from './sending-hours.ts'

export type Composed =
  | { readonly kind: 'message'; readonly message: OutboundMessage }
  | Extract<DeliveryOutcome, { readonly kind: 'suppressed' | 'retry' }>

export interface ComposeOptions {
  readonly now: Temporal.Instant
  readonly policy: ReminderPolicy
  readonly calendar: WorkCalendar
}

/** Rows read for one leader's overview. */
const MANY = 500

export async function composeDelivery(
  content: DeliveryContent,
  store: Pick<Store, 'tasks' | 'people' | 'reminders'>,
  options: ComposeOptions,
): Promise<Composed> {
  switch (content.kind) {
    case 'message':
      return content
    case 'reminders':
      return composeReminders(content, store, options)
    case 'overview':
      return composeOverview(content, store, options)
  }
}

async function composeReminders(
  { reminders, personId }: Extract<DeliveryContent, { readonly kind: 'reminders' }>,
  store: Pick<Store, 'tasks' | 'reminders' | 'people'>,
  { now, policy, calendar }: ComposeOptions,
): Promise<Composed> {
  const tasks = await store.tasks.byIds([...new Set(reminders.map(({ taskId }) => taskId))])
  const byId = new Map(tasks.map((task) => [task.id, task]))
  // A try that failed may come back when a more urgent rung has spoken already.
  const overtaken = await store.reminders.overtaken(reminders.map(({ id }) => id))
  const person = await store.people.byId(personId)
  const whyUnsaid = (reminder: Reminder) =>
    whyStale(reminder, byId.get(reminder.taskId), person) ??
    (overtaken.has(reminder.id) ? 'coalesced' : undefined)
  const items = reminders.flatMap((reminder): ReminderItem[] => {
    const task = byId.get(reminder.taskId)
    return task && whyUnsaid(reminder) === undefined ? [{ task, reminder }] : []
  })
  const [first, ...others] = items
  if (!first) {
    const [any] = reminders
    const reason = any && whyUnsaid(any)
    return { kind: 'suppressed', reason: reason ?? 'empty' }
  }
  const [at = now] = items
    .map(({ task }) => nextAllowedBefore(task.deadline?.dueOn, now, policy, calendar))
    .toSorted(Temporal.Instant.compare)
  if (Temporal.Instant.compare(at, now) > 0) return { kind: 'retry', at, outcomeUnknown: false }
  const reader = person && isGroupChat(person) ? 'group' : 'person'
  const message = sayReminders([first, ...others], now, { ...policy, calendar }, reader)
  return { kind: 'message', message }
}

async function composeOverview(
  { personId, on }: Extract<DeliveryContent, { readonly kind: 'overview' }>,
  store: Pick<Store, 'tasks' | 'people'>,
  { now, policy, calendar }: ComposeOptions,
): Promise<Composed> {
  if (isOverviewStale(on, now, policy)) return { kind: 'suppressed', reason: 'out-of-date' }
  const at = nextAllowed(now, policy, calendar)
  if (Temporal.Instant.compare(at, now) > 0) return { kind: 'retry', at, outcomeUnknown: false }
  const team = await store.people.find({ leaderId: personId })
  const units = [...new Set(team.map(({ unit }) => unit))].filter((unit) => unit !== undefined)
  const tasks = await store.tasks.find({
    statuses: OPEN_STATUSES,
    assignedTo: [
      ...team.map(({ id }) => ({ kind: 'person', personId: id }) as const),
      ...units.map((unit) => ({ kind: 'unit', unit }) as const),
    ],
    limit: MANY,
  })
  const today = now.toZonedDateTimeISO(policy.timeZone).toPlainDate()
  if (!isWorthAnOverview(tasks, today)) return { kind: 'suppressed', reason: 'nothing-behind' }
  return { kind: 'message', message: sayOverview(tasks, today) }
}
