/** The whole way: a forked session process, gRPC to a gateway on loopback, and back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSession, probeEndpoint } from '../../src/channels/wechat/open-session.ts'
import type { WechatChannel } from '../../src/channels/wechat/wechat-channel.ts'
import type { WechatLink } from '../../src/channels/wechat/wechat-link.ts'
import type { InboundMessage } from '../../src/domain/message.ts'
import { GATEWAY_TOKEN, startGateway, type WechatGateway } from '../support/wechat-gateway.ts'
import { wechatChannel } from '../support/wechat-session.ts'

describe('WeChat through a gateway', () => {
  const folder = mkdtempSync(join(tmpdir(), 'niangjiaren-wechat-'))
  const received: InboundMessage[] = []
  let gateway: WechatGateway
  let channel: WechatChannel
  let link: WechatLink | undefined

  beforeAll(async () => {
    gateway = await startGateway()
    const { endpoint } = gateway
    const options = {
      puppet: 'wechaty-puppet-service',
      token: GATEWAY_TOKEN,
      endpoint,
      withoutTls: true,
    }
    channel = wechatChannel(
      async () => {
        link = await openSession(options, join(folder, 'wechat'))
        return link
      },
      { probe: () => probeEndpoint(endpoint), times: { firstPause: 200, longestPause: 1_000 } },
    )
    const started = channel.start(async (message) => {
      received.push(message)
    })
    setTimeout(() => gateway.login(), 3_000)
    await started
  }, 60_000)
  afterAll(async () => {
    await channel?.stop()
    await gateway?.stop().catch(() => undefined)
    rmSync(folder, { recursive: true, force: true })
  })

  it('takes a message in and sends one out', async () => {
    expect(channel.check()).toMatchObject({ status: 'ok', detail: '已登录：工会小助手' })
    const zhang = gateway.mocker.createContact({ id: 'zhang', name: '张三' })
    zhang.say('八件实事有哪些?').to(gateway.mocker.ContactMock.load('bot'))
    await expect.poll(() => received.length, { timeout: 20_000 }).toBeGreaterThan(0)
    expect(received[0]).toMatchObject({
      sender: { accountId: 'zhang' },
      content: { kind: 'text', text: '八件实事有哪些?' },
    })

    await channel.send(
      received[0]!.conversation,
      { blocks: [{ kind: 'paragraph', text: '一是…' }] },
      { deliveryId: 'g1', signal: AbortSignal.timeout(15_000) },
    )
  }, 60_000)

  it('starts a new process when the old one dies, and goes on', async () => {
    link?.kill()
    await expect.poll(() => channel.check().status, { timeout: 10_000 }).toBe('down')
    await expect.poll(() => channel.check().status, { timeout: 40_000 }).toBe('ok')
  }, 60_000)
})

describe('a gateway that is not there', () => {
  it('is said in the health, with what to check', async () => {
    const channel = wechatChannel(async () => Promise.reject(new Error('never')), {
      probe: () => probeEndpoint('127.0.0.1:1'),
    })
    void channel.start(async () => undefined)
    await expect
      .poll(() => channel.check())
      .toMatchObject({ status: 'down', detail: expect.stringContaining('ENDPOINT') })
    await channel.stop()
  })
})
