import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addExampleTasks } from '../../../test/support/fake-console-services.ts'
import { openTestConsole, type TestConsole } from '../../../test/support/test-console.ts'
import type { ConsoleServices } from '../console-services.ts'

let site: TestConsole
beforeEach(async () => {
  site = await openTestConsole()
})
afterEach(() => site.store.close())

describe('the knowledge pages', () => {
  it('show a draft with its cuts, conflicts, changes and readings', async () => {
    const cookie = await site.enter()
    const page = await (await site.call('/console/documents/plan-2', { cookie })).text()

    expect(page).toContain('<del title="拼音注音">(yì)</del>')
    expect(page).toContain('和现有文件说法不一')
    expect(page).toContain('<ins>新建职工书屋26个</ins>')
    expect(page).toContain('写明 4 项，读出 1 项')
    expect(page).toContain('写明四件，只读出一件，请核对')
  })

  it('carry out each step in the name of who asked', async () => {
    const cookie = await site.enter()
    const [chief] = await site.store.console.accounts()
    const by = `by web:${chief?.id}`
    const post = (path: string, fields: Record<string, string>) =>
      site.call(`/console/documents${path}`, { cookie, fields })
    const published = await post('/plan-2/publish', {})
    await post('/withdraw', { document: 'plan' })
    await post('/rollback', { document: 'plan' })
    await post('/remove-samples', {})

    expect(published.headers.get('location')).toBe('/console/documents/plan-2?done=published')
    expect(site.knowledge.done).toEqual([
      `publish plan-2 ${by}`,
      `withdraw plan ${by}`,
      `rollback plan ${by}`,
      `remove samples ${by}`,
    ])
  })

  it('put right what was read, and keep what was not touched', async () => {
    const cookie = await site.enter()
    const fields = {
      title: '新标题',
      kind: 'plan',
      issuer: '',
      number: '云工发〔2026〕1号',
      issued_on: '2026-01-16',
      region: '云岭',
      readable_by: 'cadres',
      valid_from: '2026-01-01',
      valid_to: '2027-01-31',
      source: '',
    }
    const describe = (changed: Record<string, string>) =>
      site.call('/console/documents/plan-1/describe', { cookie, fields: { ...fields, ...changed } })
    expect((await describe({ region: '乌有' })).status).toBe(400)
    expect((await describe({ valid_to: '2025-01-01' })).status).toBe(400)
    expect((await describe({ title: ' ' })).status).toBe(400)
    expect((await describe({})).status).toBe(303)
    const metadata = (await site.knowledge.version('plan-1'))?.metadata

    expect(metadata).toMatchObject({
      title: '新标题',
      readableBy: 'cadres',
      jurisdictionCode: '539900',
    })
    expect(metadata?.issuer).toBeUndefined()
    expect(metadata?.issuedOn?.precision).toBe('day')
    expect(metadata?.validity).toMatchObject({ basis: '管理员设定' })
    expect(metadata?.sample).toBe(true)
  })

  it('take files in, and list the bad ones with the reason', async () => {
    const cookie = await site.enter()
    const fields = new FormData()
    fields.append('file', new File(['书屋'], '../../etc/计划.txt'))
    fields.append('file', new File([], '空.txt'))
    const page = await (await site.call('/console/documents/upload', { cookie, fields })).text()

    expect(page).toContain('1 份没有读入')
    expect(page).toContain('「空.txt」是空的')
    expect(site.knowledge.done[0]).toMatch(/^upload 计划\.txt by web:/)
  })

  it('lead from one file to its preview', async () => {
    const cookie = await site.enter()
    const fields = new FormData()
    fields.append('file', new File(['书屋'], '计划.txt'))
    const response = await site.call('/console/documents/upload', { cookie, fields })

    expect(response.headers.get('location')).toBe('/console/documents/plan-2?done=uploaded')
  })

  it('give the original as a download that no browser opens', async () => {
    const cookie = await site.enter()
    const response = await site.call('/console/documents/plan-1/original', { cookie })

    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
  })
})

