/**
 * The fault suite: two replicas on one database are killed at random and at every named boundary,
 * while tasks are given and closed and messages come in. Afterwards nothing may be lost, nothing sent
 * after its task was closed, and no kill may repeat more than one send.
 *
 *     npm run faults -- [--kills 200]        SQLite, and PostgreSQL when TEST_DATABASE_URL is set
 */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Clock } from '../../src/clock.ts'
import { DEFAULT_REMINDER_POLICY as policy } from '../../src/domain/reminder.ts'
import { scheduleTask } from '../../src/reminders/schedule-reminders.ts'
import { openStore } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { createTask, recordChange } from '../../src/tasks/record-change.ts'
import { workCalendar } from '../../src/text/working-days.ts'
import { createScaledClock } from '../support/scaled-clock.ts'
import { type Place, SHARED_STORE_KINDS } from '../support/test-stores.ts'
import { type Outcome, summarize } from './summarize.ts'
import { startWireServer, type WireServer } from './wire-server.ts'
import type { WorkerPlan } from './worker.ts'

const WORKER = join(import.meta.dirname, 'worker.ts')
const WORKERS = 2
const FACTOR = 30
/** Every boundary of inbox, planner, dispatcher and sender. */
const BOUNDARIES = [
  'inbox-claimed',
  'inbox-handled',
  'inbox-before-settle',
  'inbox-settled',
  'reminders-found',
  'reminders-before-commit',
  'reminders-dispatched',
  'reminders-planned',
  'deliveries-claimed',
  'delivery-before-send',
  'delivery-before-settle',
  'delivery-settled',
] as const
const ROUND = 6
/** Real time in which everything that is due has to be delivered once nobody is killed any more. */
const PATIENCE_MS = 180_000
/** Real time without news that ends the run: more than a lease on this clock. */
const QUIET_MS = 6000

const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' } } })
const each = Math.ceil(Number(values.kills) / SHARED_STORE_KINDS.length)
let failed = false
for (const kind of SHARED_STORE_KINDS) {
  const place = await kind.reserve()
  const report = summarize(await attack(place, each))
  console.log(kind.name, JSON.stringify(report, undefined, 2))
  failed ||= !report.kept
  await place.dispose()
}
process.exitCode = failed ? 1 : 0

async function attack(place: Place, kills: number): Promise<Outcome> {
  const origin = { shows: '2026-11-16T09:00:00+08:00', atRealMs: Date.now(), factor: FACTOR }
  const clock = createScaledClock(origin)
  const store = await openStore(place.options)
  const wire = await startWireServer()
  const outcome = { kills: 0, given: [], closedAt: new Map(), asked: [], wire: wire.arrivals }
  const world = { store, clock, outcome }
  await seedPeople(store)
  const replicas = Array.from({ length: WORKERS }, (_, index) =>
    keepRunning(index, { store: place.options, clock: origin, wireUrl: wire.url }, outcome, kills),
  )
  while (outcome.kills < kills) {
    await giveWork(world)
    await pause(60 + Math.random() * 120)
    if (Math.random() < 0.5) replicas[Math.floor(Math.random() * WORKERS)]?.kill()
  }
  await untilDone(store, clock, wire)
  for (const replica of replicas) await replica.stop()
  await store.close()
  await wire.stop()
  return outcome
}

type Progress = Pick<Outcome, 'wire'> & {
  kills: number
  readonly given: string[]
  readonly asked: string[]
  readonly closedAt: Map<string, number>
}

/** People take turns on the channel that deduplicates and the one that does not. */
async function seedPeople(store: Store) {
  await store.people.save({ id: 'boss', name: '主席', role: 'admin', accounts: [] })
}

async function giveWork({
  store,
  clock,
  outcome,
}: {
  readonly store: Store
  readonly clock: ReturnType<typeof createScaledClock>
  readonly outcome: Progress
}) {
  const calendar = workCalendar([])
  const actor = { kind: 'person', personId: 'boss', name: '主席' } as const
  const ledger = {
    store,
    onScheduleChanged: (task: Parameters<typeof scheduleTask>[0], inside: Store) =>
      scheduleTask(task, inside, { clock, policy, calendar }),
  }
  const context = () => ({
    actor,
    at: clock.now(),
    today: Temporal.PlainDate.from('2026-11-16'),
    basis: 'faults',
  })
  for (let index = 0; index < ROUND; index++) {
    const id = `t${outcome.given.length}`
    const channel = outcome.given.length % 2 === 0 ? 'plain' : 'dedup'
    await store.people.save({ id, name: id, role: 'cadre', accounts: [{ channel, accountId: id }] })
    const setup = {
      title: id,
      assignees: [{ kind: 'person', personId: id }],
      deadline: { phrase: '', dueOn: Temporal.PlainDate.from('2026-12-31') },
      startsOn: Temporal.PlainDate.from('2026-11-16'),
      readableBy: 'all',
    } as const
    await createTask(id, { setup, status: 'needs-action' }, context(), ledger)
    outcome.given.push(id)
    await ask(`m${outcome.asked.length}`, channel, store, clock.now())
    outcome.asked.push(`m${outcome.asked.length}`)
  }
  // A third of the tasks is closed at some moment, most often while its notice is under way.
  const recent = outcome.given.slice(-3 * ROUND).filter((id) => !outcome.closedAt.has(id))
  for (const id of recent.filter(() => Math.random() < 0.12)) {
    await recordChange(id, { kind: 'completed' }, context(), ledger)
    outcome.closedAt.set(id, performance.now())
  }
}

async function ask(id: string, channel: string, store: Store, at: Temporal.Instant) {
  const conversation = { channel, conversationId: id, kind: 'private' } as const
  const content = { kind: 'text', text: id } as const
  await store.inbox.accept({ id, conversation, sender: { accountId: id }, sentAt: at, content }, at)
}

/** Starts a replica, and another whenever it was killed, until enough kills are counted. */
function keepRunning(index: number, plan: WorkerPlan, outcome: Progress, kills: number) {
  let child: ChildProcess | undefined
  let stopped = false
  let starts = index
  const start = () => {
    const name = BOUNDARIES[starts++ % BOUNDARIES.length]
    const lethal = outcome.kills < kills && name !== undefined
    const killAt = { name: name ?? '', time: 1 + Math.floor(Math.random() * 8) }
    const given = JSON.stringify({ ...plan, ...(lethal && { killAt }) })
    const own = fork(WORKER, [given], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    own.once('exit', (_code, signal) => {
      if (signal === 'SIGKILL') outcome.kills += 1
      if (!stopped) start()
    })
    child = own
  }
  start()
  return {
    kill: () => void child?.kill('SIGKILL'),
    stop: async () => {
      stopped = true
      const gone = new Promise((resolve) => child?.once('exit', resolve))
      child?.kill('SIGTERM')
      await gone
    },
  }
}

/** Until nothing is due and nothing arrives any more. */
async function untilDone(store: Store, clock: Clock, wire: WireServer) {
  const until = performance.now() + PATIENCE_MS
  for (let seen = -1; performance.now() < until; ) {
    const due = [
      await store.inbox.nextDueAt(),
      await store.outbox.nextDueAt(['plain', 'dedup']),
      await store.reminders.nextDueAt(),
    ]
    // Leases count as due when they run out, so what a killed worker held is waited for.
    const soon = clock.now().add({ minutes: 10 })
    const waits = due.some((at) => at !== undefined && Temporal.Instant.compare(at, soon) < 0)
    if (!waits && seen === wire.arrivals.length) return
    seen = wire.arrivals.length
    await pause(QUIET_MS)
  }
}
