/** The long connection of Feishu under bad weather. Real sockets, the real SDK; a clock that is moved. */
import * as lark from '@larksuiteoapi/node-sdk'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createFeishuChannel,
  type FeishuChannel,
} from '../../src/channels/feishu/feishu-channel.ts'
import type { InboundMessage } from '../../src/domain/message.ts'
import { createLogger, silentLogger } from '../../src/logger.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { createChannelAt } from '../support/feishu-harness.ts'
import { type FeishuPlatform, startFeishuPlatform } from '../support/feishu-platform.ts'
import { botAddedEvent, envelope, messageEvent } from '../support/feishu-platform-events.ts'

let platform: FeishuPlatform
let channel: FeishuChannel
let clock: FakeClock
let received: InboundMessage[]

const receive = async (message: InboundMessage) => void received.push(message)
const texts = () =>
  received.map(({ content }) => (content.kind === 'text' ? content.text : content.kind))

/** Moves time until something of the outside world has come true. */
async function until(isTrue: () => boolean): Promise<void> {
  await vi.waitFor(
    async () => {
      await clock.advance({ seconds: 5 })
      expect(isTrue()).toBe(true)
    },
    { timeout: 10_000, interval: 20 },
  )
}

beforeEach(async () => {
  platform = await startFeishuPlatform()
  clock = createFakeClock('2026-11-20T01:00:00Z')
  received = []
  channel = createChannelAt(platform, { clock })
})
afterEach(async () => {
  await channel.stop()
  await platform.stop()
})

