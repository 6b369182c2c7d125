import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  cookieOf,
  OUTSIDE,
  openTestConsole,
  PASSWORD,
  passwordCost,
  type TestConsole,
} from '../../test/support/test-console.ts'
import { ROLES, type Role } from '../domain/person.ts'
import { hasRole, menuFor } from './console-menu.ts'
import { consoleRoutes, createConsole } from './create-console.ts'

let site: TestConsole
beforeEach(async () => {
  site = await openTestConsole()
})
afterEach(() => site.store.close())

describe('entering the console', () => {
  it('lets the first person at this machine become admin, once', async () => {
    const page = await site.call('/console')
    expect(page.headers.get('location')).toContain('/console/sign-in')
    const signIn = await site.call('/console/sign-in')
    expect(signIn.headers.get('location')).toBe('/console/setup')
    const fields = { name: 'chief', password: PASSWORD }
    const claimed = await site.call('/console/setup', { fields })

    expect(claimed.status).toBe(303)
    expect(claimed.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax$/)
    expect((await site.call('/console', { cookie: cookieOf(claimed) })).status).toBe(200)
    const second = await site.call('/console/setup', { fields: { ...fields, name: 'thief' } })
    expect(second.status).toBe(400)
  })

  it('wants the one-time link from somebody who comes from outside', async () => {
    const fields = { name: 'chief', password: PASSWORD }
    const path = (await site.pages.setupPath()) ?? ''
    const visitor = OUTSIDE

    expect((await site.call('/console/setup', { fields, visitor })).status).toBe(400)
    expect((await site.call('/console/setup?code=guess', { fields, visitor })).status).toBe(400)
    expect((await site.call(path, { fields, visitor })).status).toBe(303)
    expect((await site.call(path, { fields: { ...fields, name: 'b-b' }, visitor })).status).toBe(
      400,
    )
    expect(await site.pages.setupPath()).toBeUndefined()
  })

  it('makes a new session at each sign-in and ends it at sign-out', async () => {
    await site.enter()
    const signIn = () =>
      site.call('/console/sign-in', {
        fields: { name: 'Chief', password: PASSWORD },
        visitor: OUTSIDE,
      })
    const [one, two] = [cookieOf(await signIn()), cookieOf(await signIn())]
    expect(one).not.toBe(two)
    await site.call('/console/sign-out', { cookie: one, fields: {} })

    expect((await site.call('/console', { cookie: one })).status).toBe(302)
    expect((await site.call('/console', { cookie: two })).status).toBe(200)
    expect(await site.pages.identify(new Headers({ cookie: two ?? '' }))).toBe('admin')
    expect(await site.pages.identify(new Headers({ cookie: one ?? '' }))).toBeUndefined()
  })

  it('says the same of a wrong name and a wrong password, and slows down who keeps trying', async () => {
    await site.enter()
    const attempt = async (name: string, password: string, address = '10.0.0.1') =>
      (
        await site.call('/console/sign-in', {
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
    expect((await site.call('/console/sign-in', elsewhere)).status).toBe(303)
  })

  it.each([
    ['short', '太短了'],
    ['aaaaaaaaaaaaaa', '太好猜'],
    ['my chief secret', '太好猜'],
  ])('refuses the password %s', async (password) => {
    const response = await site.call('/console/setup', { fields: { name: 'chief', password } })

    expect(response.status).toBe(400)
    expect(await site.store.console.hasAccounts()).toBe(false)
  })

  it('ends a session after eight hours without use, and the others when the password changes', async () => {
    const cookie = await site.enter()
    const later = Temporal.Instant.from('2026-11-21T10:30:00Z')
    const tomorrow = createConsole(
      { ...site.services, clock: { now: () => later } },
      { passwordCost },
    )
    const headers = new Headers({ cookie: cookie ?? '' })
    expect(await tomorrow.identify(headers)).toBeUndefined()

    const fresh = cookieOf(
      await site.call('/console/sign-in', { fields: { name: 'chief', password: PASSWORD } }),
    )
    const other = cookieOf(
      await site.call('/console/sign-in', { fields: { name: 'chief', password: PASSWORD } }),
    )
    const fields = { current: PASSWORD, next: 'another long phrase' }
    expect((await site.call('/console/me/password', { cookie: fresh, fields })).status).toBe(303)
    expect((await site.call('/console', { cookie: fresh })).status).toBe(200)
    expect((await site.call('/console', { cookie: other })).status).toBe(302)
  })

  it.each(['//evil.example', 'https://evil.example', '/console/../x', '/other', '/console\\@evil'])(
    'never leads to %s after signing in',
    async (next) => {
      await site.enter()
      const path = `/console/sign-in?next=${encodeURIComponent(next)}`
      const response = await site.call(path, { fields: { name: 'chief', password: PASSWORD } })

      expect(response.headers.get('location')).toBe('/console')
    },
  )
})

describe('the size of what is sent', () => {
  it('is small for everything but files', async () => {
    const name = 'x'.repeat(1_100_000)
    const response = await site.call('/console/sign-in', { fields: { name, password: PASSWORD } })

    expect(response.status).toBe(413)
  })
})

describe('who may use which page', () => {
  it('is decided for every address of the table and every role', async () => {
    const cookies = new Map<Role, string | undefined>()
    await site.enter()
    for (const role of ROLES) cookies.set(role, await site.enter(role, `${role}-x`))
    const wrong: string[] = []
    for (const { method, path, least } of consoleRoutes(site.services)) {
      const address = `/console${path === '/' ? '' : path}`
        .replace(':versionId', 'plan-1')
        .replace(':taskId', 't1')
      const fields = method === 'post' ? { x: '1' } : undefined
      for (const role of ROLES) {
        const response = await site.call(address, {
          cookie: cookies.get(role),
          ...(fields && { fields }),
        })
        const isLetIn = response.status !== 403
        if (isLetIn !== hasRole(role, least)) wrong.push(`${role} ${method} ${address}`)
      }
      const stranger = await site.call(address, fields && { fields })
      const location = stranger.headers.get('location') ?? ''
      if (!location.startsWith('/console/sign-in')) wrong.push(`stranger ${method} ${address}`)
    }

    expect(wrong).toEqual([])
  })

  it('holds for each document too', async () => {
    await site.enter()
    const cadre = await site.enter('cadre')
    const admin = await site.enter('admin', 'second')

    expect(await (await site.call('/console/documents', { cookie: cadre })).text()).not.toContain(
      '只给管理员',
    )
    expect((await site.call('/console/documents/secret-1', { cookie: cadre })).status).toBe(400)
    expect((await site.call('/console/documents/secret-1', { cookie: admin })).status).toBe(200)
  })

  it('lets nobody change or remove himself, so an admin always remains', async () => {
    const cookie = await site.enter()
    const [chief] = await site.store.console.accounts()
    const fields = { id: chief?.id ?? '', role: 'cadre' }

    expect((await site.call('/console/accounts/role', { cookie, fields })).status).toBe(400)
    expect((await site.call('/console/accounts/remove', { cookie, fields })).status).toBe(400)
    expect((await site.store.console.accounts())[0]?.role).toBe('admin')
  })

  it('keeps every change of an account in the audit log, and nothing of what failed', async () => {
    const cookie = await site.enter()
    const [chief] = await site.store.console.accounts()
    const invited = await site.call('/console/accounts/invite', {
      cookie,
      fields: { role: 'cadre' },
    })
    const path = (await invited.text()).match(/\/console\/setup\?code=[\w-]+/)?.[0] ?? ''
    const fields = { name: 'helper', password: PASSWORD }
    await site.call(path, { fields })
    await site.call(path, { fields: { ...fields, name: 'second' } })
    const id = (await site.store.console.accountByName('helper'))?.id ?? ''
    await site.call('/console/accounts/role', { cookie, fields: { id, role: 'admin' } })
    await site.call('/console/accounts/remove', { cookie, fields: { id } })
    const next = 'another long phrase'
    await site.call('/console/me/password', { cookie, fields: { current: 'wrong', next } })
    await site.call('/console/me/password', { cookie, fields: { current: PASSWORD, next } })

    const entries = (await site.store.audit.entries({ limit: 20 })).toReversed()
    const by = `web:${chief?.id}`
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ['account_created', by],
      ['account_invited', by],
      ['account_created', `web:${id}`],
      ['account_role_changed', by],
      ['account_removed', by],
      ['password_changed', by],
    ])
    expect(entries[2]).toMatchObject({ subject: `account:${id}`, details: { role: 'cadre' } })
    expect(JSON.stringify(entries)).not.toContain(path.split('=')[1])
    const page = await (await site.call('/console/audit', { cookie })).text()
    expect(page).toContain('邀请同事')
    expect(page).not.toContain('account_')
  })

  it('lets no cadre try the chat as an admin', async () => {
    await site.enter()
    const cookie = await site.enter('cadre')
    const fields = { question: '书屋', role: 'admin' }

    expect((await site.call('/console/sandbox', { cookie, fields })).status).toBe(400)
  })
})

describe('the menu', () => {
  it('has an entry only where there is a page for this role', async () => {
    const bare = { ...site.services }
    const all = menuFor('admin', bare).map(({ path }) => path)
    const { accounts, changeAccounts, clock, logger, contact, timeZone } = site.services
    const { health, resolvePlace, placeByCode } = site.services
    const core = { accounts, changeAccounts, clock, logger, contact, timeZone }
    const few = { ...core, health, resolvePlace, placeByCode }
    const paths = consoleRoutes(site.services).map(
      ({ path }) => `/console${path === '/' ? '' : path}`,
    )

    expect(all.filter((path) => !paths.includes(path))).toEqual([])
    expect(menuFor('admin', few).map(({ label }) => label)).toEqual(['总览', '登录账号'])
    expect(menuFor('cadre', site.services).map(({ label }) => label)).toEqual([
      '总览',
      '知识库',
      '待审任务',
      '任务台账',
      '试聊',
    ])
  })
})
