/**
 * The way of a deadline from end to end: a plan is published → a leader confirms its deeds → a cadre is
 * pinged a week before the year's end → replies with a figure → the leader's overview shows it → done →
 * silence. Over a plan of our own words, and over the real texts where they are at hand.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { afterPublication } from '../../src/assembly/publish-version.ts'
import { parseConfig } from '../../src/config.ts'
import type { Task } from '../../src/domain/task.ts'
import { silentLogger } from '../../src/logger.ts'
import { type CommandWorld, createCommandWorld, wordsOf } from '../support/command-world.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const SEEDS = join(process.env['SHARED_DIR'] ?? join(ROOT, '../shared'), 'seeds')
const OWN = join(ROOT, 'test/fixtures/documents/plan-page.txt')

interface Plan {
  readonly name: string
  readonly path: string
  readonly year: number
  /** How the deeds are called, how many there are, and the figure that is reported. */
  readonly list: string
  readonly count: number
  readonly target: number
}

const plans: Plan[] = [
  {
    name: 'a plan of our own',
    path: OWN,
    year: 2015,
    list: '六件',
    count: 6,
    target: 25,
  },
  ...seedPlans(),
]

function seedPlans(): Plan[] {
  if (!existsSync(SEEDS)) {
    console.info('The seed texts are not here: the journey is made over our own plan only.')
    return []
  }
  const files = readdirSync(SEEDS).map((name) => join(SEEDS, name))
  return files
    .filter((path) => readFileSync(path, 'utf8').includes('八件好事实事'))
    .map((path) => ({
      name: 'the seed plan',
      path,
      year: 2014,
      list: '八件',
      count: 8,
      target: 30,
      reply: '12 个',
    }))
}

describe.each(plans)('a deadline of $name', ({ path, year, list, count, target }) => {
  let folder: string
  let app: App
  let world: CommandWorld
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'niangjiaren-journey-'))
    const at = Temporal.Instant.from(`${year}-03-20T09:00+08:00`)
    const clock = { now: () => at, sleepUntil: async () => {} }
    app = await createApp(parseConfig({ DATA_DIR: folder }), { clock, logger: silentLogger })
    world = await createCommandWorld(app.store, at.toString())
    const reading = await app.read({ fileName: 'plan.txt', bytes: readFileSync(path) })
    const { version } = await app.add(reading, { publish: true }, 'journey')
    await afterPublication(
      version.versionId,
      app.change('journey'),
      world.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate(),
    )
  })
  afterEach(async () => {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const deeds = (statuses: readonly Task['status'][]) =>
    app.store.tasks.find({ words: [list], statuses, limit: 50 })
  const confirmAll = async () => {
    const dueOn = Temporal.PlainDate.from({ year, month: 12, day: 31 })
    for (const { id } of await deeds(['draft'])) {
      await world.change(id, {
        kind: 'confirmed',
        corrections: {
          assignees: [{ kind: 'person', personId: 'li' }],
          deadline: { phrase: '年底', dueOn, inferredFrom: '计划年度' },
        },
      })
    }
  }
  const shownTo = (person: string) => world.channel.shown(person).map(wordsOf)

  it('is proposed, confirmed, pinged for, reported on, shown to the leader, and then silent', async () => {
    expect(await deeds(['draft'])).toHaveLength(count)
    await world.advanceTo(`${year}-03-25T12:00`)
    expect(shownTo('li')).toEqual([])

    await confirmAll()
    const weekBefore = `${year}-12-24`
    await world.advanceTo(`${weekBefore}T08:59`)
    const before = shownTo('li').length
    await world.advanceTo(`${weekBefore}T09:01`)
    expect(shownTo('li')).toHaveLength(before + 1)
    expect(shownTo('li').at(-1)).toContain(`有 ${count} 件事项要办`)
    expect(shownTo('li').at(-1)).toContain('还有7天')

    // Two deeds are counted in 个: the bot asks, it does not guess.
    const choices = (await world.say('li', '12 个')).split('\n')
    const rooms = choices.find((line) => line.includes('书屋')) ?? ''
    expect(await world.say('li', rooms.charAt(0))).toContain(`12/${target}个`)
    expect(await world.say('li', '是')).toContain('已保存')
    expect(await world.say('visitor', '书屋进度')).toContain('李明12月24日报')

    await world.advanceTo(`${year}-12-29T09:05`)
    const overview = shownTo('zhao').findLast((text) => text.startsWith('事项进度'))
    expect(overview).toContain(`黄 · 12/${target}个 · 还有`)

    for (const { id } of await deeds(['needs-action', 'in-process'])) {
      await world.change(id, { kind: 'completed' })
    }
    const silence = [shownTo('li').length, shownTo('zhao').length]
    await world.advanceTo(`${year + 1}-03-01T12:00`)
    expect([shownTo('li').length, shownTo('zhao').length]).toEqual(silence)
  })

  it('pings nobody while no cadre has confirmed it', async () => {
    await world.advanceTo(`${year + 1}-02-01T12:00`)
    expect(world.attempts).toEqual([])
  })
})

describe('a text without any limit', () => {
  it.skipIf(!existsSync(SEEDS))(
    'gives tasks, none of which pings, and none a day that it does not name',
    async () => {
      const paths = readdirSync(SEEDS).map((name) => join(SEEDS, name))
      const path = paths.find((each) => !readFileSync(each, 'utf8').includes('八件好事实事')) ?? ''
      const folder = mkdtempSync(join(tmpdir(), 'niangjiaren-journey-'))
      const at = Temporal.Instant.from('2025-01-06T09:00+08:00')
      const clock = { now: () => at, sleepUntil: async () => {} }
      const app = await createApp(parseConfig({ DATA_DIR: folder }), {
        clock,
        logger: silentLogger,
      })
      const world = await createCommandWorld(app.store, at.toString())
      const { proposals } = await app.read({ fileName: 'meeting.txt', bytes: readFileSync(path) })

      expect(proposals.length).toBeGreaterThan(0)
      expect(proposals.filter(({ deadline }) => deadline?.dueOn && !deadline.inferredFrom)).toEqual(
        [],
      )
      await world.advanceTo('2025-12-31T12:00')
      expect(world.attempts).toEqual([])
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  )
})
