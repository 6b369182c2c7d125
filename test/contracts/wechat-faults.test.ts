/**
 * What goes wrong around a WeChat session, with the real session process where it matters: each fault
 * is said in the health with what to do, or is over by itself.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openSession, probeEndpoint } from '../../src/channels/wechat/open-session.ts'
import type { WechatChannel, WechatOptions } from '../../src/channels/wechat/wechat-channel.ts'
import { openStore } from '../../src/storage/sql/open-store.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { forkGateway } from '../support/fork-gateway.ts'
import { GATEWAY_TOKEN, startGateway } from '../support/wechat-gateway.ts'
import { scriptedSession, wechatChannel } from '../support/wechat-session.ts'

const folder = mkdtempSync(join(tmpdir(), 'niangjiaren-wechat-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const running: WechatChannel[] = []
afterEach(async () => {
  for (const channel of running.splice(0)) await channel.stop()
})

function started(open: WechatOptions['open'], more: Partial<WechatOptions> = {}): WechatChannel {
  const channel = wechatChannel(open, more)
  running.push(channel)
  void channel.start(async () => undefined)
  return channel
}

const sessionAt = (endpoint: string, token = GATEWAY_TOKEN, home = join(folder, 'wechat')) =>
  openSession({ puppet: 'wechaty-puppet-service', token, endpoint, withoutTls: true }, home)

const isOnline = (channel: WechatChannel) =>
  expect.poll(() => channel.check().status, { timeout: 60_000, interval: 100 }).toBe('ok')

const says = (channel: WechatChannel, words: string) =>
  expect
    .poll(() => channel.check(), { timeout: 25_000, interval: 100 })
    .toMatchObject({ name: '微信', status: 'down', detail: expect.stringContaining(words) })

describe('a WeChat session in trouble', () => {
  it('says that a gateway took the connection and hangs', async () => {
    const gateway = await listening()
    const endpoint = `127.0.0.1:${gateway.port}`
    const channel = started(() => sessionAt(endpoint), {
      probe: () => probeEndpoint(endpoint),
      times: { startWithin: 5_000 },
    })
    await says(channel, '没有登录，也没给二维码，请检查网关和令牌。正在自动重试')
    await channel.stop()
    gateway.server.close()
  }, 40_000)

  it('says that the token is wrong', async () => {
    const gateway = await startGateway()
    const wrong = 'insecure_99999999-2222-4333-8444-555555555555'
    const channel = started(() => sessionAt(gateway.endpoint, wrong), {
      times: { startWithin: 15_000 },
    })
    await says(channel, '令牌被拒绝')
    await channel.stop()
    await gateway.stop()
  }, 60_000)

  it('ends by itself when nobody says any more that the session is ours', async () => {
    const gateway = await listening()
    const link = await sessionAt(`127.0.0.1:${gateway.port}`)
    const events: unknown[] = []
    link.onEvent((event) => events.push(event))
    const ended = new Promise((resolve) => link.onEnd(resolve))
    link.post({ kind: 'hold', forMs: 100 })

    expect(await ended).toBe('exit 1')
    expect(events).toContainEqual({ kind: 'broken', reason: 'lease-lost' })
    gateway.server.close()
  }, 60_000)

  it('says again in doubt what a gateway was sent when it died, and once', async () => {
    const gateway = await forkGateway()
    const port = Number(gateway.endpoint.split(':')[1])
    const channel = started(() => sessionAt(gateway.endpoint), {
      probe: () => probeEndpoint(gateway.endpoint),
      times: { firstPause: 200, longestPause: 1_000 },
    })
    gateway.tell({ kind: 'login' })
    await isOnline(channel)
    const send = (conversationId: string, text: string) =>
      channel.send(
        { channel: 'wechat', conversationId, kind: 'private' },
        { blocks: [{ kind: 'paragraph', text }] },
        { deliveryId: `${conversationId} ${text}`, signal: AbortSignal.timeout(20_000) },
      )
    await send('zhang', '先说一句')
    await expect(send('nobody', '在吗')).rejects.toMatchObject({ code: 'wechat_no_such_chat' })
    gateway.process.kill('SIGSTOP')
    const toKnown = send('zhang', '催办').catch((error: unknown) => error)
    const toUnknown = send('li', '催办').catch((error: unknown) => error)
    await setTimeout(1_000) // both calls are under way; nothing can be seen of that from here
    await gateway.kill()
    expect(await toKnown).toMatchObject({ retryable: true, outcomeUnknown: true })
    expect(await toUnknown).toMatchObject({ retryable: true })

    const again = await forkGateway(port)
    again.tell({ kind: 'login' })
    await isOnline(channel)
    for (const to of ['zhang', 'zhang', 'li', 'li']) await send(to, '催办')
    await expect
      .poll(() => again.shown)
      .toEqual([
        { to: 'zhang', text: '（重发）催办' },
        { to: 'li', text: expect.stringMatching(/^(（重发）)?催办$/) },
      ])
    await channel.stop()
    await again.kill()
  }, 90_000)

  it('says that its folder cannot be written, without starting a process', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    const channel = started(() => sessionAt('127.0.0.1:1', GATEWAY_TOKEN, join(file, 'wechat')))

    await says(channel, '数据文件夹不可写，请检查 DATA_DIR 的权限')
  })

  it('says during an outage of 75 seconds what to look at, and is over it by itself', async () => {
    const clock = createFakeClock('2026-11-23T02:00:00Z')
    const session = scriptedSession(() => clock.now())
    let isThere = true
    const channel = started(async () => session, {
      clock,
      probe: async () => (isThere ? undefined : 'unreachable'),
    })
    const login = async () => {
      await clock.advance({ milliseconds: 1 })
      session.emit({ kind: 'login', id: 'bot', name: '小助手' })
    }
    await login()
    expect(channel.check().status).toBe('ok')
    isThere = false
    session.emit({ kind: 'broken', reason: 'gateway-14' })
    await clock.advance({ seconds: 75 })
    expect(channel.check().detail).toContain('WECHATY_PUPPET_SERVICE_ENDPOINT')
    isThere = true
    await clock.advance({ seconds: 31 })
    await login()

    expect(channel.check()).toMatchObject({ status: 'ok', detail: '已登录：小助手' })
  })

  it('lets one of two replicas have the session; the other waits and takes over', async () => {
    const clock = createFakeClock('2026-11-23T02:00:00Z')
    const store = await openStore({})
    const replica = (name: string) => {
      const session = scriptedSession(() => clock.now())
      const open = async () => {
        queueMicrotask(() => session.emit({ kind: 'login', id: 'bot', name }))
        return session
      }
      const lease = {
        hold: (until: Temporal.Instant) =>
          store.leases.hold('wechat', { owner: name, now: clock.now(), until }),
        release: () => store.leases.release('wechat', name),
      }
      return started(open, { clock, times: { silentAfter: 1e9 }, lease })
    }
    const [first, second] = [replica('甲'), replica('乙')]
    await clock.advance({ seconds: 15 })
    expect([first.check().detail, second.check().detail]).toEqual([
      '已登录：甲',
      '由另一台机器登录，这台待命',
    ])
    await first.stop()
    await clock.advance({ seconds: 15 })
    expect(second.check().detail).toContain('已登录：乙')
    await second.stop()
    await store.close()
  })
})

/** Accepts connections and says nothing. */
function listening(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((socket) => socket.on('error', () => undefined))
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ server, port: typeof address === 'object' && address ? address.port : 0 })
    })
  })
}
