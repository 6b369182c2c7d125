/**
 * A day of an admin in the web pages, over the whole bot: a file comes in, is looked at and published,
 * answers follow at once, its tasks are confirmed, and the question log shows what is missing.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { type Bot, startBot } from '../../src/assembly/start-bot.ts'
import { systemClock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import { silentLogger } from '../../src/logger.ts'

const FILE = `云岭市总工会2026年工作要点

发布时间:2026-01-16 来源:云岭市总工会

2026年,全市工会要办好以下实事:一是新建职工书屋24个;二是为6000名职工办理互助保障。各级工会要在2026年11月底前完成户外劳动者驿站普查。
`

describe('a day in the console', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'console-'))
  let app: App
  let bot: Bot
  let address: string
  let cookie = ''

  beforeAll(async () => {
    const config = parseConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' })
    app = await createApp(config, { clock: systemClock, logger: silentLogger })
    bot = await startBot(app)
    address = bot.greeting.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0] ?? ''
  })
  afterAll(async () => {
    await bot?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const get = async (path: string) => (await fetch(address + path, { headers: { cookie } })).text()
  const post = (path: string, body: Record<string, string> | FormData) =>
    fetch(address + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: body instanceof FormData ? body : new URLSearchParams(body),
    })
  const ask = async (question: string) => {
    const body = JSON.stringify({ question, asked_on: '2026-11-21', region: '云南' })
    return (await fetch(`${address}/api/ask`, { method: 'POST', body })).json()
  }

  it('begins with the one-time link that the start prints', async () => {
    const path = bot.greeting.match(/\/console\/setup\?code=\S+/)?.[0] ?? ''
    const response = await post(path, { name: 'chief', password: 'correct horse battery' })
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''

    expect(response.status).toBe(303)
    expect(await get('/console')).toContain('可以回答问题')
    expect(await get('/')).toContain('一键移除示例')
  })

  it('reads a file into a draft that answers nothing yet', async () => {
    const fields = new FormData()
    fields.append('file', new File([FILE], '云岭2026要点.txt'))
    const response = await post('/console/documents/upload', fields)
    const preview = await get(response.headers.get('location') ?? '')

    expect(preview).toContain('云岭市总工会2026年工作要点')
    expect(preview).toContain('草稿')
    expect(preview).toContain('哪些已有回答会变')
    expect(preview).toMatch(/“实事”|试问了 \d+ 个问题/)
    expect(await ask('云岭市要新建多少个职工书屋?')).not.toMatchObject({ kind: 'grounded' })
  })

  it('answers from it as soon as it is published, and retires the samples', async () => {
    const [draft] = (await app.store.knowledge.list()).filter(({ status }) => status === 'draft')
    await post(`/console/documents/${draft?.versionId}/publish`, {})
    const answer = await ask('云岭市要新建多少个职工书屋?')

    expect(answer).toMatchObject({ kind: 'grounded', text: expect.stringContaining('24个') })
    expect(await get('/')).not.toContain('一键移除示例')
    expect(await get('/documents')).toContain('云岭市总工会2026年工作要点')
  })

  it('explains an answer by the sentences that were weighed', async () => {
    const fields = { question: '云岭市要新建多少个职工书屋?', role: 'worker' }
    const page = await (await post('/console/sandbox', fields)).text()

    expect(page).toContain('为什么这样答')
    expect(page).toMatch(/问的是：[^<]*数量/)
    expect(page).toMatch(/能答：「[^」]*新建职工书屋24个/)
  })

  it('puts its tasks up for review and takes a confirmed one into the ledger', async () => {
    await post('/console/people', {
      id: '',
      name: '李明',
      role: 'cadre',
      unit: '',
      region: '',
      leader: '',
      accounts: '',
    })
    const drafts = await app.store.tasks.find({ statuses: ['draft'], limit: 50 })
    const task = drafts.find(({ title }) => title.includes('书屋'))
    expect(task?.target).toMatchObject({ value: 24, unit: '个' })
    const [person] = await app.store.people.all()
    const prefix = `${task?.id}.`
    await post('/console/tasks/review', {
      pick: task?.id ?? '',
      action: 'confirm',
      [`${prefix}title`]: task?.title ?? '',
      [`${prefix}due`]: app.today().add({ days: 40 }).toString(),
      [`${prefix}value`]: '24',
      [`${prefix}unit`]: '个',
      [`${prefix}assignee`]: `person:${person?.id}`,
    })

    expect(await get('/console/tasks')).toContain('李明')
    expect((await app.store.reminders.ofTask(task?.id ?? '')).length).toBeGreaterThan(0)
  })

  it('shows on the overview what people asked in vain, and keeps their votes', async () => {
    const body = new URLSearchParams({ question: '食堂的饭卡怎么补办，我电话13812345678？' })
    const fragment = await (await fetch(`${address}/chat/answer`, { method: 'POST', body })).text()
    const answerId = fragment.match(/name="answer_id" value="([^"]+)"/)?.[1] ?? ''
    await post('/feedback', { answer_id: answerId, helpful: 'no', reason: 'unanswered' })
    const questions = await get('/console/questions?show=unhelpful')

    expect(questions).toContain('[手机号]')
    expect(questions).not.toContain('13812345678')
    expect(questions).toContain('没帮上：没答到')
  })

  it('has every step in the audit log, under the name of who did it', async () => {
    const page = await get('/console/audit')

    expect(page).toContain('发布文件')
    expect(page).toContain('chief')
    expect(page).toContain('记录完整')
  })
})
