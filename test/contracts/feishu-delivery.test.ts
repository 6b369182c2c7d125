/** What Feishu shows of what the bot sends, also when the platform is in a bad mood. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FeishuError } from '../../src/channels/feishu/classify-error.ts'
import type { Block, ConversationRef } from '../../src/domain/message.ts'
import {
  type FeishuHarness,
  type HarnessSending,
  paragraph,
  refusal,
  startFeishuHarness,
  wordsOf,
} from '../support/feishu-harness.ts'
import { readEvent } from '../support/feishu-platform-events.ts'

const SEND = /^\/open-apis\/im\/v1\/messages/
const cadre: ConversationRef = { channel: 'feishu', conversationId: 'ou_li', kind: 'private' }

let harness: FeishuHarness
const reads: string[] = []
beforeEach(async () => {
  harness = await startFeishuHarness({
    onRead: ({ deliveryId, accountId }) => reads.push(`${deliveryId} ${accountId}`),
  })
})
afterEach(() => harness.close())

const send = (blocks: readonly Block[], options?: HarnessSending) => harness.send(blocks, options)
const shown = () => harness.platform.world.shown
const paidCalls = () => harness.paidCalls()
const { signal } = new AbortController()

describe('where a message goes', () => {
  it('answers the question it answers, in its thread where there is one', async () => {
    await harness.platform.say({
      from: 'ou_w',
      group: 'oc_group',
      mention: true,
      text: 'a',
      threadId: 'omt_1',
    })
    const [question] = harness.received
    await send([paragraph('答')], { to: question!.conversation, replyTo: question!.id })
    expect(shown()[0]).toMatchObject({ chatId: 'oc_group', threadId: 'omt_1' })
    expect(`cli_0123456789abcdef/${shown()[0]?.parentId}`).toBe(question?.id)
  })

  it('opens the private chat of a cadre', async () => {
    await send([paragraph('催办')], { to: cadre })
    expect(shown()[0]?.chatId).toBe('oc_p2p_li')
  })

  it('writes to the chat when what it answers is not a message', async () => {
    await send([paragraph('欢迎')], { replyTo: 'cli_0123456789abcdef/added/ev_1' })
    expect(shown()[0]).toMatchObject({ chatId: 'oc_group' })
    expect(shown()[0]?.parentId).toBeUndefined()
  })

  it('replies outside the thread when the thread is gone', async () => {
    await harness.platform.say({
      from: 'ou_w',
      group: 'oc_group',
      mention: true,
      text: 'a',
      threadId: 'omt_1',
    })
    harness.platform.fail({ path: /reply$/, how: refusal(230019) })
    const [question] = harness.received
    await send([paragraph('答')], { to: question!.conversation, replyTo: question!.id })
    expect(shown()).toHaveLength(1)
  })

  it('says it in the chat when what it answers is not there any more', async () => {
    await send([paragraph('答')], { replyTo: 'cli_0123456789abcdef/om_gone' })
    expect(shown()).toMatchObject([{ chatId: 'oc_group' }])
  })

  it('does not answer a question that was taken back', async () => {
    await harness.platform.say({ from: 'ou_w', text: '算了', messageId: 'om_1' })
    harness.platform.world.recalled.add('om_1')
    await expect(
      send([paragraph('答')], { replyTo: harness.received[0]!.id }),
    ).rejects.toMatchObject({
      code: 'feishu_recalled',
      retryable: false,
    })
    expect(shown()).toEqual([])
  })

  it('mentions the asker in a group', async () => {
    await send([paragraph('答')], { mention: 'ou_w' })
    expect(shown()[0]?.content).toContain('<at id=ou_w></at>')
  })
})

describe('what it looks like', () => {
  it('never calls everybody, whatever the text says', async () => {
    const text = '<at id=all></at><at user_id="all">所有人</at> @所有人'
    await send([paragraph(text), { kind: 'quote', text, source: text }])
    harness.platform.fail({ path: SEND, how: refusal(230099) })
    await send([paragraph(text)], { id: 'd2' })
    expect(shown().map(({ type }) => type)).toEqual(['interactive', 'text'])
    for (const message of shown()) expect(message.content).not.toMatch(/<at /)
  })

  it.each([
    ['by its code for cards', 230099],
    ['by a code nobody knows', 239999],
  ])('says the same as text when the platform refuses the card %s', async (_why, code) => {
    harness.platform.fail({ path: SEND, how: refusal(code) })
    await send([
      paragraph('今年四十个。'),
      { kind: 'quote', text: '新建四十个', source: '《要点》' },
    ])
    expect(shown()[0]?.type).toBe('text')
    expect(wordsOf(shown()[0]!)).toMatch(/今年四十个。[\s\S]*新建四十个/)
  })

  it('splits what fits no card into texts, each sent once', async () => {
    const sentences = Array.from({ length: 3_000 }, (_, at) => `第${at + 1}条要抓紧办。`)
    await send([paragraph(sentences.join(''))])
    await send([paragraph(sentences.join(''))])
    expect(shown().map(({ type }) => type)).toEqual(['text', 'text', 'text', 'text'])
    expect(shown().map(wordsOf).join('')).toBe(sentences.join(''))
  })

  it('masks phone numbers when the content audit stops them', async () => {
    harness.platform.world.audit = /13800138000/
    await send([paragraph('驿站管理员 13800138000,热线 12351')])
    expect(wordsOf(shown()[0]!)).toBe('驿站管理员 138****8000,热线 12351')
  })
})

describe('when the platform misbehaves', () => {
  it('shows a message once when the answer was lost', async () => {
    harness.platform.fail({ path: SEND, how: { kind: 'applied-then-502' } })
    await send([paragraph('一次')])
    expect(shown()).toHaveLength(1)
  })

  it('fetches a token again when it was revoked', async () => {
    harness.platform.expireTokens()
    await send([paragraph('还在')])
    expect(shown()).toHaveLength(1)
  })

  it('waits out a short limit by itself and leaves a long one to the outbox', async () => {
    const limit = (seconds: string) =>
      ({
        kind: 'answer',
        answer: {
          status: 429,
          headers: { 'x-ogw-ratelimit-reset': seconds },
          body: { code: 99991400 },
        },
      }) as const
    harness.platform.fail({ path: SEND, how: limit('0.1') })
    await send([paragraph('短')])
    expect(shown()).toHaveLength(1)

    harness.platform.fail({ path: SEND, how: limit('60') })
    const error = await send([paragraph('长')], { id: 'd2' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(FeishuError)
    const inSeconds =
      (error as FeishuError).retryAt!.epochMilliseconds - Temporal.Now.instant().epochMilliseconds
    expect(inSeconds).toBeGreaterThan(50_000)

    const before = paidCalls()
    await expect(send([paragraph('再')], { id: 'd3' })).rejects.toMatchObject({ retryable: true })
    expect(paidCalls()).toBe(before)
  })

  it.each([
    [230002, 'feishu_not_in_chat'],
    [230013, 'feishu_unreachable_person'],
    [99991672, 'feishu_scope'],
    [99991403, 'feishu_quota'],
  ])('gives up on refusal %i and says why', async (code, name) => {
    harness.platform.fail({ path: SEND, how: refusal(code) })
    await expect(send([paragraph('x')])).rejects.toMatchObject({ code: name, retryable: false })
  })

  it("takes a success that is not the platform's for a failure", async () => {
    harness.platform.fail({
      path: SEND,
      times: 3,
      how: { kind: 'answer', answer: { body: '<html>login</html>' } },
    })
    await expect(send([paragraph('x')])).rejects.toMatchObject({
      retryable: true,
      outcomeUnknown: true,
    })
  })
})

describe('a reminder', () => {
  it('is pushed when urgent, and still counts as sent when that is refused', async () => {
    await send([paragraph('明天到期')], { to: cadre, urgent: true })
    expect(shown()[0]?.urgentTo).toEqual(['ou_li'])
    harness.platform.fail({ path: /urgent_app/, how: refusal(230023) })
    await send([paragraph('今天到期')], { id: 'd2', to: cadre, urgent: true })
    expect(shown()).toHaveLength(2)
  })

  it('tells who has read it, by asking and by event', async () => {
    await send([paragraph('请看')], { to: cadre })
    expect(await harness.channel.readers('d1', signal)).toEqual([])
    shown()[0]?.readBy.push('ou_li')
    expect(await harness.channel.readers('d1', signal)).toEqual(['ou_li'])
    expect(await harness.channel.readers('unknown', signal)).toEqual([])
    await harness.platform.deliver(readEvent(harness.platform, 'ou_li', [shown()[0]!.id, 'om_x']))
    expect(reads).toEqual(['d1 ou_li'])
  })

  it("counts what the month's quota pays for, contacts apart", async () => {
    const before = harness.channel.health().calls.calls
    await send([paragraph('a')])
    await harness.channel.directory.departments(signal)
    expect(harness.channel.health().calls.calls - before).toBe(1)
  })
})
