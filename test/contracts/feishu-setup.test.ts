/** Setting Feishu up: every fault of the console is named with what to do about it. */
import * as lark from '@larksuiteoapi/node-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkFeishu } from '../../src/channels/feishu/check-feishu.ts'
import { EVENTS, PERMISSIONS } from '../../src/channels/feishu/feishu-permissions.ts'
import { makeApp, setupFeishu } from '../../src/channels/feishu/setup-feishu.ts'
import { systemClock } from '../../src/clock.ts'
import { silentLogger } from '../../src/logger.ts'
import { type FeishuPlatform, startFeishuPlatform } from '../support/feishu-platform.ts'

let platform: FeishuPlatform
beforeEach(async () => {
  platform = await startFeishuPlatform()
  for (const { scope } of PERMISSIONS) platform.world.scopes.set(scope, true)
  platform.world.subscribedEvents.push(...EVENTS.map(({ event }) => event))
})
afterEach(() => platform.stop())

const options = () => ({
  appId: platform.appId,
  appSecret: platform.appSecret,
  domain: platform.url,
  mode: 'long-connection' as const,
  clock: systemClock,
  logger: silentLogger,
  signal: AbortSignal.timeout(20_000),
})
const check = async (more: object = {}) =>
  (await checkFeishu(lark, { ...options(), ...more })).map(({ level, text }) => `${level} ${text}`)
const errors = async (more: object = {}) =>
  (await check(more)).filter((line) => line.startsWith('error'))

describe('checkFeishu', () => {
  it('finds no error where all is set up, and takes no connection from the running bot', async () => {
    expect(await errors()).toEqual([])
    expect(platform.connections()).toBe(0)
  })

  it('names a wrong secret', async () => {
    expect(await errors({ appSecret: 'wrong' })).toEqual([expect.stringContaining('App Secret')])
  })

  it('names a permission that is missing, and what it is for', async () => {
    platform.world.scopes.set('im:message:send_as_bot', false)
    platform.world.scopes.delete('wiki:wiki:readonly')
    const lines = await check()
    expect(lines).toContainEqual(expect.stringMatching(/^error 缺少权限 im:message:send_as_bot/))
    expect(lines).toContainEqual(
      expect.stringMatching(/^warning 没有权限 wiki:wiki:readonly.*知识库/),
    )
  })

  it('takes a broad permission for the narrow one', async () => {
    platform.world.scopes.delete('im:message:send_as_bot')
    platform.world.scopes.set('im:message', true)
    expect(await errors()).toEqual([])
  })

  it('names an event that is not subscribed', async () => {
    platform.world.subscribedEvents.splice(0)
    expect(await errors()).toEqual([expect.stringContaining('im.message.receive_v1')])
  })

  it('says when the bot is not published', async () => {
    platform.world.published = false
    expect(await errors()).toEqual([expect.stringContaining('发布')])
  })

  it('says when the app has no bot', async () => {
    const answer = { status: 400, body: { code: 11205, msg: 'app do not have bot' } }
    platform.fail({ path: /bot\/v3\/info/, how: { kind: 'answer', answer } })
    expect(await errors()).toEqual([expect.stringContaining('添加应用能力')])
  })

  it('says what it could not find out', async () => {
    const answer = { status: 400, body: { code: 99991672, msg: 'Access denied' } }
    platform.fail({ path: /application\/v6/, times: 9, how: { kind: 'answer', answer } })
    const lines = await check()
    expect(lines.filter((line) => line.startsWith('warning'))).toHaveLength(2)
    expect(await errors()).toEqual([])
  })

  it('says when the platform cannot be reached', async () => {
    const domain = 'http://127.0.0.1:9'
    expect(await errors({ domain })).toEqual([
      expect.stringMatching(/连不上飞书（http:\/\/127\.0\.0\.1:9）.*FEISHU_DOMAIN/),
    ])
  })
})

describe('setupFeishu', () => {
  async function run(more: object = {}, sdk: object = {}) {
    const printed: string[] = []
    const saved: Record<string, string> = {}
    const { appId, appSecret, ...rest } = options()
    const isReady = await setupFeishu(
      { ...lark, ...sdk },
      {
        ...rest,
        credentials: { appId, appSecret },
        print: (line) => void printed.push(line),
        showQrCode: async (url) => void printed.push(`QR ${url}`),
        save: async (variables) => void Object.assign(saved, variables),
        ...more,
      },
    )
    return { isReady, text: printed.join('\n'), saved }
  }

  it('says so when all is well', async () => {
    const { isReady, text } = await run()
    expect(isReady).toBe(true)
    expect(text).toContain('飞书已经接好')
    expect(text).not.toContain('✗')
  })

  it('prints the whole list when something is missing', async () => {
    platform.world.scopes.clear()
    const { isReady, text } = await run({ mode: 'webhook', publicUrl: 'https://union.example/' })
    expect(isReady).toBe(false)
    for (const { scope } of PERMISSIONS) expect(text).toContain(scope)
    for (const { event } of EVENTS) expect(text).toContain(event)
    expect(text).toContain('https://union.example/webhooks/feishu')
  })

  it('makes an app from a scanned code and keeps its credentials', async () => {
    const printed: string[] = []
    const saved: Record<string, string> = {}
    const made = await makeApp(
      async ({ onQRCodeReady, addons }) => {
        onQRCodeReady({ url: 'https://accounts.feishu.cn/x', expireIn: 600 })
        expect(addons?.scopes?.tenant).toContain('im:message:send_as_bot')
        return { client_id: 'cli_new', client_secret: 'new-secret' }
      },
      {
        domain: 'feishu',
        signal: AbortSignal.timeout(5_000),
        print: (line) => void printed.push(line),
        showQrCode: async (url) => void printed.push(`QR ${url}`),
        save: async (variables) => void Object.assign(saved, variables),
      },
    )
    expect(made).toEqual({ appId: 'cli_new', appSecret: 'new-secret' })
    expect(saved).toEqual({ FEISHU_APP_ID: 'cli_new', FEISHU_APP_SECRET: 'new-secret' })
    expect(printed.join('\n')).toContain('QR https://accounts.feishu.cn/x')
    expect(printed.join('\n')).not.toContain('new-secret')
  })

  it('falls back to the list when scanning is refused', async () => {
    const registerApp = () => Promise.reject(new Error('access_denied'))
    const { isReady, text } = await run(
      { credentials: undefined, domain: 'feishu' },
      { registerApp },
    )
    expect(isReady).toBe(false)
    expect(text).toContain('扫码创建没有完成')
    expect(text).toContain('创建企业自建应用')
  })
})
