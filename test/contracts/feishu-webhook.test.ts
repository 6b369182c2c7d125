/** The webhook of Feishu: what must be taken, what must not, and that nothing ends the process. */
import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FeishuChannel } from '../../src/channels/feishu/feishu-channel.ts'
import type { InboundMessage } from '../../src/domain/message.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { createChannelAt } from '../support/feishu-harness.ts'
import { type FeishuPlatform, startFeishuPlatform } from '../support/feishu-platform.ts'
import { clickEvent, messageEvent } from '../support/feishu-platform-events.ts'
import { encryptEvent, signedRequest, type Tamper } from '../support/feishu-platform-webhook.ts'

const NOW = '2026-11-20T01:00:00Z'
const nowSeconds = Temporal.Instant.from(NOW).epochMilliseconds / 1000

let platform: FeishuPlatform
let channel: FeishuChannel
let clock: FakeClock
let received: InboundMessage[]
let isStoreDown: boolean

beforeEach(async () => {
  platform = await startFeishuPlatform()
  clock = createFakeClock(NOW)
  received = []
  isStoreDown = false
  channel = createChannelAt(platform, { mode: 'webhook', clock })
  await channel.start(async (message) => {
    if (isStoreDown) throw new Error('The database is down.')
    received.push(message)
  })
})
afterEach(async () => {
  await channel.stop()
  await platform.stop()
})

const question = () => messageEvent(platform, { from: 'ou_wang', text: '补助怎么领?' })

async function post(
  event: unknown,
  tamper: Tamper = {},
  more: RequestInit = {},
): Promise<Response> {
  const made = signedRequest(event, platform.encryptKey, { timestamp: nowSeconds, ...tamper })
  const init: RequestInit = { method: 'POST', headers: made.headers, body: made.body, ...more }
  return channel.webhook(new Request('http://bot/webhooks/feishu', init))
}

