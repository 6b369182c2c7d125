import { describe, expect, it } from 'vitest'
import { parseWechatMessage } from './parse-wechat-message.ts'
import type { WechatMessage } from './wechat-link.ts'

const now = Temporal.Instant.from('2026-11-21T02:00:00Z')
const message = (more: Partial<WechatMessage>): WechatMessage => ({
  id: 'm1',
  kind: 'text',
  text: '书屋要建几个',
  isOwn: false,
  talker: { id: 'zhang', name: '张三', isPerson: true },
  mentionsMe: false,
  ownNames: ['工会小助手', '小助手(群里)'],
  sentAt: '2026-11-21T01:59:30Z',
  ...more,
})
const room = { id: 'union@chatroom', topic: '工会群' }
const parse = (more: Partial<WechatMessage>, answersDigits = false) =>
  parseWechatMessage(message(more), { now, answersDigits })
const textOf = (more: Partial<WechatMessage>, answersDigits = false) => {
  const content = parse(more, answersDigits)?.content
  return content?.kind === 'text' ? content.text : undefined
}

describe('a message in a private chat', () => {
  it('is a question, with its sender and its chat', () => {
    expect(parse({})).toMatchObject({
      id: 'm1',
      conversation: { channel: 'wechat', conversationId: 'zhang', kind: 'private' },
      sender: { accountId: 'zhang', displayName: '张三' },
      content: { kind: 'text', text: '书屋要建几个' },
    })
  })

  it('is a file to fetch later, or something we cannot read', () => {
    expect(parse({ kind: 'file', fileName: '安排.docx' })?.content).toEqual({
      kind: 'file',
      name: '安排.docx',
      reference: 'm1',
    })
    expect(parse({ kind: 'voice' })?.content).toEqual({ kind: 'unsupported', what: 'voice' })
  })

  it.each([
    ['our own', { isOwn: true }],
    ['an official account', { talker: { id: 'gh', name: '公众号', isPerson: false } }],
    ['a system notice or a red packet', { kind: 'notice' as const }],
    ['older than ten minutes', { sentAt: '2026-11-21T01:40:00Z' }],
  ])('is left alone when it is %s', (_name, more) => {
    expect(parse(more)).toBeUndefined()
  })
})

describe('a message in a room', () => {
  it.each([
    ['marked by the gateway', { mentionsMe: true, text: '@工会小助手\u2005书屋要建几个' }],
    ['typed by hand', { text: '@工会小助手 书屋要建几个' }],
    ['with a comma', { text: '@工会小助手,书屋要建几个' }],
    ['by the alias in the room', { text: '@小助手(群里)\u2005书屋要建几个' }],
    ['marked under a name we do not know', { mentionsMe: true, text: '@老名字\u2005书屋要建几个' }],
    ['behind the question', { mentionsMe: true, text: '书屋要建几个 @工会小助手' }],
  ])('is for the bot when it is mentioned %s', (_name, more) => {
    expect(textOf({ room, ...more })?.replace(/^[,,]/, '')).toBe('书屋要建几个')
  })

  it.each([
    ['without a mention', { text: '中午吃什么' }],
    ['that calls everybody', { text: '@所有人 开会', mentionsMe: true }],
    ['that mentions somebody whose name begins alike', { text: '@工会小助手二号 在吗' }],
    ['with a file', { kind: 'file' as const, fileName: 'a.txt' }],
  ])('is left alone %s', (_name, more) => {
    expect(parse({ room, ...more })).toBeUndefined()
  })

  it('may be a bare number when numbers were offered', () => {
    expect(textOf({ room, text: ' 2 ' }, true)).toBe('2')
    expect(textOf({ room, text: ' 2 ' })).toBeUndefined()
  })
})

it('leaves out what a reply quotes', () => {
  const text = '「张三:昨天说的那个」\n- - - - - - - - - - - - - - -\n互助保险呢'

  expect(textOf({ text })).toBe('互助保险呢')
})
