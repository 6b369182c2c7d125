/**
 * What every channel promises, as tests. An adapter's own test calls `describeChannel` with a harness
 * that starts the adapter against a stand-in of its platform:
 *
 *     describeChannel('Feishu', async () => startFeishuHarness())
 *
 * What a platform cannot do is declared in `capabilities`, and its case is then checked the other way
 * round or skipped by name: no case asks for the adapter's name.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Channel, DeliveryError } from '../../src/channels/channel.ts'
import type {
  Block,
  ConversationRef,
  InboundMessage,
  OutboundMessage,
} from '../../src/domain/message.ts'

export type PlatformFault = 'rate-limited' | 'server-error' | 'timeout-after-accept' | 'forbidden'

export interface ChannelHarness {
  readonly channel: Channel
  /** A conversation that the bot may write to. */
  readonly conversation: ConversationRef
  /**
   * Has the platform deliver a text message with this platform id. Resolves to what the platform saw:
   * an acknowledgement, or a refusal after which it would deliver again.
   */
  arrive(message: {
    readonly id: string
    readonly text: string
  }): Promise<'acknowledged' | 'refused'>
  /** Plain text of every message a reader of `conversation` sees, oldest first, edits applied. */
  shown(): Promise<readonly string[]>
  /**
   * The platform's next answer to a send. Absent when the platform has no such answer (a terminal).
   * `rate-limited` names a moment to retry where the platform can.
   */
  readonly failNext?: (fault: PlatformFault) => void
  /** Faults that this platform can show; every one in the list is tested. */
  readonly faults: readonly PlatformFault[]
  close(): Promise<void>
}

const paragraph = (text: string): OutboundMessage => ({ blocks: [{ kind: 'paragraph', text }] })

/** One of every kind of block, each with a word of its own. */
const EVERY_BLOCK: readonly Block[] = [
  { kind: 'heading', text: '进度提醒' },
  { kind: 'paragraph', text: '请在年底前报送。' },
  { kind: 'quote', text: '新建书屋四十个', highlight: '四十个', source: '示例要点' },
  { kind: 'notice', tone: 'warning', text: '这份文件已经过期。' },
  { kind: 'rows', rows: [{ label: '责任单位', value: '宣教部' }] },
  { kind: 'details', title: '原文位置', blocks: [{ kind: 'paragraph', text: '第三部分' }] },
  { kind: 'divider' },
  {
    kind: 'actions',
    actions: [{ label: '签收', name: 'task-accept', values: { task: 't1' }, style: 'primary' }],
  },
]
const WORDS = [
  '进度提醒',
  '请在年底前报送',
  '新建书屋四十个',
  '示例要点',
  '已经过期',
  '责任单位',
  '宣教部',
]