describe('the task pages', () => {
  const review = (cookie: string | undefined, fields: Record<string, string>) =>
    site.call('/console/tasks/review', { cookie, fields })
  const untouched = {
    't1.title': '新建职工书屋',
    't1.due': '2026-12-31',
    't1.value': '24',
    't1.unit': '个',
  }

  it('let a cadre confirm what was read, with an owner, and lay down the reminders', async () => {
    await addExampleTasks(site.store)
    await site.enter()
    const cookie = await site.enter('cadre')
    const page = await (await site.call('/console/tasks/review', { cookie })).text()
    expect(page).toContain('《云岭市总工会二〇二六年工作安排》，2 件')
    const fields = { ...untouched, pick: 't1', action: 'confirm', 't1.assignee': 'person:li' }
    expect((await review(cookie, fields)).status).toBe(303)
    const task = await site.store.tasks.byId('t1')

    expect(task).toMatchObject({
      status: 'needs-action',
      title: '新建职工书屋',
      deadline: { phrase: '年底前' },
      target: { value: 24, bound: 'exact' },
      assignees: [{ kind: 'person', personId: 'li' }],
    })
    expect((await site.store.reminders.ofTask('t1')).length).toBeGreaterThan(1)
    expect((await site.store.tasks.byId('t2'))?.status).toBe('draft')
    expect((await site.store.tasks.events('t1')).at(-1)?.actor).toMatchObject({ name: 'cadre' })
  })

  it('put right a date and a figure, and name what is refused', async () => {
    await addExampleTasks(site.store)
    const cookie = await site.enter()
    const change = (more: Record<string, string>) =>
      review(cookie, { ...untouched, pick: 't1', action: 'confirm', ...more })
    expect((await change({ 't1.due': '2020-01-01' })).status).toBe(400)
    expect((await change({ 't1.value': '三十' })).status).toBe(400)
    expect((await change({ 't1.assignee': 'person:nobody' })).status).toBe(400)
    expect((await site.store.tasks.byId('t1'))?.status).toBe('draft')
    await change({ 't1.due': '2026-12-20', 't1.value': '26' })

    expect(await site.store.tasks.byId('t1')).toMatchObject({
      deadline: { phrase: '2026年12月20日' },
      target: { value: 26, bound: 'exact', unit: '个' },
    })
  })

  it('say the day in words and keep what a target binds to, unless a cadre changes it', async () => {
    await addExampleTasks(site.store)
    const cookie = await site.enter()
    const page = await (await site.call('/console/tasks/review', { cookie })).text()
    expect(page).toContain('2026年12月31日，原文「年底前」')
    expect(page).toMatch(/<option value="exact" selected>正好<\/option>/)
    const empty = await (await site.call('/console/tasks', { cookie })).text()
    expect(empty).toContain('有 2 件从文件读出的等人确认')
    const fields = { ...untouched, 't1.bound': 'at-least', pick: 't1', action: 'confirm' }
    expect((await review(cookie, fields)).status).toBe(303)
    await site.call('/console/tasks/t1', {
      cookie,
      fields: { action: 'edit', value: '26', unit: '个' },
    })

    expect(await site.store.tasks.byId('t1')).toMatchObject({
      target: { value: 26, bound: 'at-least', unit: '个' },
    })
    const task = await (await site.call('/console/tasks/t1', { cookie })).text()
    expect(task).toContain('目标 不少于26个')
  })

  it('send back what is none, and ping nobody', async () => {
    await addExampleTasks(site.store)
    const cookie = await site.enter()
    await review(cookie, { ...untouched, pick: 't1', action: 'reject' })

    expect((await site.store.tasks.byId('t1'))?.status).toBe('rejected')
    expect(await site.store.reminders.ofTask('t1')).toEqual([])
    expect((await review(cookie, { pick: 't1', action: 'confirm' })).status).toBe(400)
  })

  it('take progress, an extension and the end of a task', async () => {
    await addExampleTasks(site.store)
    const cookie = await site.enter()
    await review(cookie, { ...untouched, pick: 't1', action: 'confirm' })
    const post = async (fields: Record<string, string>) =>
      (await site.call('/console/tasks/t1', { cookie, fields })).status

    expect(await post({ action: 'progress', value: '12', note: '六个街道' })).toBe(303)
    expect(await post({ action: 'progress', value: 'x' })).toBe(400)
    expect(await post({ action: 'extend', due: '2027-01-15' })).toBe(303)
    expect(await post({ action: 'nonsense' })).toBe(400)
    const page = await (await site.call('/console/tasks/t1', { cookie })).text()
    expect(page).toContain('12/24个')
    expect(page).toContain('报进度：12个，六个街道')
    expect(await post({ action: 'complete' })).toBe(303)
    expect((await site.store.tasks.byId('t1'))?.status).toBe('completed')
  })

  it('hide a task that the account may not read', async () => {
    await addExampleTasks(site.store)
    const task = await site.store.tasks.byId('t1')
    const hidden = task && { ...task, readableBy: 'admins' as const }
    const tasks = { ...site.services.tasks, task: async () => hidden, find: async () => [hidden] }
    site = site.with({ tasks } as Partial<ConsoleServices>)
    await site.enter()
    const cookie = await site.enter('cadre')

    expect((await site.call('/console/tasks/t1', { cookie })).status).toBe(400)
    expect(await (await site.call('/console/tasks', { cookie })).text()).not.toContain('职工书屋')
  })
})

