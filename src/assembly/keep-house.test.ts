import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from '../storage/sql/open-store.ts'
import { sweepOut } from './keep-house.ts'

const store = await openStore({})
afterEach(() => store.close())

describe('sweepOut', () => {
  it('knows a message for seven days, so that a redelivery is answered once, and then forgets it', async () => {
    const at = Temporal.Instant.from('2026-11-20T01:00:00Z')
    const message = {
      id: 'om_1',
      conversation: { channel: 'feishu', conversationId: 'oc_1', kind: 'group' },
      sender: { accountId: 'ou_1' },
      sentAt: at,
      content: { kind: 'text', text: '书屋' },
    } as const
    const { inbox } = store
    await inbox.accept(message, at)
    const leaseUntil = at.add({ minutes: 2 })
    const [item] = await inbox.claim({ now: at, leaseUntil, limit: 1 })
    await inbox.settle(item!, 'done')
    const later = (days: number) => at.add({ hours: days * 24 })
    await sweepOut(store, later(6))
    expect(await inbox.accept(message, later(6))).toBe(false)
    await sweepOut(store, later(8))
    expect(await inbox.accept(message, later(8))).toBe(true)
  })
})
