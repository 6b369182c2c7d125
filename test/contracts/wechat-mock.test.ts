/** The real wechaty on its mock puppet: what the session process makes of it, and what it sends. */
import { FileBox } from 'file-box'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WechatChannel } from '../../src/channels/wechat/wechat-channel.ts'
import type { InboundMessage, OutboundMessage } from '../../src/domain/message.ts'
import { type MockWorld, mockSession, wechatChannel } from '../support/wechat-session.ts'

const say = (text: string): OutboundMessage => ({ blocks: [{ kind: 'paragraph', text }] })
const options = (deliveryId: string) => ({ deliveryId, signal: AbortSignal.timeout(10_000) })

/** What the mock's rooms and people can do and their types do not say. */
interface Listening {
  on(event: 'message', listener: (message: { text(): string }) => void): void
}

describe('WeChat through wechaty and its mock puppet', () => {
  let world: MockWorld
  let channel: WechatChannel
  let received: InboundMessage[]
  let zhang: ReturnType<MockWorld['mocker']['createContact']>
  let room: ReturnType<MockWorld['mocker']['createRoom']>
  const shown: string[] = []

  beforeEach(async () => {
    received = []
    shown.length = 0
    world = await mockSession()
    zhang = world.mocker.createContact({ id: 'zhang', name: '张三' })
    room = world.mocker.createRoom({
      id: 'union@chatroom',
      topic: '工会群',
      memberIdList: ['bot', 'zhang'],
    })
    channel = wechatChannel(async () => world.link)
    const started = channel.start(async (message) => {
      received.push(message)
    })
    setTimeout(() => world.login(), 20)
    await started
    for (const place of [room, zhang] as unknown as Listening[]) {
      place.on('message', (message) => shown.push(message.text()))
    }
  }, 20_000)
  afterEach(() => channel.stop())

  it('hears a mention in a room, without the mention, and answers with one', async () => {
    zhang.say('@工会小助手\u2005驿站在哪', [world.mocker.createContact({ id: 'bot2' })]).to(room)
    await expect.poll(() => received.length).toBe(1)
    const [message] = received
    expect(message).toMatchObject({
      conversation: { conversationId: 'union@chatroom', kind: 'group' },
      sender: { accountId: 'zhang', displayName: '张三' },
      content: { kind: 'text', text: '驿站在哪' },
    })

    await channel.send(
      message!.conversation,
      { ...say('在工会大厦一楼。'), mention: 'zhang' },
      options('a'),
    )
    await expect.poll(() => shown.join('\n')).toContain('@张三 在工会大厦一楼。')
  })

  it('leaves room talk alone that is not for it', async () => {
    zhang.say('今天吃什么').to(room)
    zhang.say('@所有人 下午开会').to(room)
    zhang.say('@工会小助手 八件实事有哪些').to(room)

    await expect
      .poll(() => received.map(({ content }) => content))
      .toEqual([{ kind: 'text', text: '八件实事有哪些' }])
  })

  it('sends to a person and to a room by itself', async () => {
    const person = { channel: 'wechat', conversationId: 'zhang', kind: 'private' as const }
    const group = { channel: 'wechat', conversationId: 'union@chatroom', kind: 'group' as const }
    await channel.send(person, say('书屋还差 18 个。'), options('r1'))
    await channel.send(group, say('本周催办一览。'), options('r2'))

    await expect
      .poll(() => shown)
      .toEqual(expect.arrayContaining(['书屋还差 18 个。', '本周催办一览。']))
  })

  it('takes a file that the session gives neither kind nor name, and fetches it', async () => {
    const self = world.mocker.ContactMock.load('bot')
    const file = FileBox.fromBase64(Buffer.from('工作要点').toString('base64'), '要点.docx')
    zhang.say(file as never).to(self)
    await expect.poll(() => received.length).toBe(1)
    const [{ content } = {}] = received
    expect(content).toMatchObject({ kind: 'file', name: '要点.docx' })

    const reference = content?.kind === 'file' ? content.reference : ''
    const { bytes, name } = await channel.readFile(reference, AbortSignal.timeout(5_000))
    expect([new TextDecoder().decode(bytes), name]).toEqual(['工作要点', '要点.docx'])
  })

  it('says that it is offline after a logout, and takes up again after a login', async () => {
    world.logout()
    await expect.poll(() => channel.check().status).toBe('down')
    const person = { channel: 'wechat', conversationId: 'zhang', kind: 'private' as const }
    await expect(channel.send(person, say('在吗'), options('b'))).rejects.toMatchObject({
      code: 'wechat_offline',
      retryable: true,
    })

    await expect.poll(() => signsIn(world)).toBe(true)
    await expect.poll(() => channel.check().status).toBe('ok')
    await channel.send(person, say('回来了'), options('c'))
    await expect.poll(() => shown).toContain('回来了')
  })
})

/** The mock refuses a login until it has finished the logout. */
function signsIn(world: MockWorld): boolean {
  try {
    world.login()
    return true
  } catch {
    return false
  }
}
