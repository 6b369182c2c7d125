import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWebServer, type WebServer } from '../../src/channels/web/create-web-server.ts'
import type { Feedback, WebServices } from '../../src/channels/web/web-services.ts'
import { citationOf, documentVersion, fakeWebServices } from '../support/fake-web-services.ts'
import { chromiumPath, openBrowser, openPage, scrollsSideways, suiteTitle } from './open-browser.ts'

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "'-alert(1)-'",
  '</textarea><iframe src="javascript:alert(1)">',
  '{{alert(1)}}',
  'javascript:alert(1)',
].join(' ')

describe.skipIf(!chromiumPath)(suiteTitle('the chat in a browser'), () => {
  const votes: Feedback[] = []
  const histories: (readonly string[])[] = []
  let browser: Browser
  let server: WebServer
  let hostile: WebServer

  beforeAll(async () => {
    const services = fakeWebServices()
    const ask: WebServices['ask'] = (request, signal) => {
      histories.push(request.query.history)
      return services.ask(request, signal)
    }
    const recordFeedback = async (vote: Feedback) => void votes.push(vote)
    const options = { host: '127.0.0.1', port: 0 }
    server = createWebServer({ ...services, ask, recordFeedback }, options)
    hostile = createWebServer(hostileServices(), options)
    ;[browser] = await Promise.all([openBrowser(), server.start(), hostile.start()])
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all([server?.stop(), hostile?.stop()])
  })

  it('answers an example, then a follow-up that carries the history, without a fault', async () => {
    const { page, faults } = await openPage(browser, { width: 1440 })
    await page.goto(server.address())
    await page.click('.example')
    await page.waitForSelector('.answer--grounded')
    await page.fill('#question', '一户能领多少钱？')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.answer--not-found')

    expect(await page.locator('.citation mark').first().textContent()).toBe('24个')
    expect(histories.at(-1)).toEqual(['今年要建多少个职工书屋?'])
    expect(await page.locator('#question').inputValue()).toBe('')
    expect(faults).toEqual([])
  })

  it('shows the quoted sentence in its document and comes back to the conversation', async () => {
    const { page, faults } = await openPage(browser, { width: 1440 })
    await page.goto(server.address())
    await page.click('.example')
    await page.click('.citation a')
    const mark = page.locator('#quote')

    expect(await mark.textContent()).toBe('一是新建职工书屋24个,每个书屋配书不少于500册。')
    expect(await mark.boundingBox()).toMatchObject({ y: expect.any(Number) })
    await page.click('.back a')
    expect(await page.locator('.answer--grounded').count()).toBe(1)
    expect(faults).toEqual([])
  })

  it('starts anew when asked to', async () => {
    const { page } = await openPage(browser, { width: 1440 })
    await page.goto(server.address())
    expect(await page.locator('[data-new-chat]').isVisible()).toBe(false)
    await page.click('.example')
    await page.waitForSelector('.answer--grounded')
    await page.click('[data-new-chat]')
    await page.waitForSelector('.welcome')

    expect(await page.locator('.turn').count()).toBe(0)
  })

  it('keeps a vote with its reason and says so in place', async () => {
    const { page } = await openPage(browser, { width: 360 })
    await page.goto(server.address())
    await page.click('.example')
    await page.click('.vote__why summary')
    await page.click('button[value="outdated"]')

    await expect
      .poll(() => page.locator('[data-vote]').textContent(), { timeout: 10_000 })
      .toContain('谢谢，已记下')
    expect(votes.at(-1)).toMatchObject({ helpful: false, reason: 'outdated' })
  })

  it.each([320, 360, 768, 1440])('never scrolls sideways at %i pixels', async (width) => {
    const { page } = await openPage(browser, { width })
    await page.goto(server.address())
    const atHome = await scrollsSideways(page)
    await page.click('#settings summary')
    await page.click('.example')
    await page.waitForSelector('.answer--grounded')
    const atAnswer = await scrollsSideways(page)
    await page.click('.citation a')

    expect([atHome, atAnswer, await scrollsSideways(page)]).toEqual([false, false, false])
  })

  it('works by keyboard alone', async () => {
    const { page } = await openPage(browser, { width: 1440 })
    await page.goto(server.address(), { waitUntil: 'networkidle' })
    await page.waitForFunction(() => document.activeElement?.id === 'question')
    await page.keyboard.type('书屋')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('要几个')
    expect(await page.locator('#question').inputValue()).toBe('书屋\n要几个')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.answer--grounded')

    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('question')
  })

  it('answers without a script', async () => {
    const { page } = await openPage(browser, { width: 360, javaScriptEnabled: false })
    await page.goto(server.address())
    await page.fill('#question', '书屋')
    await page.click('.send')
    await page.waitForSelector('.answer--grounded')
    await page.click('.suggestion >> nth=0')
    await page.waitForSelector('.answer--not-found')

    expect(histories.at(-1)).toEqual(['书屋'])
  })

  it('says what is wrong when the service is gone, and keeps the conversation', async () => {
    const brief = createWebServer(fakeWebServices(), { host: '127.0.0.1', port: 0 })
    await brief.start()
    const { page } = await openPage(browser, { width: 1440 })
    await page.goto(brief.address())
    await page.click('.example')
    await page.waitForSelector('.answer--grounded')
    await brief.stop()
    await page.fill('#question', '还在吗')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.answer--failure')

    expect(await page.locator('.answer--failure').textContent()).toContain('连不上服务')
    expect(await page.locator('.answer--grounded').count()).toBe(1)
  })

  it('keeps hostile text inert in questions, answers, titles and documents', async () => {
    const { page, faults } = await openPage(browser, { width: 1440 })
    await page.goto(hostile.address())
    await page.fill('#question', `书屋 ${HOSTILE}`)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.answer--grounded')
    const shown = await page.locator('.answer').textContent()
    await page.reload()
    await page.waitForSelector('.answer--grounded')
    await page.goto(`${hostile.address()}/documents/plan-1?view=original`)
    await page.goto(`${hostile.address()}/documents`)

    expect(shown).toContain('<script>alert(1)</script>')
    expect(await page.locator('iframe, img, svg').count()).toBe(0)
    expect(faults).toEqual([])
  })

  it('lets no inline script run, whatever gets into the page', async () => {
    const { page, faults } = await openPage(browser, { width: 1440 })
    await page.goto(server.address())
    await page.evaluate(() => {
      const image = document.createElement('div')
      image.innerHTML = '<img src="x" onerror="window.pwned = true">'
      document.body.append(image)
    })
    await page.waitForEvent('console', () =>
      faults.some((fault) => fault.includes('Content Security Policy')),
    )

    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
  })
})

/** Every field that somebody else may have written carries the hostile text. */
function hostileServices(): WebServices {
  const plain = documentVersion()
  const version = documentVersion({
    fileName: HOSTILE,
    text: HOSTILE,
    originalText: HOSTILE,
    offsets: [[0, 0, HOSTILE.length]],
    cuts: [{ reason: 'hidden-text', original: { start: 3, end: 9 }, text: HOSTILE.slice(3, 9) }],
    metadata: {
      ...plain.metadata,
      title: HOSTILE,
      issuer: HOSTILE,
      source: HOSTILE,
      sample: false,
    },
  })
  return fakeWebServices({
    ask: async () => ({
      answer: {
        kind: 'grounded',
        summary: HOSTILE,
        understoodAs: HOSTILE,
        missing: HOSTILE,
        notices: [{ kind: 'expired', text: HOSTILE }],
        nextStep: HOSTILE,
        suggestions: [HOSTILE],
        citations: [citationOf(version, HOSTILE, '<script>')],
        wording: 'model',
      },
      text: HOSTILE,
      latencyMs: 1,
    }),
    documentVersion: async () => version,
    listDocuments: async () => [version],
    contact: { unionName: HOSTILE },
    exampleQuestions: [HOSTILE],
  })
}
