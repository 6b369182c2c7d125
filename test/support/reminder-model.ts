/**
 * What must hold of reminders after any sequence of events: a model of a few lines, compared with
 * planner, dispatcher, outbox and sender.
 */
import { expect } from 'vitest'
import type { Reminder } from '../../src/domain/reminder.ts'
import { planReminders, planRungs } from '../../src/reminders/plan-reminders.ts'
import { endOfDay, nextAllowed } from '../../src/reminders/sending-hours.ts'
import type { Store } from '../../src/storage/store.ts'
import { foldTask } from '../../src/tasks/fold-task.ts'
import type { Attempt, ReminderWorld } from './reminder-world.ts'

export interface ModelTask {
  open: boolean
  dueOn: Temporal.PlainDate
  owner: string
  /** Since when these have been the terms: sends before speak of others. */
  since: Temporal.Instant
}

export interface Model {
  readonly tasks: Map<string, ModelTask>
  /** Faults that may each make one send come twice. */
  repeats: number
  /** No replica runs; people still change tasks in the console of another machine. */
  down: boolean
}

export interface Real {
  readonly store: Store
  readonly world: ReminderWorld
  /** Attempts that have been looked at. */
  checked: number
}

/** A copy to a leader waits at most this long when its owner's reminder leaves at the same moment. */
const COPY_WAIT_MINUTES = 10

/** What left since the last look: in daytime, about open tasks on their present terms, owner first. */
export async function checkSends(model: Model, real: Real) {
  const { attempts, crashes, channel } = real.world
  for (const [index, attempt] of attempts.entries()) {
    if (index < real.checked) continue
    const text = JSON.stringify(attempt.message.blocks)
    const ids = text.match(/〔\d+〕/gu) ?? []
    checkHours(attempt, ids, model, real)
    for (const id of ids) checkAbout(id, text, attempt, model)
    await checkOrder(attempt, attempts.slice(0, index), real.store)
  }
  real.checked = attempts.length
  const ids = channel.wire.map(({ deliveryId }) => deliveryId)
  expect(ids.length - new Set(ids).size).toBeLessThanOrEqual(model.repeats + crashes())
}

/** In daytime, and on a day off only what the next working day would be too late for. */
function checkHours(
  { at, deliveryId }: Attempt,
  ids: readonly string[],
  model: Model,
  { world: { policy, calendar, attempts } }: Real,
) {
  const local = at.toZonedDateTimeISO(policy.timeZone)
  expect(local.hour >= 8 && local.hour < 20, `${at}`).toBe(true)
  const first = attempts.find((other) => other.deliveryId === deliveryId)
  if (first?.at !== at || calendar.isWorkingDay(local.toPlainDate())) return
  const next = nextAllowed(at, policy, calendar)
  const isUrgent = ids.some((id) => {
    const dueOn = model.tasks.get(id)?.dueOn
    return dueOn && Temporal.Instant.compare(endOfDay(dueOn, policy), next) <= 0
  })
  expect(isUrgent, `on a day off: ${at}`).toBe(true)
}

function checkAbout(id: string, text: string, { to }: Attempt, model: Model) {
  const task = model.tasks.get(id)
  expect(task?.open, `${id} was closed: ${text}`).toBe(true)
  if (!task) return
  if (text.includes('时限')) expect(text).toContain(`${task.dueOn.month}月${task.dueOn.day}日`)
  if (to !== 'zhao') expect(to).toBe(task.owner)
}

/** Before a leader gets the copy of a rung, the owner got it or a more urgent one, or is out of reach. */
async function checkOrder({ to, deliveryId }: Attempt, before: readonly Attempt[], store: Store) {
  if (to !== 'zhao') return
  const carried = async (id: string) => {
    const delivery = await store.outbox.byId(id)
    return delivery?.content.kind === 'reminders' ? delivery.content.reminders : []
  }
  const dead = new Set(
    (await store.outbox.list({ state: 'dead', limit: 1000 })).map(({ id }) => id),
  )
  const told = before.filter(
    (other) => other.to !== to && (other.reached || dead.has(other.deliveryId)),
  )
  const owners = (
    await Promise.all([...new Set(told.map((other) => other.deliveryId))].map(carried))
  ).flat()
  for (const { taskId, scheduleRevision, rung } of await carried(deliveryId)) {
    const isFirst = owners.some(
      (own) =>
        own.taskId === taskId &&
        own.scheduleRevision === scheduleRevision &&
        own.rung.severity >= rung.severity,
    )
    expect(isFirst, `leader first: ${taskId} ${rung.name}`).toBe(true)
  }
}

