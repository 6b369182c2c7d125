/**
 * A small union on a fake clock: Li and Ma are cadres, Zhao leads them; a memory channel and a backup
 * channel reach them. Planner, dispatcher and sender run as in production, step by step in virtual time.
 */
import type { Channel } from '../../src/channels/channel.ts'
import type { OutboundMessage } from '../../src/domain/message.ts'
import type { AccountRef } from '../../src/domain/person.ts'
import { DEFAULT_REMINDER_POLICY, type ReminderPolicy } from '../../src/domain/reminder.ts'
import type { Target, TaskChange } from '../../src/domain/task.ts'
import { dispatchDue } from '../../src/reminders/dispatch-due.ts'
import { scheduleAll, scheduleTask } from '../../src/reminders/schedule-reminders.ts'
import { sendDue } from '../../src/reminders/send-due.ts'
import type { Store } from '../../src/storage/store.ts'
import { createTask, type RecordResult, recordChange } from '../../src/tasks/record-change.ts'
import { type WorkCalendar, workCalendar } from '../../src/text/working-days.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'
import { createMemoryChannel, type MemoryChannel } from './memory-channel.ts'

export interface ReminderWorld {
  readonly clock: FakeClock
  readonly channel: MemoryChannel
  readonly backup: MemoryChannel
  /** Every send with its moment, whatever became of it. */
  readonly attempts: readonly Attempt[]
  readonly policy: ReminderPolicy
  readonly calendar: WorkCalendar
  give(
    title: string,
    options: {
      readonly dueOn: string
      readonly owner?: string
      /** Instead of an owner. */
      readonly unit?: string
      readonly target?: Target
    },
  ): Promise<void>
  /** By Zhao, the leader. */
  change(taskId: string, change: TaskChange): Promise<RecordResult>
  addAccount(personId: string, account: AccountRef): Promise<void>
  /** The process dies when it passes its n-th boundary from now, and starts again at once. */
  crashAt(boundary: number): void
  /** Crashes so far. */
  crashes(): number
  /** Runs the whole planner; returns how many reminders were new. */
  plan(): Promise<number>
  /** Runs everything that is due now, by so many replicas at the same time. */
  settle(replicas?: number): Promise<void>
  /** Starts again after downtime: plans, then runs everything that is due. */
  restart(): Promise<void>
  /** Lets time pass with everything running. Beijing time. */
  advanceTo(dateTime: string): Promise<void>
  /** Lets time pass with nothing running. Beijing time. */
  sleepThrough(dateTime: string): Promise<void>
}

export interface Attempt {
  readonly at: Temporal.Instant
  readonly to: string
  readonly deliveryId: string
  readonly message: OutboundMessage
  /** Whether the platform took it. */
  readonly reached: boolean
}

/** Stands for SIGKILL: nothing after the boundary happens, transactions under way are undone. */
class Crash extends Error {}

/** Well within the horizon: planning every day would be most of a test's work. */
const PLAN_EVERY_DAYS = 7

const ZHAO = { kind: 'person', personId: 'zhao', name: '赵主席' } as const

