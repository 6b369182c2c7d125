/**
 * Figures of the way of a deadline: `npm run bench:reminders -- [--tasks 100000] [--deliveries 20000]`,
 * SQLite in a file always, PostgreSQL when TEST_DATABASE_URL is set.
 *
 * Each figure is measured in a process of its own, which did not make the tasks: its memory is its own.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import type { Channel } from '../../src/channels/channel.ts'
import { systemClock } from '../../src/clock.ts'
import { DEFAULT_REMINDER_POLICY as policy } from '../../src/domain/reminder.ts'
import { scheduleAll } from '../../src/reminders/schedule-reminders.ts'
import { sendDue } from '../../src/reminders/send-due.ts'
import type { Delivery } from '../../src/storage/outbox-store.ts'
import { openDatabaseOf, openStore, type StoreOptions } from '../../src/storage/sql/open-store.ts'
import { rowOf } from '../../src/storage/sql/sql-task-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { applyEvent } from '../../src/tasks/fold-task.ts'
import { workCalendar } from '../../src/text/working-days.ts'
import { startWorkLoop } from '../../src/work-loop.ts'
import { SHARED_STORE_KINDS } from '../support/test-stores.ts'

const PEOPLE = 2000
/** As in send-due.ts. */
const BATCH = 64
const SENDS_PER_SECOND = 50
const SECONDS_OF_SENDING = 10
const start = Temporal.Instant.from('2026-11-16T01:00:00Z')
const calendar = workCalendar([])
const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '100000' },
    deliveries: { type: 'string', default: '20000' },
    /** How this file calls itself: seed | plan | through | late, with the store's options. */
    step: { type: 'string' },
    store: { type: 'string' },
  },
})

if (values.step !== undefined) await runStep(values.step, JSON.parse(values.store ?? '{}'))
else for (const kind of SHARED_STORE_KINDS) await measure(kind)

async function measure(kind: (typeof SHARED_STORE_KINDS)[number]) {
  const place = await kind.reserve()
  await inOwnProcess('seed', place.options)
  await inOwnProcess('plan', place.options)
  await inOwnProcess('through', place.options)
  await inOwnProcess('late', place.options)
  await place.dispose()
}

async function inOwnProcess(step: string, store: StoreOptions) {
  const { tasks, deliveries } = values
  const sizes = ['--tasks', tasks, '--deliveries', deliveries]
  const own = ['--step', step, ...sizes, '--store', JSON.stringify(store)]
  const [code] = await once(fork(import.meta.filename, own), 'exit')
  if (code !== 0) throw new Error(`The step ${step} ended with ${code}.`)
}

async function runStep(step: string, options: StoreOptions) {
  const store = await openStore(options)
  switch (step) {
    case 'seed':
      await seed(store, options, Number(values.tasks))
      break
    case 'plan':
      await plan(store, options)
      break
    case 'through':
      await throughput(store, Number(values.deliveries))
      break
    default:
      await lateness(store)
  }
  await store.close()
}

/** Due dates spread over the coming half year; one in ten overdue by up to a month. */
async function seed(store: Store, options: StoreOptions, count: number) {
  const database = openDatabaseOf(options)
  await store.transaction(async (inside) => {
    for (let index = 0; index < PEOPLE; index++) {
      const leader = { leaderId: `p${index % 100}` }
      const accounts = [{ channel: 'wire', accountId: `p${index}` }]
      await inside.people.save({
        id: `p${index}`,
        name: `p${index}`,
        role: 'cadre',
        ...leader,
        accounts,
      })
    }
  })
  for (let from = 0; from < count; from += 500) {
    const length = Math.min(500, count - from)
    const rows = Array.from({ length }, (_, index) => rowOf(taskAt(from + index)))
    await database.db.insertInto('tasks').values(rows).execute()
  }
  await database.close()
}

