/** What every PinnedStore promises, on every engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PinnedAnswer } from '../../src/domain/pinned-answer.ts'
import { STORE_KINDS, type TestStore } from '../support/test-stores.ts'

const pinned = (id: string, updatedAt: string): PinnedAnswer => ({
  id,
  questions: ['互助保障怎么参保', '怎么参加互助保障'],
  notQuestions: ['互助保障怎么退保'],
  answer: '到本单位工会填表,当月生效。',
  readableBy: 'members',
  jurisdictionCode: '620800',
  owner: 'li',
  expiresOn: Temporal.PlainDate.from('2026-12-31'),
  updatedAt: Temporal.Instant.from(updatedAt),
})

describe.each(STORE_KINDS)('pinned answers on $name', ({ open }) => {
  let opened: TestStore
  beforeEach(async () => {
    opened = await open()
  })
  afterEach(() => opened.dispose())

  it('come back as they were saved, the last changed first, and are replaced by id', async () => {
    const store = opened.store.pinned
    const [older, newer] = [
      pinned('a', '2025-01-01T00:00:00Z'),
      pinned('b', '2025-02-01T00:00:00Z'),
    ]
    await store.save(older)
    await store.save(newer)
    expect(await store.list()).toEqual([newer, older])

    const changed = { ...pinned('a', '2025-03-01T00:00:00Z'), answer: '改过了。' }
    await store.save(changed)
    expect(await store.list()).toEqual([changed, newer])
    expect(await store.find('a')).toEqual(changed)
  })

  it('are gone once removed', async () => {
    const store = opened.store.pinned
    await store.save(pinned('a', '2025-01-01T00:00:00Z'))

    expect(await store.remove('a')).toBe(true)
    expect(await store.remove('a')).toBe(false)
    expect(await store.find('a')).toBeUndefined()
  })
})