describe('the long connection', () => {
  it('is there when start has resolved, and health says so', async () => {
    expect(channel.health().isReady).toBe(false)
    await channel.start(receive)
    expect(platform.connections()).toBe(1)
    expect(channel.health()).toMatchObject({ isReady: true, botName: '娘家人' })
  })

  it('survives "system busy" and "connection limit", with data and without', async () => {
    platform.refusals.push(
      { code: 1, msg: 'system busy', withData: true },
      { code: 1000040350, msg: 'exceed_conn_limit', withData: true },
      { code: 1, msg: 'system busy', withData: false },
      { code: 403, msg: 'forbidden', withData: true },
    )
    const starting = channel.start(receive)
    await until(() => platform.connections() === 1)
    await starting
    await platform.say({ from: 'ou_w', text: '好了吗' })
    expect(texts()).toEqual(['好了吗'])
  })

  it('names the reason while it waits', async () => {
    platform.refusals.push({ code: 1000040350, msg: 'exceed_conn_limit', withData: true })
    const starting = channel.start(receive)
    await vi.waitFor(() => expect(channel.health().connection.state).toBe('waiting'))
    expect(channel.health().connection.reason).toContain('exceed_conn_limit')
    await until(() => platform.connections() === 1)
    await starting
  })

  it('comes back after it was dropped', async () => {
    await channel.start(receive)
    platform.dropConnections()
    await vi.waitFor(() => expect(channel.health().isReady).toBe(false))
    await until(() => platform.connections() === 1)
    await platform.say({ from: 'ou_w', text: '还在吗' })
    expect(texts()).toEqual(['还在吗'])
  })

  it('notices a connection that is only half there', async () => {
    await channel.start(receive)
    await vi.waitFor(() => expect(platform.connections()).toBe(1))
    platform.freezeConnections()
    await until(() => platform.calls.filter(({ path }) => path.includes('endpoint')).length === 2)
    await until(() => channel.health().isReady)
    await platform.say({ from: 'ou_w', text: '听得见吗' })
    await until(() => texts().includes('听得见吗'))
  })

  it('is patient with a platform that answers no pings', async () => {
    platform.clientConfig = {}
    const dials = () => platform.calls.filter(({ path }) => path.includes('endpoint')).length
    await channel.start(receive)
    await clock.advance({ seconds: 200 })
    expect([dials(), channel.health().isReady]).toEqual([1, true])
    await until(() => dials() === 2)
  })

  it('does not ping without pause where the platform names no interval', async () => {
    platform.clientConfig = {}
    await channel.start(receive)
    await platform.say({ from: 'ou_w', text: '在吗' })
    expect(texts()).toEqual(['在吗'])
    expect(platform.pings()).toBeLessThanOrEqual(1)
  })

  it('waits for a platform that is down when the bot starts', async () => {
    platform.fail({ path: /tenant_access_token/, times: 4, how: { kind: 'reset' } })
    const starting = channel.start(receive)
    await until(() => platform.connections() === 1)
    await starting
  })

  it('does not start with a wrong secret, and says what to do', async () => {
    const wrong = createChannelAt(platform, { clock, appSecret: 'wrong' })
    await expect(wrong.start(receive)).rejects.toMatchObject({
      code: 'feishu_credentials',
      message: expect.stringContaining('App Secret'),
    })
    expect(wrong.health()).toMatchObject({
      isReady: false,
      fault: expect.stringContaining('App Secret'),
    })
    await wrong.stop()
  })

  it('does not accept an app id that the SDK would silently refuse', () => {
    expect(() => createChannelAt(platform, { appId: 'cli_short' })).toThrow('FEISHU_APP_ID')
  })

  it('joins events that arrive in parts', async () => {
    platform.parts = 7
    await channel.start(receive)
    const { code } = await platform.say({ from: 'ou_w', text: '长'.repeat(10_000) })
    expect(code).toBe(200)
    expect(texts()).toEqual(['长'.repeat(10_000)])
  })

  it('loses nothing that comes in one piece with the handshake', async () => {
    await channel.start(receive)
    const waiting = messageEvent(platform, { from: 'ou_w', text: '等着的' })
    const delivered = platform.deliverAtOnce(waiting)
    platform.dropConnections()
    await until(() => texts().includes('等着的'))
    expect((await delivered).code).toBe(200)
  })

  it('lives through frames that are garbage and events that are nonsense', async () => {
    await channel.start(receive)
    platform.sendRaw(new Uint8Array([1, 2, 3]))
    platform.sendRaw(Buffer.from('hello'))
    await platform.deliver(envelope(platform, 'im.message.receive_v1', {}))
    await platform.deliver(envelope(platform, 'im.unheard_of_v7', { a: 1 }))
    await platform.deliver(envelope(platform, 'card.action.trigger', { action: 'x' }))
    await platform.say({ from: 'ou_w', text: '还活着' })
    expect(texts()).toEqual(['还活着'])
  })

  it('hands on the messages of one chat in the order they came, whatever storing takes', async () => {
    const waits = [30, 5, 20, 0, 10]
    await channel.start(async (message) => {
      await new Promise((resolve) => setTimeout(resolve, waits.shift() ?? 0))
      received.push(message)
    })
    const sayings = ['一', '二', '三', '四', '五']
    await Promise.all(sayings.map((text) => platform.say({ from: 'ou_w', text })))
    expect(texts()).toEqual(sayings)
  })

  it('asks for another delivery when the message could not be stored', async () => {
    let isDown = true
    await channel.start(async (message) => {
      if (isDown) throw new Error('down')
      received.push(message)
    })
    const saying = { from: 'ou_w', text: '在吗', messageId: 'om_1' }
    expect((await platform.say(saying)).code).toBe(500)
    isDown = false
    expect((await platform.say(saying)).code).toBe(200)
    expect(texts()).toEqual(['在吗'])
  })

  it('finishes what it is storing before it stops', async () => {
    const begun = Promise.withResolvers<void>()
    const stored = Promise.withResolvers<void>()
    await channel.start(async (message) => {
      begun.resolve()
      await stored.promise
      received.push(message)
    })
    const saying = platform.say({ from: 'ou_w', text: '最后一句' })
    await begun.promise
    const stopping = channel.stop()
    stored.resolve()
    await stopping
    expect(texts()).toEqual(['最后一句'])
    expect((await saying).code).toBe(200)
  })

  it('welcomes a group it is added to', async () => {
    await channel.start(receive)
    await platform.deliver(botAddedEvent(platform, 'oc_new', 'ou_w'))
    expect(received[0]?.content).toEqual({ kind: 'joined', who: 'bot' })
  })

  it('shares one token among many first calls', async () => {
    await channel.start(receive)
    platform.expireTokens()
    const to = (n: number) => ({
      channel: 'feishu',
      conversationId: `oc_${n}`,
      kind: 'group' as const,
    })
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        channel.send(
          to(n),
          { blocks: [{ kind: 'paragraph', text: 'a' }] },
          { deliveryId: `d${n}`, signal: AbortSignal.timeout(5_000) },
        ),
      ),
    )
    expect(platform.world.shown).toHaveLength(20)
    const tokens = platform.calls.filter(({ path }) => path.includes('tenant_access_token'))
    expect(tokens.length).toBeLessThanOrEqual(3)
  })

  it('never logs a secret, whatever goes wrong', async () => {
    const lines: string[] = []
    const logger = createLogger('debug', (line) => void lines.push(line))
    const loud = createChannelAt(platform, { clock, logger })
    platform.fail({ path: /tenant_access_token/, times: 1, how: { kind: 'reset' } })
    platform.fail({ path: /messages/, times: 9, how: { kind: 'reset' } })
    const starting = loud.start(receive)
    await until(() => platform.connections() === 1)
    await starting
    await loud
      .send(
        { channel: 'feishu', conversationId: 'oc_1', kind: 'group' },
        { blocks: [{ kind: 'paragraph', text: '绝密内容' }] },
        { deliveryId: 'd', signal: AbortSignal.timeout(300) },
      )
      .catch((error: unknown) => logger.error('send_failed', { error }))
    await platform.say({ from: 'ou_w', text: '绝密问题' })
    await loud.stop()

    const log = lines.join('\n')
    expect(lines.length).toBeGreaterThan(3)
    expect(log).not.toContain(platform.appSecret)
    expect(log).not.toMatch(/t-token|access_key|绝密/)
  })

  it('leaves nothing behind that keeps a process alive', async () => {
    const lone = createFeishuChannel(lark, {
      appId: platform.appId,
      appSecret: platform.appSecret,
      domain: platform.url,
      mode: 'long-connection',
      monthlyCalls: 0,
      clock,
      logger: silentLogger,
    })
    await lone.start(receive)
    await lone.stop()
    await vi.waitFor(() => expect(platform.connections()).toBe(0))
  })
})
