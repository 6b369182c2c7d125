import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWebServer, type WebServer } from '../../src/channels/web/create-web-server.ts'
import { consoleRoutes, createConsole } from '../../src/console/create-console.ts'
import { openStore } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { addExampleTasks, fakeConsoleServices } from '../support/fake-console-services.ts'
import { fakeWebServices } from '../support/fake-web-services.ts'
import {
  chromiumPath,
  openBrowser,
  openPage,
  scrollsSideways,
  suiteTitle,
  type WatchedPage,
} from './open-browser.ts'

const PASSWORD = 'correct horse battery'

describe.skipIf(!chromiumPath)(suiteTitle('the console in a browser'), () => {
  let browser: Browser
  let server: WebServer
  let store: Store
  let entered: WatchedPage

  beforeAll(async () => {
    store = await openStore({})
    await addExampleTasks(store)
    const services = fakeConsoleServices(store, {
      clock: { now: () => Temporal.Now.instant() },
      resolvePlace: () => undefined,
    })
    const pages = createConsole(services)
    server = createWebServer(
      { ...fakeWebServices(), console: pages.respond },
      { host: '127.0.0.1', port: 0, identify: pages.identify },
    )
    ;[browser] = await Promise.all([openBrowser(), server.start()])
    entered = await openPage(browser, { width: 360 })
    const { page } = entered
    await page.goto(`${server.address()}/console`)
    await page.fill('[name=name]', 'chief')
    await page.fill('[name=password]', PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.menu')
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await store?.close()
  })

  it('fits a phone on every page and reports no fault', async () => {
    const { page, faults } = entered
    const wide: string[] = []
    for (const { method, path } of consoleRoutes(fakeConsoleServices(store))) {
      if (method !== 'get' || path.endsWith('/original')) continue
      const address = `/console${path.replace(':versionId', 'plan-2?at=43-52').replace(':taskId', 't1')}`
      await page.goto(server.address() + address)
      if (await scrollsSideways(page)) wide.push(address)
    }

    expect(wide).toEqual([])
    expect(faults).toEqual([])
  })

  it('publishes a draft and asks before it withdraws', async () => {
    const { page } = entered
    await page.goto(`${server.address()}/console/documents/plan-2`)
    await page.click('button.primary')
    await page.waitForSelector('.flash--done')
    const questions: string[] = []
    page.on('dialog', (dialog) => questions.push(dialog.message()))
    await page.click('text=撤下')

    expect(await page.locator('.standing').textContent()).toContain('生效中')
    expect(questions).toEqual(['撤下后不再按这份文件回答，确定？'])
  })

  it('has again what was typed when one goes back to a form that was refused, and only then', async () => {
    const { page } = entered
    const address = `${server.address()}/console/documents/plan-2`
    await page.goto(address)
    await page.fill('[name=title]', '改过的标题')
    await page.fill('[name=region]', '火星')
    await page.click('.grid-form__end button')
    await page.click('text=返回上一页')
    expect(await page.inputValue('[name=title]')).toBe('改过的标题')
    expect(await page.inputValue('[name=region]')).toBe('火星')
    await page.goto(address)

    expect(await page.inputValue('[name=region]')).not.toBe('火星')
  })

  it('shows on a phone what each cell of a table is', async () => {
    const { page } = entered
    await page.goto(`${server.address()}/console/documents`)
    const cell = page.locator('tbody td').nth(1)

    expect(await cell.getAttribute('data-column')).toBe('地区')
    const [scrolls, clips] = await page
      .locator('.scroll')
      .first()
      .evaluate((box) => [box.scrollWidth, box.clientWidth])
    expect(scrolls).toBe(clips)
  })

  it('tries a question as somebody else', async () => {
    const { page } = entered
    await page.goto(`${server.address()}/console/sandbox`)
    await page.fill('textarea[name=question]', '书屋要建几个')
    await page.click('button.primary')
    await page.waitForSelector('.answer--grounded')

    expect(await page.locator('.trace').textContent()).toContain('身份 worker')
  })

  it('refuses a change that a foreign page sends with the session', async () => {
    const { page } = entered
    const status = await page.evaluate(async () => {
      const response = await fetch('/console/documents/withdraw', {
        method: 'POST',
        body: new URLSearchParams({ document: 'plan' }),
        referrerPolicy: 'no-referrer',
      })
      return response.status
    })
    const cookies = await page.context().cookies()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const foreign = await fetch(`${server.address()}/console/documents/withdraw`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example' },
      body: new URLSearchParams({ document: 'plan' }),
    })

    expect(status).not.toBe(403)
    expect(foreign.status).toBe(403)
    expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  })
})
