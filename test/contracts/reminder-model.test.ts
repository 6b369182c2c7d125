/**
 * Any order of giving, extending, handing on, snoozing, answering, closing and reopening tasks, of
 * time passing with and without the bot, of crashes, platform faults and clock jumps, with one replica
 * or two: the promises about reminders hold, on every engine.
 *
 * MODEL_RUNS sets how many new sequences are tried on SQLite; without it the same 600 at every
 * check. PostgreSQL replays the first of them.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TaskChange } from '../../src/domain/task.ts'
import {
  checkCaughtUp,
  checkEnd,
  checkSends,
  type Model,
  type ModelTask,
  type Real,
} from '../support/reminder-model.ts'
import { createReminderWorld } from '../support/reminder-world.ts'
import { STORE_KINDS, type StoreKind } from '../support/test-stores.ts'

const RUNS = Number(process.env['MODEL_RUNS'] ?? 600)
const FIXED = process.env['MODEL_RUNS'] === undefined ? { seed: 20261121 } : {}
/** A fresh schema for each sequence takes most of the time there. */
const POSTGRES_RUNS = Math.min(RUNS, 40)
/** A busy machine plays forty sequences in a minute. */
const LEAST_TIME_MS = 180_000
const START = '2026-11-16T09:30+08:00'

type Step = fc.AsyncCommand<Model, Real>

const nth = (model: Model, index: number) => [...model.tasks.keys()][index % model.tasks.size]
const today = ({ world }: Real) =>
  world.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
const local = ({ world }: Real, hours: number) =>
  world.clock.now().add({ hours }).toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString()

/** A step is a name, a condition and what it does; what was sent meanwhile is checked after it. */
function step(
  name: string,
  run: (model: Model, real: Real) => Promise<void>,
  check: (model: Model) => boolean = () => true,
): Step {
  return {
    check,
    run: async (model, real) => {
      await run(model, real)
      await checkSends(model, real)
    },
    toString: () => name,
  }
}

const hasTasks = (model: Model) => model.tasks.size > 0
const isUp = (model: Model) => !model.down

function change(
  name: string,
  index: number,
  make: (task: ModelTask, real: Real) => TaskChange,
  effect: (task: ModelTask, real: Real) => void = () => {},
  times = 1,
): Step {
  return step(
    `${name}(${index})`,
    async (model, real) => {
      const id = nth(model, index)
      const task = model.tasks.get(id ?? '')
      if (!id || !task) return
      const made = make(task, real)
      const result = await real.world.change(id, made)
      // A callback that comes twice: the second is refused or changes nothing that is pinged.
      for (let time = 1; time < times; time++) await real.world.change(id, made)
      if (result.kind === 'recorded') effect(task, real)
    },
    hasTasks,
  )
}

const close = (task: ModelTask) => {
  task.open = false
}
const renew = (task: ModelTask, { world }: Real) => {
  task.since = world.clock.now()
}

async function catchUp(model: Model, real: Real) {
  const before = real.world.attempts.length
  model.down = false
  await real.world.restart()
  checkCaughtUp(real.world.attempts.slice(before))
}

const index = fc.nat({ max: 5 })
const days = fc.integer({ min: 1, max: 60 })
const once = fc.constantFrom(1, 2)
const owner = fc.constantFrom('li', 'ma')

const give: fc.Arbitrary<Step> = fc.tuple(days, owner).map(([inDays, to]) =>
  step(`give(${inDays} days, ${to})`, async (model, real) => {
    const id = `〔${model.tasks.size}〕`
    const dueOn = today(real).add({ days: inDays })
    model.tasks.set(id, { open: true, dueOn, owner: to, since: real.world.clock.now() })
    await real.world.give(id, { dueOn: dueOn.toString(), owner: to })
  }),
)

const changes: fc.Arbitrary<Step>[] = [
  give,
  fc.tuple(index, days).map(([which, inDays]) => {
    const later = (task: ModelTask) => task.dueOn.add({ days: inDays })
    return change(
      `extend by ${inDays}`,
      which,
      (task) => ({ kind: 'extended', deadline: { phrase: '', dueOn: later(task) } }),
      (task, real) => {
        task.dueOn = later(task)
        renew(task, real)
      },
    )
  }),
  fc.tuple(index, owner).map(([which, personId]) =>
    change(
      `transfer to ${personId}`,
      which,
      () => ({ kind: 'transferred', to: [{ kind: 'person', personId }] }),
      (task, real) => {
        if (task.owner !== personId) renew(task, real)
        task.owner = personId
      },
    ),
  ),
  fc
    .tuple(index, fc.integer({ min: 1, max: 200 }))
    .map(([which, hours]) =>
      change(
        `snooze ${hours} h`,
        which,
        (_task, { world }) => ({ kind: 'snoozed', until: world.clock.now().add({ hours }) }),
        renew,
      ),
    ),
  fc
    .tuple(index, once)
    .map(([which, times]) =>
      change('complete', which, () => ({ kind: 'completed' }), close, times),
    ),
  index.map((which) => change('cancel', which, () => ({ kind: 'cancelled' }), close)),
  index.map((which) =>
    change(
      'reopen',
      which,
      () => ({ kind: 'reopened' }),
      (task, real) => {
        task.open = true
        renew(task, real)
      },
    ),
  ),
  fc
    .tuple(index, once, fc.constantFrom('acknowledged', 'accepted', 'submitted'))
    .map(([which, times, kind]) => change(kind, which, () => ({ kind }), undefined, times)),
]

