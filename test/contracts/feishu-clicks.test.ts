/** Buttons pressed on cards in Feishu, and cards that change in place. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Block } from '../../src/domain/message.ts'
import {
  buttonOf,
  type FeishuHarness,
  GROUP,
  type HarnessSending,
  paragraph,
  refusal,
  startFeishuHarness,
  wordsOf,
} from '../support/feishu-harness.ts'

const SEND = /^\/open-apis\/im\/v1\/messages/

let harness: FeishuHarness
beforeEach(async () => {
  harness = await startFeishuHarness()
})
afterEach(() => harness.close())

const send = (blocks: readonly Block[], options?: HarnessSending) => harness.send(blocks, options)
const shown = () => harness.platform.world.shown
const paidCalls = () => harness.paidCalls()

describe('a click', () => {
  const votes: Block = {
    kind: 'actions',
    actions: [
      { label: '有用', name: 'vote', values: { value: 'up' } },
      { label: '没用', name: 'vote', values: { value: 'down' } },
    ],
  }
  const press = (label: string) => {
    const [card] = shown()
    return harness.platform.click({
      from: 'ou_w',
      messageId: card!.id,
      chatId: card!.chatId,
      value: buttonOf(card!, label),
    })
  }

  it('is answered with the new card, without another call', async () => {
    await send([paragraph('答'), votes])
    const before = paidCalls()
    const pressing = press('没用')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await send([paragraph('哪里不对?')], { id: 'd2', replaces: 'd1' })
    const { code, data, milliseconds } = await pressing
    expect(code).toBe(200)
    expect(milliseconds).toBeLessThan(3_000)
    expect(JSON.stringify(data)).toContain('哪里不对?')
    expect(data).toMatchObject({ toast: { type: 'success' }, card: { type: 'raw' } })
    expect(paidCalls()).toBe(before)
    expect(harness.received[0]?.content).toMatchObject({ name: 'vote', values: { value: 'down' } })
  })

  it('is answered with a word when the card takes longer, and the card follows', async () => {
    await send([paragraph('答'), votes])
    const { data, milliseconds } = await press('有用')
    expect(data).toEqual({ toast: { type: 'info', content: '已收到，正在处理。' } })
    expect(milliseconds).toBeLessThan(3_000)
    await send([paragraph('谢谢')], { id: 'd2', replaces: 'd1' })
    expect(shown()).toHaveLength(1)
    expect(wordsOf(shown()[0]!)).toContain('谢谢')
  })

  it('answered in a few words shows them where it was pressed, and writes nothing', async () => {
    await send([paragraph('答'), votes])
    const pressing = press('有用')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await send([paragraph('谢谢!')], { id: 'd2', replyTo: harness.received[0]!.id })
    expect((await pressing).data).toEqual({ toast: { type: 'success', content: '谢谢!' } })
    expect(shown()).toHaveLength(1)
  })

  it('answered at length or late becomes a reply to the card', async () => {
    await send([paragraph('答'), votes])
    await press('有用')
    await send([paragraph('谢谢!')], { id: 'd2', replyTo: harness.received[0]!.id })
    expect(shown()[1]).toMatchObject({ parentId: shown()[0]?.id })
  })

  it('can be answered by naming the message it was pressed on', async () => {
    await send([paragraph('答'), votes])
    const pressing = press('没用')
    await new Promise((resolve) => setTimeout(resolve, 50))
    const replaces = harness.received[0]!.replyTo!
    await send([paragraph('哪里不对?')], { id: 'd2', replaces })
    expect(JSON.stringify((await pressing).data)).toContain('哪里不对?')
    await send([paragraph('谢谢反馈')], { id: 'd3', replaces })
    expect(shown().map(wordsOf)).toEqual(['谢谢反馈'])
  })

  it('changes its card in place, with a word where it was pressed; late, without the word', async () => {
    await send([paragraph('书屋 8/30个'), votes])
    const revise = (id: string, blocks: Block[]) =>
      harness.channel.send(
        GROUP,
        { blocks: [paragraph('已保存')], card: blocks, replyTo: harness.received.at(-1)!.id },
        { deliveryId: id, signal: AbortSignal.timeout(10_000) },
      )
    const before = paidCalls()
    const pressing = press('有用')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await revise('d2', [paragraph('书屋 12/30个'), votes])
    const { data } = await pressing
    expect(data).toMatchObject({ toast: { content: '已保存' }, card: { type: 'raw' } })
    expect(JSON.stringify(data)).toContain('书屋 12/30个')
    expect(paidCalls()).toBe(before)

    await press('没用')
    await revise('d3', [paragraph('书屋 30/30个')])
    expect(shown().map(wordsOf)).toEqual(['书屋 30/30个'])
    expect(paidCalls()).toBe(before + 1)
  })

  it('is not needed for a card: what was asked in words is answered with buttons too', async () => {
    await send([paragraph('回复「是」')], { card: [paragraph('确认吗'), votes], replyTo: 'x/om_1' })
    expect(wordsOf(shown()[0]!)).toBe('确认吗\n有用\n没用')
  })

  it('pressed five times has one effect', async () => {
    await send([paragraph('答'), votes])
    await Promise.all(Array.from({ length: 5 }, () => press('有用')))
    expect(new Set(harness.received.map(({ id }) => id)).size).toBe(1)
  })

  it('on something that is no card of ours gets a polite word', async () => {
    const { data } = await harness.platform.click({
      from: 'ou_w',
      messageId: 'om_x',
      chatId: 'oc_x',
      value: 'nonsense',
    })
    expect(data).toMatchObject({ toast: { type: 'warning' } })
    expect(harness.received).toEqual([])
  })
})

describe('an update', () => {
  it('changes the card in place: two calls for a finished answer', async () => {
    const before = paidCalls()
    await send([paragraph('摘录')])
    await send([paragraph('整理过的回答')], { id: 'd2', replaces: 'd1' })
    await send([paragraph('再改')], { id: 'd3', replaces: 'd2' })
    expect(shown()).toHaveLength(1)
    expect(wordsOf(shown()[0]!)).toBe('再改')
    expect(paidCalls() - before).toBe(3)
  })

  it('becomes a new message when the old one is too old or gone', async () => {
    await send([paragraph('旧')])
    harness.platform.fail({ path: SEND, how: refusal(230031) })
    await send([paragraph('新')], { id: 'd2', replaces: 'd1' })
    harness.platform.world.recalled.add(shown()[1]!.id)
    await send([paragraph('更新')], { id: 'd3', replaces: 'd2' })
    expect(shown().map(wordsOf)).toEqual(['旧', '新', '更新'])
  })
})

describe('an update with streaming on', () => {
  const words = '工会驿站要因地制宜“建”强,责任到位“管”好,融合服务“用”活。'
  let typing: FeishuHarness
  const update = async (id: string, text: string, replaces?: string) =>
    typing.channel.send(
      GROUP,
      { blocks: [paragraph(text)], ...(replaces ? { replaces } : {}) },
      { deliveryId: id, signal: AbortSignal.timeout(10_000) },
    )
  beforeEach(async () => {
    typing = await startFeishuHarness({ streaming: true })
  })
  afterEach(() => typing.close())

  it('is typed letter by letter and ends as an ordinary card', async () => {
    await update('d1', '摘录')
    await update('d2', words, 'd1')
    await update('d3', `${words}还要办好。`, 'd2')
    const [entity] = typing.platform.world.cardEntities.values()
    expect(entity?.writes[0]).toBe(words)
    const [card, ...more] = typing.platform.world.shown
    expect(more).toEqual([])
    expect(wordsOf(card!)).toBe(`${words}还要办好。`)
    expect(card?.content).not.toContain('"streaming_mode":true')
  })

  it('is shown as a whole when typing is refused half way', async () => {
    typing.platform.fail({ path: /elements\/typed/, how: refusal(300309) })
    await update('d1', '摘录')
    await update('d2', words, 'd1')
    expect(wordsOf(typing.platform.world.shown[0]!)).toBe(words)
    expect(typing.platform.world.shown[0]?.content).not.toContain('"streaming_mode":true')
  })
})