describe('the people page', () => {
  it('keeps people with their accounts, in the audit log by id', async () => {
    const cookie = await site.enter()
    const person = {
      id: '',
      name: '马兰',
      role: 'cadre',
      unit: '女工部',
      region: '云岭',
      leader: '',
      accounts: 'feishu:ou_ma\nwechat:wx_ma',
    }
    const save = async (more: object) =>
      (await site.call('/console/people', { cookie, fields: { ...person, ...more } })).status
    expect(await save({ accounts: 'nonsense' })).toBe(400)
    expect(await save({ region: '乌有' })).toBe(400)
    expect(await save({ role: 'king' })).toBe(400)
    expect(await save({})).toBe(303)
    const [saved] = await site.store.people.all()

    expect(saved).toMatchObject({ name: '马兰', unit: '女工部', jurisdictionCode: '539900' })
    expect(saved?.accounts).toHaveLength(2)
    await site.call('/console/people/remove', { cookie, fields: { id: saved?.id ?? '' } })
    expect(await site.store.people.all()).toEqual([])
    const actions = (await site.store.audit.entries({ limit: 2 })).map(({ action }) => action)
    expect(actions).toEqual(['person_removed', 'person_saved'])
  })
})

describe('a group among the people', () => {
  it('is shown as one, and stays bound when its row is changed by hand', async () => {
    const cookie = await site.enter()
    const room = { channel: 'wechat', accountId: 'r@chatroom', kind: 'group' } as const
    await site.store.people.save({ id: 'g', name: '工作群', role: 'worker', accounts: [room] })
    const page = await (await site.call('/console/people?edit=g', { cookie })).text()
    expect(page).toContain('wechat 群')
    expect(page).not.toContain('r@chatroom')

    const fields = { id: 'g', name: '工作群', role: 'cadre', unit: '女工部' }
    const empty = { region: '', leader: '', accounts: '' }
    await site.call('/console/people', { cookie, fields: { ...fields, ...empty } })
    expect(await site.store.people.byId('g')).toMatchObject({ role: 'cadre', accounts: [room] })
  })
})

describe('the deliveries page', () => {
  it('shows what could not be delivered and tries it again', async () => {
    const cookie = await site.enter()
    const at = Temporal.Instant.from('2026-11-21T01:00:00Z')
    const to = { channel: 'feishu', conversationId: 'ou_li', kind: 'private' as const }
    const content = { kind: 'reminders' as const, personId: 'li', reminders: [] }
    await site.store.outbox.enqueue([{ id: 'd1', to, content, notBefore: at, fallbacks: [] }])
    const claim = { now: at, leaseUntil: at.add({ minutes: 1 }), limit: 1, channels: ['feishu'] }
    const [claimed] = await site.store.outbox.claim(claim)
    if (claimed) await site.store.outbox.settle(claimed, { kind: 'dead', code: 'no_such_user' }, at)
    expect(await (await site.call('/console/deliveries', { cookie })).text()).toContain(
      'no_such_user',
    )
    const revive = () => site.call('/console/deliveries/revive', { cookie, fields: { id: 'd1' } })

    expect((await revive()).status).toBe(303)
    expect((await revive()).status).toBe(400)
  })
})

describe('the other pages', () => {
  it('tell health, gaps and today on the overview', async () => {
    const cookie = await site.enter()
    await site.store.questions.record({
      id: 'q1',
      askedAt: Temporal.Instant.from('2026-11-21T01:00:00Z'),
      channel: 'web',
      question: '一户领多少<b>钱</b>？',
      role: 'worker',
      kind: 'not-found',
      documentIds: [],
      latencyMs: 2,
    })
    const page = await (await site.call('/console', { cookie })).text()

    expect(page).toContain('登录失效，请到「渠道」扫码')
    expect(page).toContain('一户领多少&lt;b&gt;钱&lt;/b&gt;？')
    expect(page).toContain('1 份草稿等您核对')
  })

  it('try a question with its trace', async () => {
    const cookie = await site.enter()
    const fields = { question: '书屋要几个', role: 'cadre', region: '云岭', asked_on: '2026-03-01' }
    const page = await (await site.call('/console/sandbox', { cookie, fields })).text()

    expect(page).toContain('为什么这样答')
    expect(page).toContain('<mark>24个</mark>')
  })

  it('show the code to scan, the audit chain and the backup', async () => {
    const cookie = await site.enter()
    await site.store.audit.record({
      at: Temporal.Instant.from('2026-11-21T01:00:00Z'),
      actor: 'cli',
      action: 'document_published',
      subject: 'document:plan',
      details: { version: 1 },
    })

    expect(await (await site.call('/console/channels', { cookie })).text()).toContain(
      'data:image/png',
    )
    expect(await (await site.call('/console/audit', { cookie })).text()).toContain('发布文件')
    const backup = await site.call('/console/backup', { cookie, fields: {} })
    expect(backup.headers.get('content-disposition')).toContain('attachment')
  })

  it('tell a failure without its details', async () => {
    site = site.with({ health: () => Promise.reject(new Error('secret')) })
    const response = await site.call('/console', { cookie: await site.enter() })

    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
  })
})
