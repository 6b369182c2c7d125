/**
 * Turns reminders that are due into deliveries: for each person one transaction, in which every
 * reminder ends enqueued, suppressed with its reason, or moved to a later moment. None is dropped.
 *
 * After any downtime a person hears of each task once: the most severe missed rung speaks, the others
 * are merged into it. More than a few together become one digest. What the words are is decided when
 * the delivery is sent.
 */
import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { ConversationRef } from '../domain/message.ts'
import { isGroupChat, mayRead, type Person } from '../domain/person.ts'
import type { Reminder, ReminderPolicy } from '../domain/reminder.ts'
import { isOpen, type Task } from '../domain/task.ts'
import type { Delivery } from '../storage/outbox-store.ts'
import type { Store } from '../storage/store.ts'
import { addWorkingDays, type WorkCalendar } from '../text/working-days.ts'
import { endOfDay, nextAllowedBefore } from './sending-hours.ts'

export interface DispatchDependencies {
  readonly store: Store
  readonly clock: Clock
  readonly policy: ReminderPolicy
  readonly calendar: WorkCalendar
  /** Channels that may open a conversation by themselves, best first for a person without preference. */
  readonly channels: readonly string[]
  /** Test hook, called at every boundary with its name. */
  readonly failpoint?: (name: string) => void
}

/** People handled in one round. */
const ROUND = 200
/** A leader's copy waits this long for the owner's own reminder to be out, then asks again. */
const OWNER_FIRST_MINUTES = 5

/** Dispatches what is due; says whether there was any. */
export async function dispatchDue(dependencies: DispatchDependencies): Promise<boolean> {
  const { store, clock, failpoint } = dependencies
  const people = await store.reminders.peopleDue({ now: clock.now(), limit: ROUND })
  failpoint?.('reminders-found')
  for (const personId of people) {
    await store.transaction(async (inside) => {
      await dispatchTo(personId, { ...dependencies, store: inside })
      failpoint?.('reminders-before-commit')
    })
    failpoint?.('reminders-dispatched')
  }
  return people.length > 0
}

type Verdict =
  | { readonly kind: 'send' }
  | { readonly kind: 'suppress'; readonly reason: string }
  | { readonly kind: 'postpone'; readonly until: Temporal.Instant }

async function dispatchTo(personId: string, dependencies: DispatchDependencies): Promise<void> {
  const { store, clock } = dependencies
  const now = clock.now()
  const due = await store.reminders.takeDue(personId, now)
  const tasks = new Map(
    (await store.tasks.byIds([...new Set(due.map(({ taskId }) => taskId))])).map((task) => [
      task.id,
      task,
    ]),
  )
  const person = await store.people.byId(personId)
  // A clock that went back lays down again what a more urgent rung has spoken for.
  const overtaken = await store.reminders.overtaken(due.map(({ id }) => id))
  const verdictOn = async (reminder: Reminder): Promise<Verdict> => {
    if (!person) return { kind: 'suppress', reason: 'unknown-person' }
    if (overtaken.has(reminder.id)) return { kind: 'suppress', reason: 'coalesced' }
    const task = tasks.get(reminder.taskId)
    const stale = whyStale(reminder, task, person)
    if (stale !== undefined || !task) return { kind: 'suppress', reason: stale ?? 'unknown-task' }
    return judge(reminder, task, now, dependencies)
  }
  const ready: Reminder[] = []
  for (const reminder of due) {
    const verdict = await verdictOn(reminder)
    if (verdict.kind === 'send') ready.push(reminder)
    if (verdict.kind === 'suppress') {
      await store.reminders.markSuppressed([reminder.id], verdict.reason)
    }
    if (verdict.kind === 'postpone') await store.reminders.postpone([reminder.id], verdict.until)
  }
  if (person && ready.length > 0) await enqueue(person, ready, now, dependencies)
}

async function judge(
  reminder: Reminder,
  task: Task,
  now: Temporal.Instant,
  dependencies: DispatchDependencies,
): Promise<Verdict> {
  const { policy, calendar } = dependencies
  const dueOn = task.deadline?.dueOn
  const isOver = dueOn && Temporal.Instant.compare(endOfDay(dueOn, policy), now) <= 0
  // The overdue rung, which is on its way, says it better than 「还有1天」 would.
  if (reminder.rung.kind === 'before' && isOver)
    return { kind: 'suppress', reason: 'deadline-passed' }
  const isLeader = reminder.audience === 'leader'
  if (isLeader && isAcknowledged(task, now, dependencies)) {
    return { kind: 'suppress', reason: 'acknowledged' }
  }
  const allowed = nextAllowedBefore(dueOn, now, policy, calendar)
  if (Temporal.Instant.compare(allowed, now) > 0) return { kind: 'postpone', until: allowed }
  if (isLeader && (await isOwnerToHearFirst(reminder, now, dependencies))) {
    return { kind: 'postpone', until: now.add({ minutes: OWNER_FIRST_MINUTES }) }
  }
  return { kind: 'send' }
}

