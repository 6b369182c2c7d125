import { describe, expect, it } from 'vitest'
import { scriptedSession, wechatChannel } from '../../../test/support/wechat-session.ts'
import type { InboundMessage, OutboundMessage } from '../../domain/message.ts'

const to = { channel: 'wechat', conversationId: 'zhang', kind: 'private' as const }
const say = (text: string): OutboundMessage => ({ blocks: [{ kind: 'paragraph', text }] })
const under = (deliveryId: string) => ({ deliveryId, signal: AbortSignal.timeout(5_000) })

async function online() {
  const session = scriptedSession()
  const received: InboundMessage[] = []
  const channel = wechatChannel(async () => {
    session.emit({ kind: 'login', id: 'bot', name: '小助手' })
    return session
  })
  await channel.start(async (message) => {
    received.push(message)
  })
  return { session, channel, received }
}

describe('the WeChat channel', () => {
  it('understands a number as the choice it offered to that person', async () => {
    const { session, channel, received } = await online()
    const actions = [
      { label: '有用', name: 'vote', values: { value: 'up' } },
      { label: '转人工', name: 'hand-over', values: {} },
    ]
    await channel.send(to, { blocks: [{ kind: 'actions', actions }] }, under('d1'))
    await session.arrive({ id: 'm1', text: '2' })
    await session.arrive({
      id: 'm2',
      text: '2',
      talker: { id: 'li', name: '李四', isPerson: true },
    })

    expect(received.map(({ content }) => content)).toEqual([
      { kind: 'action', name: 'hand-over', values: {} },
      { kind: 'text', text: '2' },
    ])
    await channel.stop()
  })

  it('says 「（重发）」 when a send of unknown outcome is repeated, and not after a refusal', async () => {
    const { session, channel } = await online()
    session.failNext('unknown')
    await expect(channel.send(to, say('催办'), under('d1'))).rejects.toMatchObject({
      outcomeUnknown: true,
    })
    await channel.send(to, say('催办'), under('d1'))
    session.failNext('failed')
    await expect(channel.send(to, say('再催'), under('d2'))).rejects.toMatchObject({
      outcomeUnknown: false,
    })
    await channel.send(to, say('再催'), under('d2'))

    expect(session.sent.map(({ text }) => text)).toEqual(['催办', '（重发）催办', '再催'])
    await channel.stop()
  })

  it('goes on behind the parts that were shown, and repeats only the one in doubt', async () => {
    const { session, channel } = await online()
    const sentences = Array.from({ length: 200 }, (_, i) => `第${i + 1}条要抓紧办。`)
    const long = say(sentences.join(''))
    session.failNext(undefined)
    session.failNext('unknown')
    await expect(channel.send(to, long, under('d1'))).rejects.toMatchObject({
      outcomeUnknown: true,
    })
    await channel.send(to, long, under('d1'))

    const texts = session.sent.map(({ text }) => text)
    expect(texts).toHaveLength(5)
    expect(texts[2]).toBe(`（重发）${texts[1]}`)
    expect(texts.filter((text) => text.includes('重发'))).toHaveLength(1)
    expect(texts.toSpliced(1, 1).join('').replace('（重发）', '')).toBe(sentences.join(''))
    await channel.stop()
  })

  it('says nothing twice that was shown for certain, whatever became of us after it', async () => {
    const { session, channel } = await online()
    await channel.send(to, say('催办'), under('d1'))
    await channel.send(to, say('催办'), under('d1'))

    expect(session.sent.map(({ text }) => text)).toEqual(['催办'])
    await channel.stop()
  })

  it('keeps the numbers of an answer when something else comes that nobody asked for', async () => {
    const { session, channel, received } = await online()
    const actions = [{ label: '转人工', name: 'hand-over', values: {} }]
    await channel.send(to, { blocks: [{ kind: 'actions', actions }], replyTo: 'm0' }, under('d1'))
    await channel.send(to, say('明天停电'), under('d2'))
    await session.arrive({ id: 'm1', text: '回复１' })
    await channel.send(to, { ...say('好的'), replyTo: 'm1' }, under('d3'))
    await session.arrive({ id: 'm2', text: '1' })

    expect(received.map(({ content }) => content.kind)).toEqual(['action', 'text'])
    await channel.stop()
  })

  it('passes a dozen of 200 messages on, with one notice, and hears others meanwhile', async () => {
    const { session, channel, received } = await online()
    for (let i = 0; i < 200; i++) await session.arrive({ id: `m${i}`, text: '在吗' })
    await session.arrive({
      id: 'x',
      text: '你好',
      talker: { id: 'li', name: '李四', isPerson: true },
    })

    expect(received.filter(({ sender }) => sender.accountId === 'zhang')).toHaveLength(12)
    expect(received.at(-1)?.sender.accountId).toBe('li')
    await expect
      .poll(() => session.sent.map(({ text }) => text))
      .toEqual([expect.stringContaining('太快')])
    await channel.stop()
  })

  it('fetches the bytes of a file that was sent', async () => {
    const { channel } = await online()
    const { bytes, name } = await channel.readFile('m1', AbortSignal.timeout(1_000))

    expect(new TextDecoder().decode(bytes)).toContain('云岭市总工会')
    expect(name).toBe('安排.txt')
    await channel.stop()
  })

  it('shows the code to scan, and alarms until somebody has', async () => {
    const session = scriptedSession()
    const channel = wechatChannel(async () => session)
    void channel.start(async () => undefined)
    await expect.poll(() => channel.check().status).toBe('down')
    session.emit({ kind: 'scan', qr: 'https://login.example/abc' })
    await expect.poll(() => channel.qrText()).toBe('https://login.example/abc')
    session.emit({ kind: 'login', id: 'bot', name: '小助手' })

    expect(channel.check()).toMatchObject({ status: 'ok' })
    expect(channel.qrText()).toBeUndefined()
    await channel.stop()
  })

  it('says that people have to be bound anew after a login under another id', async () => {
    const { session, channel } = await online()
    session.emit({ kind: 'login', id: 'other', name: '新号' })

    await expect
      .poll(() => channel.check())
      .toMatchObject({ status: 'ok', detail: expect.stringContaining('重新绑定') })
    await session.arrive({ id: 'm1' })
    expect(channel.check().detail).toContain('刚收到过消息')
    await channel.stop()
  })

  it('leaves what is due to the replica that holds the session', async () => {
    const channel = wechatChannel(async () => scriptedSession(), {
      lease: { hold: async () => false, release: async () => undefined },
    })
    void channel.start(async () => undefined)
    await expect.poll(() => channel.sendsHere?.()).toBe(false)

    expect(channel.check()).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('另一台机器'),
    })
    await channel.stop()
  })
})