export function describeChannel(title: string, open: () => Promise<ChannelHarness>): void {
  describe(`${title} keeps the channel's promises`, () => {
    let harness: ChannelHarness
    let received: InboundMessage[]
    let refuse: boolean

    beforeEach(async () => {
      received = []
      refuse = false
      harness = await open()
      await harness.channel.start(async (message) => {
        if (refuse) throw new Error('The inbox is not available.')
        received.push(message)
      })
    })
    afterEach(async () => {
      await harness.channel.stop()
      await harness.close()
    })

    const send = (message: OutboundMessage, deliveryId: string, to = harness.conversation) =>
      harness.channel.send(to, message, { deliveryId, signal: AbortSignal.timeout(10_000) })
    const sendFailing = async (fault: PlatformFault) => {
      harness.failNext?.(fault)
      return await send(paragraph('催办'), `fault-${fault}`).then(
        () => undefined,
        (error: unknown) => error,
      )
    }

    it('hands on a text message with its id, its conversation and its words', async () => {
      await harness.arrive({ id: 'in-1', text: '今年要建多少书屋?' })

      expect(received).toHaveLength(1)
      const [message] = received
      expect(message?.content).toEqual({ kind: 'text', text: '今年要建多少书屋?' })
      expect(message?.id).toContain('in-1')
      expect(message?.conversation.channel).toBe(harness.channel.name)
      expect(message?.sender.accountId).not.toBe('')
    })

    it('acknowledges only what was taken in', async () => {
      refuse = true
      const first = await harness.arrive({ id: 'in-2', text: '在吗' })
      refuse = false
      const second = await harness.arrive({ id: 'in-2', text: '在吗' })

      expect([first, second]).toEqual(['refused', 'acknowledged'])
      expect(received).toHaveLength(1)
    })

    it('gives a redelivered message the id it had', async () => {
      await harness.arrive({ id: 'in-3', text: '你好' })
      await harness.arrive({ id: 'in-3', text: '你好' })
      await harness.arrive({ id: 'in-4', text: '你好' })

      const ids = received.map(({ id }) => id)
      expect(new Set(ids.slice(0, -1)).size).toBe(1)
      expect(ids.at(-1)).not.toBe(ids[0])
    })

    it('shows a message that is sent', async () => {
      await send(paragraph('书屋四十个。'), 'out-1')

      expect(await harness.shown()).toEqual([expect.stringContaining('书屋四十个。')])
    })

    it('shows every kind of block, none silently dropped', async () => {
      await send({ blocks: EVERY_BLOCK }, 'out-2')

      const text = (await harness.shown()).join('\n')
      expect(WORDS.filter((word) => !text.includes(word))).toEqual([])
      expect(text).toContain('签收')
    })

    it('shows a repeated delivery once when it says that it can tell', async () => {
      await send(paragraph('第一次'), 'out-3')
      await send(paragraph('第一次'), 'out-3')

      const shown = await harness.shown()
      expect(shown.length).toBeGreaterThanOrEqual(1)
      expect(shown.length).toBeLessThanOrEqual(harness.channel.capabilities.idempotent ? 1 : 2)
    })

    it('shows two deliveries with the same words as two messages', async () => {
      await send(paragraph('收到'), 'out-4')
      await send(paragraph('收到'), 'out-5')

      expect(await harness.shown()).toHaveLength(2)
    })

    it('replaces an earlier message when it can edit, and says it anew when it cannot', async () => {
      await send(paragraph('正在查'), 'out-6')
      await send({ ...paragraph('查到了'), replaces: 'out-6' }, 'out-7')

      const shown = await harness.shown()
      expect(shown.at(-1)).toContain('查到了')
      expect(shown).toHaveLength(harness.channel.capabilities.edits ? 1 : 2)
    })

    it('shows long text whole, in as many messages as it takes', async () => {
      const sentences = Array.from({ length: 900 }, (_, index) => `第${index + 1}条要抓紧办。`)
      await send(paragraph(sentences.join('')), 'out-8')

      const shown = await harness.shown()
      expect(sentences.filter((each) => !shown.join('').includes(each)).length).toBe(0)
    })

    it('does not send once the signal has aborted', async () => {
      const options = { deliveryId: 'out-9', signal: AbortSignal.abort() }
      await expect(
        harness.channel.send(harness.conversation, paragraph('迟了'), options),
      ).rejects.toThrow()

      expect(await harness.shown()).toEqual([])
    })

    it('says of a failed send whether to try again and whether it may have arrived', async () => {
      for (const fault of harness.faults) {
        const error = await sendFailing(fault)
        expect(error, fault).toBeInstanceOf(DeliveryError)
        if (!(error instanceof DeliveryError)) continue
        expect({ fault, retryable: error.retryable, unknown: error.outcomeUnknown }).toEqual({
          fault,
          retryable: fault !== 'forbidden',
          unknown: fault === 'timeout-after-accept',
        })
        expect(error.code).toMatch(/^[a-z_]+$/)
      }
    })

    it('shows once what is tried again after an answer that never came, when it can tell', async () => {
      if (!harness.faults.includes('timeout-after-accept')) return
      if (!harness.channel.capabilities.idempotent) return
      await sendFailing('timeout-after-accept')
      await send(paragraph('催办'), 'fault-timeout-after-accept')

      expect(await harness.shown()).toHaveLength(1)
    })

    it('puts no text of the message into an error', async () => {
      for (const fault of harness.faults) {
        const error = await sendFailing(fault)
        expect(error instanceof Error ? error.message : '').not.toContain('催办')
      }
    })

    it('stops twice without complaint and takes nothing in afterwards', async () => {
      await harness.channel.stop()
      await harness.channel.stop()
      await harness.arrive({ id: 'in-9', text: '还在吗' }).catch(() => 'refused')

      expect(received).toEqual([])
    })
  })
}
