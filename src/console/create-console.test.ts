import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type FakeKnowledge,
  fakeConsoleServices,
  fakeKnowledge,
} from '../../test/support/fake-console-services.ts'
import { ROLES, type Role } from '../domain/person.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { hasRole, menuFor } from './console-menu.ts'
import type { Visitor } from './console-request.ts'
import type { ConsoleServices } from './console-services.ts'
import { type Console, consoleRoutes, createConsole } from './create-console.ts'

const LOCAL: Visitor = { visit: 'local', address: '127.0.0.1', nonce: 'n' }
const OUTSIDE: Visitor = { visit: 'outside', address: '10.0.0.9', nonce: 'n' }
/** As cheap as argon2 goes: the cost itself is tested in password.test.ts. */
const passwordCost = { memory: 8, passes: 1, parallelism: 1 }
const PASSWORD = 'correct horse battery'

let store: Store
let knowledge: FakeKnowledge
let services: ConsoleServices
let pages: Console

beforeEach(async () => {
  store = await openStore({})
  knowledge = fakeKnowledge()
  services = fakeConsoleServices(store, { knowledge })
  pages = createConsole(services, { passwordCost })
})
afterEach(() => store.close())

interface Call {
  readonly cookie?: string | undefined
  readonly fields?: Record<string, string> | FormData
  readonly visitor?: Visitor
}

function call(path: string, { cookie, fields, visitor = LOCAL }: Call = {}) {
  const body = fields instanceof FormData || !fields ? fields : new URLSearchParams(fields)
  return pages.respond(
    new Request(`http://127.0.0.1${path}`, {
      ...(body && { method: 'POST', body }),
      headers: cookie ? { cookie } : {},
    }),
    visitor,
  )
}

const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0]

/** The cookie of a new first admin, then of colleagues with other roles. */
async function enter(role: Role = 'admin', name: string = role): Promise<string | undefined> {
  if (!(await store.console.hasAccounts())) {
    const first = await call('/console/setup', { fields: { name: 'chief', password: PASSWORD } })
    if (role === 'admin') return cookieOf(first)
  }
  const codeHash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(name))
  await store.console.invite({
    codeHash: Buffer.from(codeHash).toString('hex'),
    role,
    expiresAt: Temporal.Instant.from('2026-11-22T00:00:00Z'),
  })
  const fields = { name, password: PASSWORD }
  return cookieOf(await call(`/console/setup?code=${name}`, { fields }))
}

describe('entering the console', () => {
  it('lets the first person at this machine become admin, once', async () => {
    const page = await call('/console')
    expect(page.headers.get('location')).toContain('/console/sign-in')
    const signIn = await call('/console/sign-in')
    expect(signIn.headers.get('location')).toBe('/console/setup')
    const fields = { name: 'chief', password: PASSWORD }
    const claimed = await call('/console/setup', { fields })

    expect(claimed.status).toBe(303)
    expect(claimed.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax$/)
    expect((await call('/console', { cookie: cookieOf(claimed) })).status).toBe(200)
    const second = await call('/console/setup', { fields: { ...fields, name: 'thief' } })
    expect(second.status).toBe(400)
  })

  it('wants the one-time link from somebody who comes from outside', async () => {
    const fields = { name: 'chief', password: PASSWORD }
    const path = (await pages.setupPath()) ?? ''
    const visitor = OUTSIDE

    expect((await call('/console/setup', { fields, visitor })).status).toBe(400)
    expect((await call('/console/setup?code=guess', { fields, visitor })).status).toBe(400)
    expect((await call(path, { fields, visitor })).status).toBe(303)
    expect((await call(path, { fields: { ...fields, name: 'b-b' }, visitor })).status).toBe(400)
    expect(await pages.setupPath()).toBeUndefined()
  })

  it('makes a new session at each sign-in and ends it at sign-out', async () => {
    await enter()
    const signIn = () =>
      call('/console/sign-in', { fields: { name: 'Chief', password: PASSWORD }, visitor: OUTSIDE })
    const [one, two] = [cookieOf(await signIn()), cookieOf(await signIn())]
    expect(one).not.toBe(two)
    await call('/console/sign-out', { cookie: one, fields: {} })

    expect((await call('/console', { cookie: one })).status).toBe(302)
    expect((await call('/console', { cookie: two })).status).toBe(200)
    expect(await pages.identify(new Headers({ cookie: two ?? '' }))).toBe('admin')
    expect(await pages.identify(new Headers({ cookie: one ?? '' }))).toBeUndefined()
  })

  it('says the same of a wrong name and a wrong password, and slows down who keeps trying', async () => {
    await enter()
    const attempt = async (name: string, password: string, address = '10.0.0.1') =>
      (
        await call('/console/sign-in', {
          fields: { name, password },
          visitor: { ...OUTSIDE, address },
        })
      ).text()
    const wrong = await attempt('chief', 'not the password')
    expect(wrong).toContain('登录名或密码不对')
    expect(await attempt('nobody', 'not the password', '10.0.0.2')).toBe(wrong)
    for (let index = 0; index < 5; index++) await attempt('chief', 'not the password')

    expect(await attempt('chief', PASSWORD)).toContain('试得太频繁了')
    const elsewhere = { fields: { name: 'chief', password: PASSWORD }, visitor: OUTSIDE }
    expect((await call('/console/sign-in', elsewhere)).status).toBe(303)
  })

  it.each([
    ['short', '太短了'],
    ['aaaaaaaaaaaaaa', '太好猜'],
    ['my chief secret', '太好猜'],
  ])('refuses the password %s', async (password) => {
    const response = await call('/console/setup', { fields: { name: 'chief', password } })

    expect(response.status).toBe(400)
    expect(await store.console.hasAccounts()).toBe(false)
  })

  it('ends a session after eight hours without use, and the others when the password changes', async () => {
    const cookie = await enter()
    const later = Temporal.Instant.from('2026-11-21T10:30:00Z')
    const tomorrow = createConsole({ ...services, clock: { now: () => later } }, { passwordCost })
    const headers = new Headers({ cookie: cookie ?? '' })
    expect(await tomorrow.identify(headers)).toBeUndefined()

    const fresh = cookieOf(
      await call('/console/sign-in', { fields: { name: 'chief', password: PASSWORD } }),
    )
    const other = cookieOf(
      await call('/console/sign-in', { fields: { name: 'chief', password: PASSWORD } }),
    )
    const fields = { current: PASSWORD, next: 'another long phrase' }
    expect((await call('/console/me/password', { cookie: fresh, fields })).status).toBe(303)
    expect((await call('/console', { cookie: fresh })).status).toBe(200)
    expect((await call('/console', { cookie: other })).status).toBe(302)
  })

  it.each(['//evil.example', 'https://evil.example', '/console/../x', '/other', '/console\\@evil'])(
    'never leads to %s after signing in',
    async (next) => {
      await enter()
      const path = `/console/sign-in?next=${encodeURIComponent(next)}`
      const response = await call(path, { fields: { name: 'chief', password: PASSWORD } })

      expect(response.headers.get('location')).toBe('/console')
    },
  )
})

