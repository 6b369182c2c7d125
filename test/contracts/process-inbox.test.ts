/** The durable way of a message, on every engine: one answer, whatever breaks on the way. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type InboxDependencies,
  processNext,
  receiveMessage,
  startInbox,
} from '../../src/conversation/process-inbox.ts'
import type { InboundMessage, OutboundMessage } from '../../src/domain/message.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { STORE_KINDS, type TestStore } from '../support/test-stores.ts'

const reply = (text: string): OutboundMessage => ({ blocks: [{ kind: 'paragraph', text }] })

function message(id: string, text: string, conversationId = 'chat'): InboundMessage {
  return {
    id,
    conversation: { channel: 'memory', conversationId, kind: 'private' },
    sender: { accountId: 'ou_li' },
    sentAt: Temporal.Instant.from('2026-11-20T01:00:00Z'),
    content: { kind: 'text', text },
  }
}

describe.each(STORE_KINDS)('processing the inbox on $name', ({ open }) => {
  let opened: TestStore
  let clock: FakeClock
  let failures: { messageId: string; dead: boolean }[]
  beforeEach(async () => {
    opened = await open()
    clock = createFakeClock('2026-11-20T01:00:00Z')
    failures = []
  })
  afterEach(() => opened.dispose())

  const dependencies = (more: Partial<InboxDependencies> = {}): InboxDependencies => ({
    store: opened.store,
    clock,
    runCommand: async () => undefined,
    handleMessage: async ({ content }) => reply(content.kind === 'text' ? content.text : '?'),
    onFailure: ({ messageId, dead }) => failures.push({ messageId, dead }),
    ...more,
  })
  const receive = (...messages: InboundMessage[]) =>
    Promise.all(messages.map((each) => receiveMessage(each, { store: opened.store, clock })))
  const drain = async (given: InboxDependencies) => {
    while (await processNext(given)) await clock.advance({ seconds: 120 })
  }
  const said = async () =>
    (await opened.store.outbox.list({ limit: 50 }))
      .map(({ content }) => (content.kind === 'message' ? content.message.blocks[0] : undefined))
      .map((block) => (block?.kind === 'paragraph' ? block.text : ''))
      .toReversed()

  it('answers a message once, delivered again before and after', async () => {
    await receive(message('m1', '一'), message('m1', '一'))
    await drain(dependencies())
    await receive(message('m1', '一'))
    await drain(dependencies())

    expect(await said()).toEqual(['一'])
  })

  it('keeps the change of a command and its reply together', async () => {
    await receive(message('m1', '是'))
    let broken = true
    const given = dependencies({
      runCommand: async (_message, store) => {
        await store.people.save({ id: 'li', name: '李明', role: 'cadre', accounts: [] })
        return reply('已保存')
      },
      failpoint: (name) => {
        if (name === 'inbox-before-settle' && broken) throw new Error('killed')
      },
    })
    await processNext(given)
    expect(await opened.store.people.byId('li')).toBeUndefined()

    broken = false
    await clock.advance({ seconds: 10 })
    await drain(given)
    expect(await opened.store.people.byId('li')).toBeDefined()
    expect(await said()).toEqual(['已保存'])
  })

  it('tries again what failed, then puts it aside with a word to the person, and goes on', async () => {
    await receive(message('m1', '坏'), message('m2', '好'))
    const given = dependencies({
      handleMessage: async ({ id }) => {
        if (id === 'm1') throw new Error('The message cannot be handled.')
        return reply('好')
      },
    })
    for (let round = 0; round < 8; round++) {
      await processNext(given)
      await clock.advance({ seconds: 60 })
    }
    expect(failures.map(({ dead }) => dead)).toEqual([false, false, false, true])
    const [apology, answer] = await said()
    expect(apology).toContain('没有处理成功')
    expect(answer).toBe('好')
  })

  it('answers once when a worker comes back after its lease ran out', async () => {
    await receive(message('m1', '慢'))
    const other = dependencies()
    const slow = dependencies({
      handleMessage: async () => {
        await clock.advance({ seconds: 121 })
        await processNext(other)
        return reply('迟到的回答')
      },
    })
    await processNext(slow)

    expect(await said()).toEqual(['慢'])
    expect(failures).toEqual([])
  })

  it('does not answer what was recalled before its turn', async () => {
    const recalled = { kind: 'recalled', messageId: 'm1' } as const
    await receive(message('m1', '问错了'))
    await receive({ ...message('m2', ''), content: recalled })
    await drain(
      dependencies({
        handleMessage: async ({ content }) =>
          content.kind === 'text' ? reply(content.text) : undefined,
      }),
    )
    expect(await said()).toEqual([])
  })

  it('works on several conversations at once and on each in its order', async () => {
    const order: string[] = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    await receive(message('a1', 'a1', 'a'))
    await receive(message('a2', 'a2', 'a'))
    await receive(message('b1', 'b1', 'b'))
    const loop = startInbox(
      dependencies({
        handleMessage: async ({ id }) => {
          if (id === 'a1') await gate
          order.push(id)
          if (id === 'b1') release()
          return reply(id)
        },
      }),
    )
    await vi.waitFor(async () => {
      await clock.advance({ milliseconds: 100 })
      expect(order).toHaveLength(3)
    })
    await loop.stop()
    expect(order).toEqual(['b1', 'a1', 'a2'])
  })
})
