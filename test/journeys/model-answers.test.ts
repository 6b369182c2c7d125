/** The whole bot with a model endpoint over real HTTP: good, hostile, failing. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { collectMetrics } from '../../src/assembly/collect-metrics.ts'
import { reportHealth } from '../../src/assembly/report-health.ts'
import { systemClock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import { silentLogger } from '../../src/logger.ts'
import { type FakeModelServer, startFakeModel } from '../support/fake-model-server.ts'

let server: FakeModelServer
let folder: string
let app: App | undefined

beforeAll(async () => {
  server = await startFakeModel()
  folder = mkdtempSync(join(tmpdir(), 'niangjiaren-'))
})
afterEach(async () => {
  await app?.close()
  app = undefined
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function appWith(environment: Record<string, string>): Promise<App> {
  const config = parseConfig({
    DATA_DIR: folder,
    OPENAI_BASE_URL: server.url,
    OPENAI_API_KEY: 'test',
    ...environment,
  })
  app = await createApp(config, { clock: systemClock, logger: silentLogger })
  await app.seedSamples()
  return app
}

const query = {
  question: '平凉要建多少个职工书屋?',
  history: [],
  role: 'worker',
  askedOn: Temporal.PlainDate.from('2014-05-08'),
} as const

describe('the bot with a language model', () => {
  it("shows the model's wording with the quote it rests on, labelled", async () => {
    const { answer, text } = await (await appWith({ OPENAI_MODEL: 'good' })).ask(query)
    expect(answer).toMatchObject({ kind: 'grounded', wording: 'model' })
    expect(text).toContain('30个')
    expect(text).toContain('内容由AI生成')
  })

  it.each(['obedient', 'invented-figure', 'garbage', 'broken', 'bad-key', 'page'])(
    'answers by quoting when the model is %s',
    async (model) => {
      const { answer, text } = await (await appWith({ OPENAI_MODEL: model })).ask(query)
      expect(answer).toMatchObject({ kind: 'grounded', wording: 'quoted' })
      expect(text).toContain('30个')
      expect(text).not.toContain('AI')
      expect(app?.models.state()?.writing).not.toHaveProperty('written')
    },
  )

  it('counts what it spends in money, over a restart, and quotes when the day is spent', async () => {
    const settings = {
      OPENAI_MODEL: 'good',
      DATA_DIR: mkdtempSync(join(folder, 'spending-')),
      OPENAI_PRICE_PROMPT: '100',
      OPENAI_PRICE_COMPLETION: '500',
      OPENAI_DAILY_TOKENS: '100',
    }
    const first = await appWith(settings)
    expect((await first.ask(query)).answer).toMatchObject({ wording: 'model' })
    await first.close()

    const second = await appWith(settings)
    expect((await second.ask(query)).answer).toMatchObject({ wording: 'quoted' })
    const health = async () => reportHealth(second, [])
    expect((await health()).checks.find(({ name }) => name === '大模型')).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('本月 120 词元（约 0.02 元）'),
    })
    const { text } = await collectMetrics(second, health).page()
    expect(text).toContain('niangjiaren_model_cost_yuan{period="day"} 0.02')
    expect(text).toContain('niangjiaren_model_failures{code="model_budget_spent"} 1')
  })

  it('asks no model about small talk or what is not there', async () => {
    const bot = await appWith({ OPENAI_MODEL: 'good' })
    const before = server.requests.length
    await bot.ask({ ...query, question: '你好' })
    await bot.ask({ ...query, question: '食堂的红烧肉多少钱一份?' })
    expect(server.requests).toHaveLength(before)
  })
})

describe('a follow-up that our own rules find no answer to, with a language model', () => {
  const followUp = {
    ...query,
    question: '最开始问的那个是什么级别?',
    history: ['职工书屋要建多少个?', '食堂几点开门?'],
  }

  it('is said in full by the model, answered, and shown as it was understood', async () => {
    const { answer, text } = await (await appWith({ OPENAI_MODEL: 'good' })).ask(followUp)
    expect(answer).toMatchObject({ kind: 'grounded', understoodAs: '职工书屋是什么级别' })
    expect(text).toContain('按“职工书屋是什么级别”理解')
    expect(text).toContain('市级')
    expect(app?.models.state()?.writing).toMatchObject({ 'restating:restated': 1 })
  })

  it.each([
    ['restates-figure', 'figure'],
    ['restates-place', 'place'],
    ['restates-news', 'new-words'],
    ['restates-other', 'lost-words'],
    ['restates-order', 'order'],
    ['restates-nothing', 'empty'],
    ['garbage', 'bad-shape'],
    ['broken', 'error:model_server_error'],
  ])('stands as it was understood when the model %s', async (model, outcome) => {
    const { answer } = await (await appWith({ OPENAI_MODEL: model })).ask(followUp)
    expect(answer.kind).toBe('not-found')
    expect(app?.models.state()?.writing).toEqual({ [`restating:${outcome}`]: 1 })
  })

  it('is no business of the model when it is answered, or when nothing was asked before', async () => {
    const bot = await appWith({ OPENAI_MODEL: 'restates-nothing' })
    await bot.ask({ ...query, question: '那爱心助学呢?', history: [query.question] })
    await bot.ask({ ...followUp, history: [] })
    const outcomes = Object.keys(bot.models.state()?.writing ?? {})
    expect(outcomes.filter((outcome) => outcome.startsWith('restating'))).toEqual([])
  })
})

describe('the bot with an embedding model', () => {
  it('answers as well, keeps its vectors over a restart, and lives without the endpoint', async () => {
    const settings = { OPENAI_EMBEDDING_MODEL: 'embedding' }
    const first = await appWith(settings)
    await first.ask(query)
    await first.models.hybrid?.follow(new AbortController().signal)
    expect(first.models.state()?.vectors).toBe(first.knowledge.index.passageCount)
    expect((await first.ask(query)).text).toContain('30个')
    await first.close()

    const made = server.requests.length
    const second = await appWith(settings)
    await second.knowledge.refresh()
    await second.models.hybrid?.follow(new AbortController().signal)
    expect(second.models.state()?.vectors).toBe(second.knowledge.index.passageCount)
    expect(server.requests.length - made).toBe(1)
    await second.close()

    const third = await appWith({ ...settings, OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' })
    expect((await third.ask(query)).text).toContain('30个')
  })
})

describe('the tasks of a document, with a language model', () => {
  const plan = [
    '东河市总工会2026年工作计划',
    '一是新建职工书屋30个,9月底前完成;二是为1万名职工办理互助保险;三是开展技能培训20场。',
    '(一)由权益保障部牵头,6月底前建成工会驿站12家。',
  ].join('\n')
  const readWith = async (model: string | undefined) => {
    const app = await appWith(model === undefined ? {} : { OPENAI_MODEL: model })
    const bytes = new TextEncoder().encode(plan)
    const { proposals } = await app.read({ fileName: 'plan.txt', bytes })
    return proposals
  }
  const facts = (proposals: Awaited<ReturnType<typeof readWith>>) =>
    proposals.map(({ owner, deadline, target }) => [
      owner,
      deadline?.dueOn?.toString(),
      target?.value,
      target?.unit,
    ])

  it('get titles from the model, and days, figures and owners from our own readers', async () => {
    const plain = await readWith(undefined)
    await app?.close()
    const tidied = await readWith('tidy')

    expect(plain.length).toBeGreaterThan(3)
    expect(facts(tidied)).toEqual(facts(plain))
    expect(tidied.some(({ title }, index) => title !== plain[index]?.title)).toBe(true)
    expect(tidied.every(({ title, quote }) => quote.includes(title))).toBe(true)
  })

  it.each(['tidy-inventing', 'garbage', 'broken', 'wrong-schema'])(
    'stay as the rules read them when the model is %s',
    async (model) => {
      const plain = await readWith(undefined)
      await app?.close()
      expect(await readWith(model)).toEqual(plain)
    },
  )

  it('are asked about once for the same words', async () => {
    await readWith('tidy')
    await app?.close()
    await readWith('tidy')
    expect(server.requests.filter(({ model }) => model === 'tidy')).toHaveLength(1)
  })
})