describe('who may use which page', () => {
  it('is decided for every address of the table and every role', async () => {
    const cookies = new Map<Role, string | undefined>()
    await enter()
    for (const role of ROLES) cookies.set(role, await enter(role, `${role}-x`))
    const wrong: string[] = []
    for (const { method, path, least } of consoleRoutes(services)) {
      const address = `/console${path === '/' ? '' : path}`.replace(':versionId', 'plan-1')
      const fields = method === 'post' ? { x: '1' } : undefined
      for (const role of ROLES) {
        const response = await call(address, {
          cookie: cookies.get(role),
          ...(fields && { fields }),
        })
        const isLetIn = response.status !== 403
        if (isLetIn !== hasRole(role, least)) wrong.push(`${role} ${method} ${address}`)
      }
      const stranger = await call(address, fields && { fields })
      const location = stranger.headers.get('location') ?? ''
      if (!location.startsWith('/console/sign-in')) wrong.push(`stranger ${method} ${address}`)
    }

    expect(wrong).toEqual([])
  })

  it('holds for each document too', async () => {
    await enter()
    const cadre = await enter('cadre')
    const admin = await enter('admin', 'second')

    expect(await (await call('/console/documents', { cookie: cadre })).text()).not.toContain(
      '只给管理员',
    )
    expect((await call('/console/documents/secret-1', { cookie: cadre })).status).toBe(400)
    expect((await call('/console/documents/secret-1', { cookie: admin })).status).toBe(200)
  })

  it('lets nobody change or remove himself, so an admin always remains', async () => {
    const cookie = await enter()
    const [chief] = await store.console.accounts()
    const fields = { id: chief?.id ?? '', role: 'cadre' }

    expect((await call('/console/accounts/role', { cookie, fields })).status).toBe(400)
    expect((await call('/console/accounts/remove', { cookie, fields })).status).toBe(400)
    expect((await store.console.accounts())[0]?.role).toBe('admin')
  })

  it('lets no cadre try the chat as an admin', async () => {
    await enter()
    const cookie = await enter('cadre')
    const fields = { question: '书屋', role: 'admin' }

    expect((await call('/console/sandbox', { cookie, fields })).status).toBe(400)
  })
})

describe('the menu', () => {
  it('has an entry only where there is a page for this role', async () => {
    const bare = { ...services }
    const all = menuFor('admin', bare).map(({ path }) => path)
    const {
      knowledge: _k,
      sandbox: _s,
      questions: _q,
      channels: _c,
      audit: _a,
      backup: _b,
      ...few
    } = services
    const paths = consoleRoutes(services).map(({ path }) => `/console${path === '/' ? '' : path}`)

    expect(all.filter((path) => !paths.includes(path))).toEqual([])
    expect(menuFor('admin', few).map(({ label }) => label)).toEqual(['总览', '登录账号'])
    expect(menuFor('cadre', services).map(({ label }) => label)).toEqual(['总览', '知识库', '试聊'])
  })
})

