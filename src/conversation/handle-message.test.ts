import { describe, expect, it } from 'vitest'
import type { Answer } from '../domain/answer.ts'
import type { InboundContent, InboundMessage, OutboundMessage } from '../domain/message.ts'
import { toPlainText } from '../domain/plain-text.ts'
import type { Query } from '../domain/query.ts'
import { type ConversationTools, type GivenAnswer, handleMessage } from './handle-message.ts'
import { createDialogueMemory } from './recall-dialogue.ts'
import type { Vote } from './take-vote.ts'

const NOT_FOUND: Answer = {
  kind: 'not-found',
  summary: '现有材料没有写金额。',
  nearest: [],
  notices: [],
  suggestions: [],
}

function message(content: InboundContent, more: Partial<InboundMessage> = {}): InboundMessage {
  return {
    id: 'm1',
    conversation: { channel: 'memory', conversationId: 'c1', kind: 'private' },
    sender: { accountId: 'li' },
    sentAt: Temporal.Instant.from('2026-11-20T08:00:00Z'),
    content,
    ...more,
  }
}
const text = (words: string, more: Partial<InboundMessage> = {}) =>
  message({ kind: 'text', text: words }, more)
const GROUP = { channel: 'memory', conversationId: 'g1', kind: 'group' } as const

function bench(answer: Answer = NOT_FOUND, more: Partial<ConversationTools> = {}) {
  const queries: Query[] = []
  const given: GivenAnswer[] = []
  const votes: Vote[] = []
  const privately: OutboundMessage[] = []
  const kept = new Map<string, unknown>()
  const tools: ConversationTools = {
    audienceOf: async () => ({ role: 'worker', jurisdictionCode: '620800' }),
    ask: async (query) => {
      queries.push(query)
      return answer
    },
    dialogue: createDialogueMemory({
      get: async (key) => kept.get(key),
      set: async (key, value) => kept.set(key, structuredClone(value)),
    }),
    today: () => Temporal.PlainDate.from('2026-11-20'),
    contact: { unionName: '平凉市总工会', hotline: '0933-12351' },
    examples: ['一', '二', '三', '四'],
    takeFile: async () => undefined,
    recordAnswer: async (one) => void given.push(one),
    recordVote: async (one) => void votes.push(one),
    callHuman: async () => true,
    sendPrivately: async (_, reply) => privately.push(reply) > 0,
    ...more,
  }
  const send = async (one: InboundMessage) => {
    const out = await handleMessage(one, tools)
    return { out, text: out === undefined ? '' : toPlainText(out) }
  }
  return { send, queries, given, votes, privately }
}

describe('handleMessage', () => {
  it('hands the same person’s earlier questions on, and nobody else’s', async () => {
    const { send, queries } = bench()
    await send(text('今年要新建多少职工书屋?', { conversation: GROUP }))
    await send(text('那互助保险呢?', { conversation: GROUP }))
    await send(text('那我呢?', { conversation: GROUP, sender: { accountId: 'ma' } }))
    await send(text('那我呢?', { conversation: { ...GROUP, threadId: 't' } }))

    expect(queries.map(({ history }) => history)).toEqual([[], ['今年要新建多少职工书屋?'], [], []])
  })

  it('asks with the audience and the day it is told', async () => {
    const { send, queries } = bench()
    await send(text('书屋'))

    expect(queries[0]).toMatchObject({ role: 'worker', jurisdictionCode: '620800' })
    expect(String(queries[0]?.askedOn)).toBe('2026-11-20')
  })

  it('offers a human after two misses in a row', async () => {
    const { send } = bench()

    expect((await send(text('一户多少钱'))).text).not.toContain('要不要转人工')
    expect((await send(text('到底多少钱'))).text).toContain('要不要转人工')
  })

  it.each(['转人工', '我不想跟机器人说话', '能不能换个人来回答', '给我接工作人员'])(
    'says whom to call when a human is wanted, and that the union was told: %s',
    async (words) => {
      const { send } = bench()
      const { text: said } = await send(text(words))

      expect(said).toContain('已经把您的问题转给平凉市总工会')
      expect(said).toContain('0933-12351')
    },
  )

  it('asks why an answer did not help, once, and records both', async () => {
    const { send, votes } = bench()
    const click = (values: Record<string, string>) =>
      send(message({ kind: 'action', name: 'vote', values }))
    const { out } = await click({ answer: 'm0', value: 'down' })
    const actions = out?.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []))
    await click(actions?.[0]?.values ?? {})

    expect(actions?.map(({ label }) => label)).toEqual(['过时', '不准', '没答到', '看不懂'])
    expect(votes).toEqual([
      { answerId: 'm0', helpful: false },
      { answerId: 'm0', helpful: false, reason: 'outdated' },
    ])
  })

  it('answers hardship told in a group in private', async () => {
    const { send, privately } = bench()
    const { text: said } = await send(text('我家孩子得了重病,能补多少', { conversation: GROUP }))

    expect(said).toContain('已私信您')
    expect(privately).toHaveLength(1)
    expect(toPlainText(privately[0] ?? { blocks: [] })).toContain('没有写金额')
  })

  it('asks for a private chat where the channel cannot open one', async () => {
    const { send } = bench(NOT_FOUND, { sendPrivately: async () => false })

    expect((await send(text('本人月工资只有一千', { conversation: GROUP }))).text).toContain(
      '请私聊我',
    )
  })

  it('keeps identity and phone numbers out of the log', async () => {
    const { send, given } = bench()
    await send(text('我的身份证620802199001011234,电话13812345678,能领吗'))

    expect(given[0]?.question).not.toMatch(/620802199001011234|13812345678/)
  })

  it('greets whoever joins with three examples to click', async () => {
    const { send } = bench()
    const { out } = await send(message({ kind: 'joined', who: 'person' }))

    expect(
      out?.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : [])),
    ).toHaveLength(3)
  })

  it('says what it can read when sent a picture, and nothing to a recall', async () => {
    const { send } = bench()

    expect((await send(message({ kind: 'unsupported', what: 'image' }))).text).toContain(
      '只能读文字和文件',
    )
    expect((await send(message({ kind: 'recalled', messageId: 'm0' }))).out).toBeUndefined()
  })

  it('forgets what a cache of another version left behind', async () => {
    const memory = createDialogueMemory({
      get: async () => ({ questions: 'x' }),
      set: async () => {},
    })

    expect(await memory.recall(text('x'))).toEqual({ questions: [], misses: 0 })
  })
})
