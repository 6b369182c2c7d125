/** What every SourceStore promises, on every engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { STORE_KINDS, type TestStore } from '../support/test-stores.ts'

const at = (minute: number) =>
  Temporal.Instant.from('2025-03-02T08:00:00Z').add({ minutes: minute })

describe.each(STORE_KINDS)('watched sources on $name', ({ open }) => {
  let opened: TestStore
  beforeEach(async () => {
    opened = await open()
  })
  afterEach(() => opened.dispose())
  const watch = (url: string, minute: number) =>
    opened.store.sources.watch({ url, documentId: 'd', nextCheckAt: at(minute) })

  it('are claimed when due, the longest due first, each by one only', async () => {
    const { sources } = opened.store
    await watch('https://a/', 5)
    await watch('https://b/', 1)
    await watch('https://c/', 60)
    expect(await sources.nextDueAt()).toEqual(at(1))

    const claims = await Promise.all(Array.from({ length: 3 }, () => sources.claim(at(10), at(20))))
    expect(claims.flatMap((claim) => claim?.url ?? []).toSorted()).toEqual([
      'https://a/',
      'https://b/',
    ])
    expect(await sources.claim(at(19), at(30))).toBeUndefined()
    expect(await sources.claim(at(20), at(30))).toBeDefined()
  })

  it('keep their record when they are watched again, and lose it when unwatched', async () => {
    const { sources } = opened.store
    await watch('https://a/', 5)
    const settled = {
      url: 'https://a/',
      documentId: 'd',
      checkedAt: at(6),
      nextCheckAt: at(99),
      failures: 2,
      problem: '打不开。',
    }
    await sources.settle(settled)
    await sources.watch({ url: 'https://a/', documentId: 'e', nextCheckAt: at(0) })
    expect(await sources.list()).toEqual([{ ...settled, documentId: 'e' }])

    expect(await sources.unwatch('https://a/')).toBe(true)
    expect(await sources.unwatch('https://a/')).toBe(false)
    expect(await sources.nextDueAt()).toBeUndefined()
  })
})
