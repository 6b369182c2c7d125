/** What inbox, outbox and waiting commands promise, on every engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InboundMessage } from '../../src/domain/message.ts'
import type { Delivery } from '../../src/storage/outbox-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { STORE_KINDS, type TestStore } from '../support/test-stores.ts'

const NOW = Temporal.Instant.from('2026-11-20T01:00:00Z')
const later = (seconds: number) => NOW.add({ seconds })
const lease = (limit = 10, now = NOW) => ({ now, leaseUntil: now.add({ seconds: 30 }), limit })

function message(id: string, conversationId = 'chat', text = '在吗'): InboundMessage {
  return {
    id,
    conversation: { channel: 'memory', conversationId, kind: 'group' },
    sender: { accountId: 'ou_li' },
    sentAt: NOW,
    content: { kind: 'text', text },
  }
}

function delivery(id: string, more: Partial<Delivery> = {}): Delivery {
  return {
    id,
    to: { channel: 'memory', conversationId: 'ou_li', kind: 'private' },
    content: { kind: 'message', message: { blocks: [{ kind: 'paragraph', text: id }] } },
    notBefore: NOW,
    fallbacks: [],
    ...more,
  }
}

describe.each(STORE_KINDS)('the message stores on $name', ({ open }) => {
  let opened: TestStore
  let store: Store
  beforeEach(async () => {
    opened = await open()
    store = opened.store
  })
  afterEach(() => opened.dispose())

  describe('the inbox', () => {
    it('knows a message that comes again, whoever takes it in at the same moment', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => store.inbox.accept(message('m1'), NOW)),
      )
      expect(answers.filter(Boolean)).toHaveLength(1)
      expect(await store.inbox.accept(message('m1', 'another chat'), later(3600))).toBe(false)
    })

    it('hands out one message of a conversation at a time, in their order', async () => {
      for (const id of ['a1', 'a2']) await store.inbox.accept(message(id, 'a'), NOW)
      await store.inbox.accept(message('b1', 'b'), NOW)

      const first = await store.inbox.claim(lease())
      expect(first.map((item) => item.message.id)).toEqual(['a1', 'b1'])
      expect(await store.inbox.claim(lease())).toEqual([])
      expect(await store.inbox.settle(first[0]!, 'done')).toBe(true)
      const next = await store.inbox.claim(lease())
      expect(next.map((item) => item.message)).toEqual([message('a2', 'a')])
    })

    it('leaves the messages of a channel alone whose session another replica holds', async () => {
      await store.inbox.accept(message('m1'), NOW)
      expect(await store.inbox.claim({ ...lease(), except: ['memory'] })).toEqual([])
      expect(await store.inbox.nextDueAt(['memory'])).toBeUndefined()

      expect(await store.inbox.nextDueAt(['other'])).toEqual(NOW)
      expect(await store.inbox.claim({ ...lease(), except: ['other'] })).toHaveLength(1)
    })

    it('keeps the order of a conversation while its first message waits for another try', async () => {
      for (const id of ['a1', 'a2']) await store.inbox.accept(message(id, 'a'), NOW)
      const [item] = await store.inbox.claim(lease())
      await store.inbox.settle(item!, { retryAt: later(10) })

      expect(await store.inbox.nextDueAt()).toEqual(later(10))
      expect(await store.inbox.claim(lease(10, later(9)))).toEqual([])
      const [again] = await store.inbox.claim(lease(10, later(10)))
      expect([again?.message.id, again?.attempts]).toEqual(['a1', 2])
      await store.inbox.settle(again!, 'dead')
      expect((await store.inbox.claim(lease()))[0]?.message.id).toBe('a2')
    })

    it('gives a message to another worker when a lease runs out, and ignores the first', async () => {
      await store.inbox.accept(message('m1'), NOW)
      const [lost] = await store.inbox.claim(lease())
      const [taken] = await store.inbox.claim(lease(10, later(31)))

      expect(taken?.message.id).toBe('m1')
      expect(await store.inbox.settle(lost!, 'done')).toBe(false)
      expect(await store.inbox.settle(taken!, 'done')).toBe(true)
    })

    it('erases the words of a recalled message and leaves it unanswered', async () => {
      await store.inbox.accept(message('m1', 'chat', '我的身份证号是'), NOW)
      await store.inbox.withdraw(message('m1'))

      expect(await store.inbox.claim(lease())).toEqual([])
      expect(await store.inbox.accept(message('m1'), NOW)).toBe(false)
    })

    it('forgets old messages that are settled, and only those', async () => {
      for (const id of ['m1', 'm2']) await store.inbox.accept(message(id, id), NOW)
      const [item] = await store.inbox.claim(lease(1))
      await store.inbox.settle(item!, 'done')

      expect(await store.inbox.prune(later(1))).toBe(1)
      expect((await store.inbox.claim(lease())).map(({ message: { id } }) => id)).toEqual(['m2'])
    })
  })

  describe('the outbox', () => {
    const claim = (now = NOW, channels: readonly string[] = ['memory']) =>
      store.outbox.claim({ ...lease(10, now), channels })

    it('stores a delivery once, however often it is planned', async () => {
      expect(await store.outbox.enqueue([delivery('d1'), delivery('d2')])).toBe(2)
      expect(await store.outbox.enqueue([delivery('d2'), delivery('d3')])).toBe(1)
      expect(await store.outbox.enqueue([])).toBe(0)
    })

    it('gives back what was stored, due ones only, earliest first', async () => {
      await store.outbox.enqueue([
        delivery('late', { notBefore: later(5) }),
        delivery('now', { fallbacks: [{ channel: 'sms', conversationId: '1', kind: 'private' }] }),
        delivery('future', { notBefore: later(60) }),
      ])
      expect(await store.outbox.nextDueAt(['memory'])).toEqual(NOW)
      const claimed = await claim(later(10))
      expect(claimed.map(({ id }) => id)).toEqual(['now', 'late'])
      expect(claimed[0]).toMatchObject({ ...delivery('now'), fallbacks: [{ channel: 'sms' }] })
      expect(claimed[0]).toMatchObject({ attempts: 1, outcomeUnknown: false })
    })

    it('gives no delivery to two workers', async () => {
      await store.outbox.enqueue(Array.from({ length: 40 }, (_, index) => delivery(`d${index}`)))
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim()))

      const ids = claims.flat().map(({ id }) => id)
      expect(ids).toHaveLength(40)
      expect(new Set(ids).size).toBe(40)
    })

    it('leaves what belongs to a channel that cannot send', async () => {
      await store.outbox.enqueue([delivery('d1')])
      expect(await claim(NOW, ['feishu'])).toEqual([])
      expect(await claim(NOW, [])).toEqual([])
      expect(await claim(NOW, ['feishu', 'memory'])).toHaveLength(1)
    })

    it('remembers on a retry that the outcome of the last try is unknown', async () => {
      await store.outbox.enqueue([delivery('d1')])
      const [first] = await claim()
      const retry = { kind: 'retry', at: later(5), outcomeUnknown: true } as const
      expect(await store.outbox.settle(first!, retry, NOW)).toBe(true)

      expect(await claim(later(4))).toEqual([])
      expect((await claim(later(5)))[0]).toMatchObject({ attempts: 2, outcomeUnknown: true })
    })

    it('refuses the settlement of a worker whose lease ran out', async () => {
      await store.outbox.enqueue([delivery('d1')])
      const [lost] = await claim()
      const [taken] = await claim(later(31))
      expect(await store.outbox.settle(lost!, { kind: 'sent' }, NOW)).toBe(false)
      expect(await store.outbox.settle(taken!, { kind: 'sent' }, NOW)).toBe(true)
      expect(await store.outbox.settle(taken!, { kind: 'sent' }, NOW)).toBe(false)
      expect(await store.outbox.nextDueAt(['memory'])).toBeUndefined()
    })

    it('shows dead letters with their reason and sends one again when asked', async () => {
      await store.outbox.enqueue([delivery('d1')])
      const [claimed] = await claim()
      await store.outbox.settle(claimed!, { kind: 'dead', code: 'forbidden' }, later(1))

      const dead = await store.outbox.list({ state: 'dead', limit: 10 })
      expect(dead[0]).toMatchObject({ id: 'd1', reason: 'forbidden', settledAt: later(1) })
      expect(await store.outbox.revive('d1', later(2))).toBe(true)
      expect(await store.outbox.revive('d1', later(2))).toBe(false)
      expect(await claim(later(2))).toHaveLength(1)
    })

    it('takes back what nobody has claimed', async () => {
      await store.outbox.enqueue([delivery('d1'), delivery('d2')])
      expect(await store.outbox.suppress(['d1', 'none'], 'recalled', NOW)).toBe(1)
      expect((await claim()).map(({ id }) => id)).toEqual(['d2'])
      expect(await store.outbox.suppress(['d2'], 'recalled', NOW)).toBe(0)
      expect(await store.outbox.byId('d1')).toMatchObject({
        state: 'suppressed',
        reason: 'recalled',
      })
    })

    it('lists what was said in a conversation, newest first', async () => {
      const to = { channel: 'memory', conversationId: 'ou_ma', kind: 'private' } as const
      await store.outbox.enqueue([delivery('d1'), delivery('d2', { to }), delivery('d3', { to })])

      const listed = await store.outbox.list({ to, limit: 5 })
      expect(listed.map(({ id }) => id)).toEqual(['d3', 'd2'])
    })

    it('keeps dead letters when it forgets the rest', async () => {
      await store.outbox.enqueue([delivery('d1'), delivery('d2')])
      const [first, second] = await claim()
      await store.outbox.settle(first!, { kind: 'sent' }, NOW)
      await store.outbox.settle(second!, { kind: 'dead', code: 'forbidden' }, NOW)
      expect(await store.outbox.prune(later(1))).toBe(1)
      expect(await store.outbox.list({ limit: 10 })).toHaveLength(1)
    })
  })

  describe('waiting commands', () => {
    const account = { channel: 'memory', accountId: 'ou_li' }
    const pending = (id: string) => ({
      id,
      account,
      conversationId: 'chat',
      request: { kind: 'report', dueOn: Temporal.PlainDate.from('2026-12-31') },
      expiresAt: later(600),
    })

    it('keep what was asked until it is answered, once', async () => {
      await store.pending.put(pending('p1'))
      expect(await store.pending.open(account, 'chat', NOW)).toEqual(pending('p1'))
      expect(await store.pending.open(account, 'other', NOW)).toBeUndefined()
      expect(await store.pending.open(account, 'chat', later(600))).toBeUndefined()

      expect(await store.pending.close('p1', '已保存')).toBe(true)
      expect(await store.pending.close('p1', '又一次')).toBe(false)
      expect(await store.pending.open(account, 'chat', NOW)).toBeUndefined()
      expect((await store.pending.byId('p1'))?.outcome).toBe('已保存')
    })

    it('give way to the next command of the same person in the same chat', async () => {
      await store.pending.put(pending('p1'))
      await store.pending.put(pending('p2'))
      expect((await store.pending.open(account, 'chat', NOW))?.id).toBe('p2')
      expect((await store.pending.byId('p1'))?.outcome).toContain('代替')
      expect(await store.pending.prune(later(601))).toBe(2)
    })
  })
})