/** Why a reminder no longer speaks of the task as it is, or not to this reader; undefined when it does. */
export function whyStale(
  reminder: Pick<Reminder, 'scheduleRevision'>,
  task: Task | undefined,
  reader: Person | undefined,
): string | undefined {
  if (!task) return 'unknown-task'
  if (!isOpen(task)) return task.status
  if (reader && isGroupChat(reader) && !mayRead(reader.role, task.readableBy)) return 'not-readable'
  return task.scheduleRevision === reminder.scheduleRevision ? undefined : 'rescheduled'
}

/** An answer holds escalation back for some working days; then it goes on where it was. */
function isAcknowledged(
  { acknowledgedAt }: Task,
  now: Temporal.Instant,
  { policy, calendar }: DispatchDependencies,
): boolean {
  if (!acknowledgedAt) return false
  const day = acknowledgedAt.toZonedDateTimeISO(policy.timeZone).toPlainDate()
  const until = addWorkingDays(calendar, day, policy.acknowledgementHoldsDays).on
  return Temporal.Instant.compare(now, endOfDay(until, policy)) < 0
}

/**
 * The owner hears first: while any reminder of this schedule that the owner should have by now is
 * still on its way, the copy waits. However long that takes: time that passes while nothing runs says
 * nothing about whether the owner can be reached. What is dead, or waits for a channel that is not
 * there any more, is not on its way; while a channel is down the weekly overview tells the leader.
 */
async function isOwnerToHearFirst(
  { taskId, scheduleRevision }: Reminder,
  now: Temporal.Instant,
  { store, channels }: DispatchDependencies,
): Promise<boolean> {
  const own = (await store.reminders.ofTask(taskId)).filter(
    (other) => other.audience === 'owner' && other.scheduleRevision === scheduleRevision,
  )
  const isDue = ({ sendAt }: Reminder) => Temporal.Instant.compare(sendAt, now) <= 0
  if (own.some((other) => other.state === 'scheduled' && isDue(other))) return true
  const ids = own.map(({ deliveryId }) => deliveryId).filter((id) => id !== undefined)
  for (const id of new Set(ids)) {
    const delivery = await store.outbox.byId(id)
    const isUnderWay = delivery?.state === 'waiting' || delivery?.state === 'leased'
    if (isUnderWay && channels.includes(delivery.to.channel)) return true
  }
  return false
}

async function enqueue(
  person: Person,
  ready: readonly Reminder[],
  now: Temporal.Instant,
  { store, policy, channels }: DispatchDependencies,
): Promise<void> {
  const { kept, merged } = mostSevere(ready)
  await store.reminders.markSuppressed(
    merged.map(({ id }) => id),
    'coalesced',
  )
  const [to, ...fallbacks] = addressesOf(person, channels)
  if (!to) {
    return await store.reminders.markSuppressed(
      kept.map(({ id }) => id),
      'no-account',
    )
  }
  for (const together of grouped(kept, now, policy)) {
    const id = deliveryId(together, to)
    const content = { kind: 'reminders', personId: person.id, reminders: together } as const
    const delivery: Delivery = { id, to, content, notBefore: now, fallbacks }
    await store.outbox.enqueue([delivery])
    await store.reminders.markEnqueued(
      together.map((reminder) => reminder.id),
      id,
    )
  }
}

/** Of each task the most severe rung; the rest is merged into it. */
function mostSevere(reminders: readonly Reminder[]) {
  const byTask = Map.groupBy(reminders, ({ taskId }) => taskId)
  const kept = [...byTask.values()].flatMap((own) =>
    own.toSorted((a, b) => b.rung.severity - a.rung.severity).slice(0, 1),
  )
  return { kept, merged: reminders.filter((reminder) => !kept.includes(reminder)) }
}

/** One delivery each, or one for all when they are many, or when several come late. */
function grouped(
  kept: readonly Reminder[],
  now: Temporal.Instant,
  policy: ReminderPolicy,
): readonly (readonly Reminder[])[] {
  const limit = now.subtract({ minutes: policy.lateAfterMinutes })
  const isLate = kept.some(({ sendAt }) => Temporal.Instant.compare(sendAt, limit) < 0)
  return isLate || kept.length > policy.digestAbove ? [kept] : kept.map((reminder) => [reminder])
}

/** Where a person can be written to first, in the order of their accounts. */
export function addressesOf(
  { accounts }: Pick<Person, 'accounts'>,
  channels: readonly string[],
): readonly ConversationRef[] {
  return accounts
    .filter(({ channel }) => channels.includes(channel))
    .map(({ channel, accountId, kind }) => ({
      channel,
      conversationId: accountId,
      kind: kind ?? 'private',
    }))
}

/** The key of a delivery: which reminders it carries and where to. */
function deliveryId(reminders: readonly Reminder[], { channel, conversationId }: ConversationRef) {
  const about = JSON.stringify([
    'reminders',
    channel,
    conversationId,
    ...reminders.map(({ id }) => id).toSorted(),
  ])
  return createHash('sha256').update(about).digest('hex').slice(0, 40)
}