export async function createReminderWorld(store: Store, start: string): Promise<ReminderWorld> {
  const clock = createFakeClock(start)
  const channel = createMemoryChannel()
  const backup = createMemoryChannel({ name: 'backup' })
  const attempts: Attempt[] = []
  const watched = (each: MemoryChannel): Channel => ({
    ...each,
    send: async (to, message, options) => {
      const { deliveryId } = options
      const attempt = { at: clock.now(), to: to.conversationId, deliveryId, message }
      const index = attempts.push({ ...attempt, reached: false }) - 1
      const shown = each.wire.length
      try {
        await each.send(to, message, options)
      } finally {
        attempts[index] = { ...attempt, reached: each.wire.length > shown }
      }
    },
  })
  const channels = new Map<string, Channel>(
    [channel, backup].map((each) => [each.name, watched(each)]),
  )
  let boundariesLeft = Number.POSITIVE_INFINITY
  let crashes = 0
  const failpoint = () => {
    boundariesLeft -= 1
    if (boundariesLeft !== 0) return
    crashes += 1
    boundariesLeft = Number.POSITIVE_INFINITY
    throw new Crash()
  }
  const restarting = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      await work()
    }
  }
  const policy = DEFAULT_REMINDER_POLICY
  const calendar = workCalendar([])
  const dependencies = { store, clock, policy, calendar, channels: [...channels.keys()], failpoint }
  const onScheduleChanged = (task: Parameters<typeof scheduleTask>[0], inside: Store) =>
    scheduleTask(task, inside, dependencies)
  const ledger = { store, onScheduleChanged }
  const context = () => ({
    actor: ZHAO,
    at: clock.now(),
    today: clock.now().toZonedDateTimeISO(policy.timeZone).toPlainDate(),
    basis: 'test',
  })
  for (const [id, name, leaderId] of [
    ['zhao', '赵主席', undefined],
    ['li', '李明', 'zhao'],
    ['ma', '马丽', 'zhao'],
  ] as const) {
    const accounts = [{ channel: channel.name, accountId: id }]
    await store.people.save({ id, name, role: 'cadre', ...(leaderId && { leaderId }), accounts })
  }
  const runDue = async () => {
    while (await dispatchDue(dependencies));
    while (await sendDue({ ...dependencies, channels, random: () => 0.5 }));
  }
  const settle = (replicas = 1) =>
    restarting(async () => {
      // One that dies leaves the others running.
      const all = await Promise.allSettled(Array.from({ length: replicas }, runDue))
      for (const each of all) if (each.status === 'rejected') throw each.reason
    })
  const plan = () => restarting(() => scheduleAll(dependencies))
  let nextPlan = clock.now().add({ hours: 24 * PLAN_EVERY_DAYS })
  const advanceTo = async (dateTime: string) => {
    const until = beijing(dateTime)
    await settle()
    for (;;) {
      const due = [
        await store.reminders.nextDueAt(),
        await store.outbox.nextDueAt([...channels.keys()]),
      ]
      const [next = nextPlan] = [...due, nextPlan]
        .filter((at) => at !== undefined)
        .toSorted(Temporal.Instant.compare)
      if (Temporal.Instant.compare(next, until) > 0) break
      await clock.advanceTo(next)
      if (next === nextPlan) {
        await plan()
        nextPlan = clock.now().add({ hours: 24 * PLAN_EVERY_DAYS })
      }
      await settle()
    }
    await clock.advanceTo(until)
    await plan()
    await settle()
  }

  return {
    clock,
    channel,
    backup,
    attempts,
    crashAt: (boundary) => {
      boundariesLeft = boundary
    },
    crashes: () => crashes,
    policy,
    calendar,
    give: async (title, { dueOn, owner = 'li', unit, target }) => {
      const setup = {
        title,
        assignees: [
          unit ? ({ kind: 'unit', unit } as const) : ({ kind: 'person', personId: owner } as const),
        ],
        deadline: { phrase: '', dueOn: Temporal.PlainDate.from(dueOn) },
        startsOn: Temporal.PlainDate.from('2026-01-01'),
        readableBy: 'all',
        ...(target && { target }),
      } as const
      await createTask(title, { setup, status: 'needs-action' }, context(), ledger)
    },
    change: (taskId, change) => recordChange(taskId, change, context(), ledger),
    addAccount: async (personId, account) => {
      const person = await store.people.byId(personId)
      if (person) await store.people.save({ ...person, accounts: [...person.accounts, account] })
    },
    plan: () => scheduleAll(dependencies),
    settle,
    restart: async () => {
      await plan()
      await settle()
    },
    advanceTo,
    sleepThrough: (dateTime) => clock.jumpTo(beijing(dateTime)),
  }
}

const beijing = (dateTime: string) => Temporal.Instant.from(`${dateTime}+08:00`)