describe('the knowledge pages', () => {
  it('show a draft with its cuts, conflicts, changes and readings', async () => {
    const cookie = await enter()
    const page = await (await call('/console/documents/plan-2', { cookie })).text()

    expect(page).toContain('<del title="拼音注音">(yì)</del>')
    expect(page).toContain('和现有文件说法不一')
    expect(page).toContain('<ins>新建职工书屋26个</ins>')
    expect(page).toContain('写明 4 项，读出 1 项')
    expect(page).toContain('写明四件，只读出一件，请核对')
  })

  it('carry out each step in the name of who asked', async () => {
    const cookie = await enter()
    const [chief] = await store.console.accounts()
    const by = `by web:${chief?.id}`
    const post = (path: string, fields: Record<string, string>) =>
      call(`/console/documents${path}`, { cookie, fields })
    const published = await post('/plan-2/publish', {})
    await post('/withdraw', { document: 'plan' })
    await post('/rollback', { document: 'plan' })
    await post('/remove-samples', {})

    expect(published.headers.get('location')).toBe('/console/documents/plan-2?done=published')
    expect(knowledge.done).toEqual([
      `publish plan-2 ${by}`,
      `withdraw plan ${by}`,
      `rollback plan ${by}`,
      `remove samples ${by}`,
    ])
  })

  it('put right what was read, and keep what was not touched', async () => {
    const cookie = await enter()
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
      call('/console/documents/plan-1/describe', { cookie, fields: { ...fields, ...changed } })
    expect((await describe({ region: '乌有' })).status).toBe(400)
    expect((await describe({ valid_to: '2025-01-01' })).status).toBe(400)
    expect((await describe({ title: ' ' })).status).toBe(400)
    expect((await describe({})).status).toBe(303)
    const metadata = (await knowledge.version('plan-1'))?.metadata

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
    const cookie = await enter()
    const fields = new FormData()
    fields.append('file', new File(['书屋'], '../../etc/计划.txt'))
    fields.append('file', new File([], '空.txt'))
    const page = await (await call('/console/documents/upload', { cookie, fields })).text()

    expect(page).toContain('1 份没有读入')
    expect(page).toContain('「空.txt」是空的')
    expect(knowledge.done[0]).toMatch(/^upload 计划\.txt by web:/)
  })

  it('lead from one file to its preview', async () => {
    const cookie = await enter()
    const fields = new FormData()
    fields.append('file', new File(['书屋'], '计划.txt'))
    const response = await call('/console/documents/upload', { cookie, fields })

    expect(response.headers.get('location')).toBe('/console/documents/plan-2?done=uploaded')
  })

  it('give the original as a download that no browser opens', async () => {
    const cookie = await enter()
    const response = await call('/console/documents/plan-1/original', { cookie })

    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
  })
})

describe('the other pages', () => {
  it('tell health, gaps and today on the overview', async () => {
    const cookie = await enter()
    await store.questions.record({
      id: 'q1',
      askedAt: Temporal.Instant.from('2026-11-21T01:00:00Z'),
      channel: 'web',
      question: '一户领多少<b>钱</b>？',
      role: 'worker',
      kind: 'not-found',
      documentIds: [],
      latencyMs: 2,
    })
    const page = await (await call('/console', { cookie })).text()

    expect(page).toContain('登录失效，请到「渠道」扫码')
    expect(page).toContain('一户领多少&lt;b&gt;钱&lt;/b&gt;？')
    expect(page).toContain('1 份草稿等您核对')
  })

  it('try a question with its trace', async () => {
    const cookie = await enter()
    const fields = { question: '书屋要几个', role: 'cadre', region: '云岭', asked_on: '2026-03-01' }
    const page = await (await call('/console/sandbox', { cookie, fields })).text()

    expect(page).toContain('为什么这样答')
    expect(page).toContain('<mark>24个</mark>')
  })

  it('show the code to scan, the audit chain and the backup', async () => {
    const cookie = await enter()
    await store.audit.record({
      at: Temporal.Instant.from('2026-11-21T01:00:00Z'),
      actor: 'cli',
      action: 'document_published',
      subject: 'document:plan',
      details: { version: 1 },
    })

    expect(await (await call('/console/channels', { cookie })).text()).toContain('data:image/png')
    expect(await (await call('/console/audit', { cookie })).text()).toContain('发布文件')
    const backup = await call('/console/backup', { cookie, fields: {} })
    expect(backup.headers.get('content-disposition')).toContain('attachment')
  })

  it('tell a failure without its details', async () => {
    pages = createConsole(
      { ...services, health: () => Promise.reject(new Error('secret')) },
      { passwordCost },
    )
    const response = await call('/console', { cookie: await enter() })

    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
  })
})