describe('the Feishu webhook', () => {
  it('takes in a signed, encrypted event', async () => {
    const response = await post(question())
    expect([response.status, await response.json()]).toEqual([200, {}])
    expect(received[0]?.content).toEqual({ kind: 'text', text: '补助怎么领?' })
  })

  it('answers the challenge of the developer console', async () => {
    const challenge = {
      type: 'url_verification',
      challenge: 'c-1',
      token: platform.verificationToken,
    }
    const response = await post(challenge, { signature: '' })
    expect([response.status, await response.json()]).toEqual([200, { challenge: 'c-1' }])
    expect((await post({ ...challenge, token: 'wrong' })).status).toBe(401)
  })

  it('answers a click with a word at once', async () => {
    const value = { name: 'vote', values: {}, delivery: 'd1', kind: 'private' }
    const clicking = { from: 'ou_w', messageId: 'om_1', chatId: 'oc_1', value }
    const answering = post(clickEvent(platform, clicking))
    await clock.advance({ seconds: 2 })
    expect(await (await answering).json()).toMatchObject({ toast: { type: 'info' } })
    expect(received[0]?.content).toMatchObject({ kind: 'action', name: 'vote' })
  })

  it('ignores types it does not know, and says so with success', async () => {
    const event = question()
    const unknown = { ...event, header: { ...event.header, event_type: 'calendar.changed_v9' } }
    expect((await post(unknown)).status).toBe(200)
    expect(received).toEqual([])
  })

  it('asks for another delivery when the message could not be stored, and takes that one', async () => {
    isStoreDown = true
    const event = question()
    const made = signedRequest(event, platform.encryptKey, { timestamp: nowSeconds })
    const send = () => channel.webhook(new Request('http://bot/', { method: 'POST', ...made }))
    expect((await send()).status).toBe(503)
    isStoreDown = false
    expect((await send()).status).toBe(200)
    expect(received).toHaveLength(1)
  })

  it('does nothing with a recorded request that is sent again', async () => {
    const made = signedRequest(question(), platform.encryptKey, { timestamp: nowSeconds })
    const send = () => channel.webhook(new Request('http://bot/', { method: 'POST', ...made }))
    expect((await send()).status).toBe(200)
    expect((await send()).status).toBe(200)
    expect(received).toHaveLength(1)
  })

  it.each<[string, Tamper]>([
    ['no signature', { signature: '' }],
    ['a wrong signature', { signature: 'a'.repeat(64) }],
    ['a signature of another length', { signature: 'abc' }],
    ['another key', { key: 'another-key' }],
    ['a plain body', { plain: true }],
    ['a time six minutes ago', { timestamp: nowSeconds - 360 }],
    ['a time six minutes ahead', { timestamp: nowSeconds + 360 }],
    ['a time of the year 2001', { timestamp: 1_000_000_000 }],
    ['a time that is none', { timestamp: Number.NaN }],
    ['garbage in place of the secret', { body: '{"encrypt":"AAAA"}' }],
    ['an empty secret', { body: '{"encrypt":""}' }],
    ['a number as secret', { body: '{"encrypt":1}' }],
    ['a secret of half a block', { body: `{"encrypt":"${Buffer.alloc(24).toString('base64')}"}` }],
    ['an empty object', { body: '{}' }],
    ['an array', { body: '[]' }],
  ])('refuses %s', async (_, tamper) => {
    expect((await post(question(), tamper)).status).toBe(401)
    expect(received).toEqual([])
  })

  it.each<[string, object]>([
    ['another app', { app_id: 'cli_ffffffffffffffff' }],
    ['no app', { app_id: undefined }],
    ['a wrong token', { token: 'wrong' }],
    ['no token', { token: undefined }],
  ])('refuses a signed event of %s', async (_, header) => {
    const event = question()
    expect((await post({ ...event, header: { ...event.header, ...header } })).status).toBe(401)
    expect(received).toEqual([])
  })

  it.each<[string, string, number]>([
    ['an empty body', '', 400],
    ['a body that is not JSON', 'hello', 400],
    ['a torn body', '{"encrypt":"', 400],
    ['null', 'null', 400],
    ['a number', '42', 400],
    ['a deep nest', '['.repeat(200_000), 400],
    ['a body of 5 MB', 'x'.repeat(5 * 1024 * 1024), 413],
  ])('refuses %s', async (_, body, status) => {
    expect((await post(undefined, { body })).status).toBe(status)
  })

  it('refuses bytes that are not UTF-8, compressed bodies and other methods', async () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])
    expect((await post('', {}, { body: bytes })).status).toBe(400)
    const headers = { 'content-encoding': 'gzip' }
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(10 * 1024 * 1024)))
    expect((await post('', {}, { body: bomb, headers })).status).toBe(415)
    expect((await channel.webhook(new Request('http://bot/'))).status).toBe(405)
  })

  it('stops reading an endless body at the limit', async () => {
    let given = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        given += 65_536
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    const init = { method: 'POST', body: endless, duplex: 'half' } as RequestInit
    const response = await channel.webhook(new Request('http://bot/', init))
    expect(response.status).toBe(413)
    expect(given).toBeLessThan(2 * 1024 * 1024)
  })

  it('lives on when what is decrypted is not an event', async () => {
    for (const text of ['null', '[]', '"text"', '{}', '{"header":null}', 'not json']) {
      const body = JSON.stringify({ encrypt: encryptEvent(text, platform.encryptKey) })
      expect((await post(undefined, { body })).status, text).toBe(401)
    }
    expect((await post(question())).status).toBe(200)
  })

  it('takes events with any content without throwing', async () => {
    const event = question()
    for (const content of [null, 1, [], {}, { message: null }, { message: { content: '{' } }]) {
      expect((await post({ ...event, event: content })).status).toBe(200)
    }
    expect(received).toEqual([])
  })

  it('does not start without an encrypt key', () => {
    expect(() => createChannelAt(platform, { mode: 'webhook', encryptKey: '' })).toThrow(
      'FEISHU_ENCRYPT_KEY',
    )
  })

  it('is closed in long-connection mode', async () => {
    const other = createChannelAt(platform)
    const response = await other.webhook(new Request('http://bot/', { method: 'POST', body: '{}' }))
    expect(response.status).toBe(404)
  })
})

describe('a slow sender', () => {
  let server: Server
  beforeEach(async () => {
    server = createServer(async (incoming, outgoing) => {
      const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>
      const init = { method: 'POST', body, duplex: 'half' } as RequestInit
      const response = await channel.webhook(new Request('http://bot/', init))
      outgoing.writeHead(response.status).end(await response.text())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  it('does not keep others waiting', async () => {
    const { port } = server.address() as AddressInfo
    const slow = httpRequest({ port, host: '127.0.0.1', method: 'POST' })
    slow.on('error', () => undefined)
    slow.write('{')
    expect((await post(question())).status).toBe(200)
    slow.destroy()
  })
})
