import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  botAddedEvent,
  messageEvent,
  type PlatformEvent,
  privateChatEnteredEvent,
  recallEvent,
  type Saying,
} from '../../../test/support/feishu-platform-events.ts'
import { parseDocumentLink } from './document-link.ts'
import { type Identity, parseEvent } from './parse-event.ts'

const platform = {
  appId: 'cli_0123456789abcdef',
  botOpenId: 'ou_bot',
  botName: '娘家人',
  verificationToken: 'token',
}
const identity: Identity = { appId: platform.appId, bot: { openId: 'ou_bot', name: '娘家人' } }

/** As the dispatcher hands an event over: header and event in one. */
const flat = ({ header, event }: PlatformEvent) => ({ ...header, ...event })
const read = (event: PlatformEvent, as = identity) =>
  parseEvent(event.header['event_type'] ?? '', flat(event), as)
const say = (saying: Saying, as = identity) => read(messageEvent(platform, saying), as)

describe('parseEvent', () => {
  it('reads a question of a private chat', () => {
    const message = say({
      from: 'ou_wang',
      text: '补助怎么领?',
      messageId: 'om_1',
      createdAt: 1_800_000_000_000,
    })

    expect(message).toEqual({
      id: 'cli_0123456789abcdef/om_1',
      conversation: { channel: 'feishu', conversationId: 'ou_wang', kind: 'private' },
      sender: { accountId: 'ou_wang' },
      sentAt: Temporal.Instant.fromEpochMilliseconds(1_800_000_000_000),
      content: { kind: 'text', text: '补助怎么领?' },
    })
  })

  it('takes its own mention out and puts the names of others in', () => {
    const message = say({
      from: 'ou_wang',
      group: 'oc_g',
      mention: true,
      others: [{ openId: 'ou_zhang', name: '张三' }],
      text: '的补助发了吗',
    })

    expect(message?.content).toEqual({ kind: 'text', text: '张三 的补助发了吗' })
    expect(message?.conversation.kind).toBe('group')
  })

  it.each<[string, Saying]>([
    ['nobody is mentioned', { from: 'ou_w', group: 'oc_g', text: '大家好' }],
    [
      'somebody else is mentioned',
      { from: 'ou_w', group: 'oc_g', text: '在吗', others: [{ openId: 'ou_z', name: '张三' }] },
    ],
    ['everybody is mentioned', { from: 'ou_w', group: 'oc_g', content: { text: '@_all 开会' } }],
    [
      'a person has the name of the bot',
      { from: 'ou_w', group: 'oc_g', text: '在吗', others: [{ openId: 'ou_z', name: '娘家人' }] },
    ],
    [
      'another bot speaks',
      { from: 'ou_other_bot', group: 'oc_g', mention: true, text: '收到', senderType: 'app' },
    ],
    ['the platform itself speaks', { from: 'ou_w', type: 'system', content: { template: '入群' } }],
  ])('stays silent when %s', (_, saying) => {
    expect(say(saying)).toBeUndefined()
  })

  it('counts only what the platform marks as a bot while it does not know itself', () => {
    const unknown: Identity = { appId: platform.appId, bot: undefined }
    const others = [{ openId: 'ou_z', name: '张三' }]

    expect(say({ from: 'ou_w', group: 'oc_g', text: '在吗', others }, unknown)).toBeUndefined()
    expect(say({ from: 'ou_w', group: 'oc_g', text: '在吗', mention: true }, unknown)).toBeDefined()
  })

  it('hands on an empty mention as an empty question', () => {
    const message = say({ from: 'ou_w', group: 'oc_g', mention: true, text: '' })
    expect(message?.content).toEqual({ kind: 'text', text: '' })
  })

  it('reads rich text with its title, links and mentions', () => {
    const content = {
      title: '请教',
      content: [
        [
          { tag: 'at', user_id: '@_user_1', user_name: '娘家人' },
          { tag: 'text', text: '看 ' },
          { tag: 'a', text: '这里', href: 'https://example.com/x' },
        ],
        [{ tag: 'img', image_key: 'img_1' }],
        [{ tag: 'text', text: '第二行' }],
      ],
    }
    const message = say({ from: 'ou_w', group: 'oc_g', mention: true, type: 'post', content })
    expect(message?.content).toEqual({
      kind: 'text',
      text: '请教\n看 这里 https://example.com/x\n第二行',
    })
  })

  it('keeps threads apart', () => {
    const message = say({
      from: 'ou_w',
      group: 'oc_g',
      mention: true,
      text: 'a',
      threadId: 'omt_1',
    })
    expect(message?.conversation.threadId).toBe('omt_1')
  })

  it('names the message that is answered', () => {
    const message = say({ from: 'ou_w', text: '解释一下', parentId: 'om_parent' })
    expect(message?.replyTo).toBe('cli_0123456789abcdef/om_parent')
  })

  it('reads a file with what is needed to fetch it', () => {
    const content = { file_key: 'file_v3_1', file_name: '要点.docx' }
    const message = say({ from: 'ou_w', type: 'file', content, messageId: 'om_f' })
    expect(message?.content).toEqual({
      kind: 'file',
      name: '要点.docx',
      reference: 'message:om_f/file_v3_1',
    })
  })

  it('takes a document link that is handed over in private for a file', () => {
    const link = 'https://union.feishu.cn/docx/AbCdEfGhIjKlMnOp?from=chat'
    expect(say({ from: 'ou_w', text: `请导入 ${link}` })?.content).toMatchObject({
      kind: 'file',
      reference: `link:${link}`,
    })
    expect(say({ from: 'ou_w', text: `${link} 里的补助标准是多少` })?.content.kind).toBe('text')
    expect(say({ from: 'ou_w', group: 'oc_g', mention: true, text: link })?.content.kind).toBe(
      'text',
    )
  })

  it('takes it for a file with its title as the words of the link, too, and from a private deployment', () => {
    const handOver = (href: string, more: object[] = []) =>
      say({
        from: 'ou_w',
        type: 'post',
        content: { content: [[{ tag: 'a', text: '工作要点', href }, ...more]] },
      })?.content
    const href = 'https://docs.union.example/wiki/AbCdEfGhIjKlMnOpQrStUvWxYz1'
    expect(handOver(href)).toMatchObject({ kind: 'file', reference: `link:${href}` })
    expect(handOver(href, [{ tag: 'text', text: '里补助多少' }])).toMatchObject({
      kind: 'text',
      text: `工作要点 ${href} 里补助多少`,
    })
    expect(handOver('https://news.example/wiki/Labour')?.kind).toBe('text')
  })

  it('knows the documents that it cannot read, so that it can say so', () => {
    const text = 'https://union.feishu.cn/sheets/ShtCnAbCdEfGh?sheet=1'
    expect(say({ from: 'ou_w', text })?.content).toMatchObject({ reference: `link:${text}` })
    expect(parseDocumentLink(text)).toEqual({ kind: 'other', token: 'ShtCnAbCdEfGh' })
  })

  it.each([
    ['image', '图片'],
    ['audio', '语音'],
    ['sticker', '表情'],
    ['something_new', '这类消息'],
  ])('names what it cannot read: %s', (type, what) => {
    const message = say({ from: 'ou_w', type, content: { image_key: 'x' } })
    expect(message?.content).toEqual({ kind: 'unsupported', what })
  })

  it('gives the same id to a redelivery with another event id', () => {
    const saying = { from: 'ou_w', text: 'a', messageId: 'om_9' }
    const ids = ['ev_1', 'ev_2'].map((eventId) => say({ ...saying, eventId })?.id)
    expect(new Set(ids).size).toBe(1)
  })

  it('gives two bots in one group different ids for one message', () => {
    const event = messageEvent(platform, { from: 'ou_w', group: 'oc_g', mention: true, text: 'a' })
    const other = { ...identity, appId: 'cli_other' }
    expect(read(event)?.id).not.toBe(read(event, other)?.id)
  })

  it('reports a recall under the id that the question had', () => {
    const asked = say({ from: 'ou_w', text: 'a', messageId: 'om_7' })
    const recalled = read(recallEvent(platform, 'om_7', 'oc_p2p_w'))
    expect(recalled?.content).toEqual({ kind: 'recalled', messageId: asked?.id })
    expect(recalled?.id).not.toBe(asked?.id)
  })

  it('greets a group it was added to, and a person once however often they look in', () => {
    expect(read(botAddedEvent(platform, 'oc_g', 'ou_w'))?.content).toEqual({
      kind: 'joined',
      who: 'bot',
    })
    const entered = [1, 2].map(() => read(privateChatEnteredEvent(platform, 'ou_w')))
    expect(entered[0]?.content).toEqual({ kind: 'joined', who: 'person' })
    expect(entered[0]?.id).toBe(entered[1]?.id)
  })

  it('keeps ten thousand characters and cuts twenty thousand more', () => {
    const long = say({ from: 'ou_w', text: '长'.repeat(10_000) })
    expect(long?.content).toEqual({ kind: 'text', text: '长'.repeat(10_000) })
    const content = say({ from: 'ou_w', text: '长'.repeat(40_000) })?.content
    expect(content?.kind === 'text' && content.text.length).toBe(20_000)
  })

  it('never throws, whatever an event holds', () => {
    const types = [
      'im.message.receive_v1',
      'im.message.recalled_v1',
      'im.chat.member.bot.added_v1',
      'x',
    ]
    const anything = fc.oneof(fc.anything(), fc.object({ maxDepth: 4 }))
    fc.assert(
      fc.property(fc.constantFrom(...types), anything, (type, event) => {
        parseEvent(type, event, identity)
      }),
    )
  })

  it('ignores a message whose content is not what its type says', () => {
    const event = messageEvent(platform, { from: 'ou_w', text: 'a' })
    const broken = (content: string) => ({
      ...flat(event),
      message: { ...(event.event['message'] as object), content },
    })
    for (const content of ['', '{', '[]', 'null', '{"text":1}']) {
      expect(parseEvent('im.message.receive_v1', broken(content), identity)).toBeUndefined()
    }
  })
})