function taskAt(index: number) {
  const actor = { kind: 'system', name: 'bench' } as const
  const dueOn = Temporal.PlainDate.from('2026-10-20').add({ days: index % 210 })
  const setup = {
    title: `新建职工书屋第${index}号`,
    assignees: [{ kind: 'person', personId: `p${index % PEOPLE}` }],
    deadline: { phrase: '年底', dueOn },
    startsOn: Temporal.PlainDate.from('2026-01-01'),
    readableBy: 'all',
  } as const
  const at = start.subtract({ hours: 24 * 60 })
  const change = { kind: 'created', setup, status: 'needs-action' } as const
  return applyEvent(undefined, {
    taskId: `t${index}`,
    revision: 1,
    at,
    actor,
    basis: 'bench',
    change,
  })
}

async function plan(store: Store, { databaseUrl }: StoreOptions) {
  const engine = databaseUrl === undefined ? 'SQLite' : 'PostgreSQL'
  const clock = { ...systemClock, now: () => start }
  const dependencies = { store, clock, policy, calendar, channels: ['wire'] }
  for (const round of ['first', 'again']) {
    const began = performance.now()
    const cpu = process.cpuUsage()
    const added = await scheduleAll(dependencies)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const { user, system } = process.cpuUsage(cpu)
    const busy = ((user + system) / 1e6).toFixed(1)
    console.log(
      `${engine}: planning ${values.tasks} tasks (${round}): ${seconds} s (${busy} s of one core), ${added} new reminders, peak ${mb(process.resourceUsage().maxRSS * 1024)} MB`,
    )
  }
}

async function throughput(store: Store, count: number) {
  await enqueue(store, 'through', count, () => start)
  const began = performance.now()
  let settled = 0
  for (;;) {
    const leaseUntil = start.add({ seconds: 90 })
    const limit = BATCH
    const claimed = await store.outbox.claim({ now: start, leaseUntil, limit, channels: ['wire'] })
    if (claimed.length === 0) break
    // As the sender does: each is settled by itself when its send returns, many at the same time.
    const results = claimed.map((each) => store.outbox.settle(each, { kind: 'sent' }, start))
    settled += (await Promise.all(results)).filter(Boolean).length
  }
  const perSecond = settled / ((performance.now() - began) / 1000)
  console.log(`  claim and settle: ${perSecond.toFixed(0)} a second (${settled})`)
}

async function lateness(store: Store) {
  const count = SENDS_PER_SECOND * SECONDS_OF_SENDING
  const first = systemClock.now().add({ seconds: 1 })
  const dueAt = (index: number) => first.add({ milliseconds: (index * 1000) / SENDS_PER_SECOND })
  const late: number[] = []
  const channel: Channel = {
    name: 'wire',
    capabilities: { initiates: true, idempotent: true, edits: false, maxTextLength: 4000 },
    start: async () => {},
    send: async ({ conversationId }) => {
      const due = dueAt(Number(conversationId))
      late.push(systemClock.now().epochMilliseconds - due.epochMilliseconds)
    },
    stop: async () => {},
  }
  await enqueue(store, 'late', count, dueAt)
  const channels = new Map([['wire', channel]])
  const clock = systemClock
  const loop = startWorkLoop(
    (signal) => sendDue({ store, clock, policy, calendar, channels, random: Math.random }, signal),
    { clock, nextDueAt: () => store.outbox.nextDueAt(['wire']), onError: console.error },
  )
  while (late.length < count)
    await clock.sleepUntil(clock.now().add({ milliseconds: 100 }), new AbortController().signal)
  await loop.stop()
  const sorted = late.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]
  const { rss } = process.memoryUsage()
  console.log(
    `  ${SENDS_PER_SECOND} sends a second: late by p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; ${mb(rss)} MB in use`,
  )
}

async function enqueue(
  store: Store,
  name: string,
  count: number,
  notBefore: (index: number) => Temporal.Instant,
) {
  const content = { kind: 'message', message: { blocks: [] } } as const
  const deliveries = Array.from({ length: count }, (_, index): Delivery => {
    const to = { channel: 'wire', conversationId: String(index), kind: 'private' } as const
    return { id: `${name}${index}`, to, content, notBefore: notBefore(index), fallbacks: [] }
  })
  await store.outbox.enqueue(deliveries)
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