/** After a catch-up: nobody heard of one task in two messages. */
export function checkCaughtUp(attempts: readonly Attempt[]) {
  const heard = new Map<string, string>()
  for (const { to, deliveryId, message } of attempts) {
    const text = JSON.stringify(message.blocks)
    if (text.includes('事项进度')) continue
    for (const id of text.match(/〔\d+〕/gu) ?? []) {
      const key = `${to} of ${id}`
      expect(heard.get(key) ?? deliveryId, `told twice: ${key}`).toBe(deliveryId)
      heard.set(key, deliveryId)
    }
  }
}

/** After the last step: nothing is left undone, every end has its reason, urgency never fell. */
export async function checkEnd(model: Model, real: Real) {
  const inDeliveries = await checkDeliveries(real)
  for (const id of model.tasks.keys()) {
    await checkTask(id, inDeliveries, real)
  }
}

async function checkDeliveries({ store, world }: Real): Promise<Set<string>> {
  const reminders: Reminder[] = []
  const byDelivery = new Map<string, readonly Reminder[]>()
  for (const delivery of await store.outbox.list({ limit: 10_000 })) {
    const due = Temporal.Instant.compare(delivery.notBefore, world.clock.now()) <= 0
    if (due) expect(['sent', 'dead', 'suppressed']).toContain(delivery.state)
    if (delivery.state === 'suppressed') expect(delivery.reason).toBeTruthy()
    if (delivery.content.kind !== 'reminders') continue
    reminders.push(...delivery.content.reminders)
    byDelivery.set(delivery.id, delivery.content.reminders)
  }
  const ids = new Set(reminders.map(({ id }) => id))
  expect(ids.size, 'in two deliveries').toBe(reminders.length)
  checkSeverity(world.attempts, byDelivery)
  return ids
}

/** To one person about one task under one schedule urgency only grows. */
function checkSeverity(
  attempts: readonly Attempt[],
  byDelivery: ReadonlyMap<string, readonly Reminder[]>,
) {
  const seen = new Set<string>()
  const worst = new Map<string, number>()
  for (const { deliveryId } of attempts) {
    if (seen.has(deliveryId)) continue
    seen.add(deliveryId)
    for (const reminder of byDelivery.get(deliveryId) ?? []) {
      const { taskId, scheduleRevision, personId, rung } = reminder
      const key = `${taskId}/${scheduleRevision}/${personId}`
      expect(rung.severity, key).toBeGreaterThanOrEqual(worst.get(key) ?? 0)
      worst.set(key, rung.severity)
    }
  }
}

async function checkTask(id: string, inDeliveries: ReadonlySet<string>, real: Real) {
  const { store, world } = real
  const task = foldTask(await store.tasks.events(id))
  expect(task).toEqual(await store.tasks.byId(id))
  const settledBy = world.clock.now().subtract({ minutes: COPY_WAIT_MINUTES })
  const isOver = (at: Temporal.Instant) =>
    Temporal.Instant.compare(nextAllowed(at, world.policy, world.calendar), settledBy) <= 0
  const reminders = await store.reminders.ofTask(id)
  for (const reminder of reminders) {
    if (isOver(reminder.sendAt)) expect(reminder.state, reminder.id).not.toBe('scheduled')
    if (reminder.state === 'suppressed') expect(reminder.reason).toBeTruthy()
    if (reminder.state === 'enqueued') expect(inDeliveries).toContain(reminder.id)
  }
  if (!task) return
  // Nothing is lost: the last rung that was due is there, whatever happened to it.
  const owners = task.assignees.flatMap((each) => (each.kind === 'person' ? [each.personId] : []))
  const planned = planReminders(
    task,
    { owners, leaders: ['zhao'] },
    world.policy,
    world.calendar,
    planRungs(world.policy, world.calendar, world.clock.now()),
  )
  const known = new Set(reminders.map((reminder) => reminder.id))
  for (const [, own] of Map.groupBy(planned, ({ personId }) => personId)) {
    const last = own.findLast(({ sendAt }) => isOver(sendAt))
    if (last) expect(known, 'lost').toContain(last.id)
  }
}