const passing: fc.Arbitrary<Step>[] = [
  fc.integer({ min: 1, max: 400 }).map((hours) =>
    step(`advance ${hours} h`, (model, real) => {
      const until = local(real, hours)
      return model.down ? real.world.sleepThrough(until) : real.world.advanceTo(until)
    }),
  ),
  fc.constant(
    step('kill', async (model) => {
      model.down = true
    }),
  ),
  fc.constant(step('restart', catchUp, (model) => model.down)),
  fc.integer({ min: 1, max: 900 }).map((hours) =>
    step(`down for ${hours} h`, async (model, real) => {
      await real.world.sleepThrough(local(real, hours))
      await catchUp(model, real)
    }),
  ),
  fc.integer({ min: -48, max: 48 }).map((hours) =>
    step(
      `clock jumps ${hours} h`,
      async (_model, real) => {
        await real.world.sleepThrough(local(real, hours))
        await real.world.settle()
      },
      isUp,
    ),
  ),
]

const faults: fc.Arbitrary<Step>[] = [
  fc.constant(
    // Leaves a delivery waiting for its retry, so that the next step changes the task under it.
    step(
      'stumble at the next reminder',
      async (model, real) => {
        const due = await real.store.reminders.nextDueAt()
        if (!due) return
        real.world.channel.failNext({ kind: 'server-error' }, { kind: 'server-error' })
        model.repeats += 2
        const at = due.add({ seconds: 1 }).toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime()
        const isAhead = Temporal.Instant.compare(due, real.world.clock.now()) > 0
        if (isAhead) await real.world.advanceTo(at.toString())
      },
      isUp,
    ),
  ),
  fc.integer({ min: 1, max: 12 }).map((boundary) =>
    step(`crash at boundary ${boundary}`, async (model, real) => {
      real.world.crashAt(boundary)
      model.repeats += 1
    }),
  ),
  fc.boolean().map((begins) =>
    step(begins ? 'outage begins' : 'outage ends', async (_model, { world }) => {
      world.channel.failAlways(begins ? { kind: 'server-error' } : undefined)
    }),
  ),
  fc.constant(step('two replicas at once', (_model, real) => real.world.settle(2), isUp)),
  fc.constantFrom('server-error', 'timeout-after-accept', 'forbidden', 'rate-limited').map((kind) =>
    step(`platform: ${kind}`, async (model, { world }) => {
      const retryAt = world.clock.now().add({ hours: 2 })
      world.channel.failNext(kind === 'rate-limited' ? { kind, retryAt } : { kind })
      model.repeats += 1
    }),
  ),
]

async function play(commands: Iterable<Step>, kind: StoreKind) {
  const { store, dispose } = await kind.open()
  try {
    const world = await createReminderWorld(store, START)
    const model: Model = { tasks: new Map(), repeats: 0, down: false }
    const real: Real = { store, world, checked: 0 }
    await fc.asyncModelRun(() => ({ model, real }), commands)
    // A working week, with the platform well again and everything running.
    world.crashAt(Number.POSITIVE_INFINITY)
    world.channel.failAlways(undefined)
    await world.restart()
    await world.advanceTo(local(real, 24 * 9))
    await checkSends(model, real)
    await checkEnd(model, real)
  } finally {
    await dispose()
  }
}

describe.each(STORE_KINDS.filter(({ name }) => name !== 'SQLite in a file'))(
  'whatever happens, on $name,',
  (kind) => {
    const numRuns = kind.name === 'PostgreSQL' ? POSTGRES_RUNS : RUNS
    it(
      'reminders are sent once, in time, in order, on present terms, and never after the end',
      async () => {
        const steps = fc.commands([give, give, ...changes, ...passing, ...passing, ...faults], {
          maxCommands: 20,
          size: 'max',
        })
        await fc.assert(
          fc.asyncProperty(steps, (commands) => play(commands, kind)),
          { numRuns, ...FIXED },
        )
        expect.hasAssertions()
      },
      Math.max(LEAST_TIME_MS, numRuns * 1000),
    )
  },
)
