/** What leases promise, on every engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { STORE_KINDS, type TestStore } from '../support/test-stores.ts'

const at = (second: number) =>
  Temporal.Instant.from('2026-11-21T01:00:00Z').add({ seconds: second })

describe.each(STORE_KINDS)('the lease store on $name', ({ open }) => {
  let opened: TestStore
  beforeEach(async () => {
    opened = await open()
  })
  afterEach(() => opened.dispose())

  const hold = (owner: string, now: number, until: number) =>
    opened.store.leases.hold('wechat', { owner, now: at(now), until: at(until) })

  it('gives a lease to one of many that try at once', async () => {
    const tries = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => hold(owner, 0, 30)))

    expect(tries.filter(Boolean)).toHaveLength(1)
  })

  it('lets its owner renew it and nobody else take it before its end', async () => {
    expect(await hold('a', 0, 30)).toBe(true)
    expect(await hold('a', 20, 50)).toBe(true)
    expect(await hold('b', 40, 70)).toBe(false)
    expect(await hold('b', 50, 80)).toBe(true)
    expect(await hold('a', 60, 90)).toBe(false)
  })

  it('is free when its owner gives it up, and only then', async () => {
    await hold('a', 0, 30)
    await opened.store.leases.release('wechat', 'b')
    expect(await hold('b', 1, 30)).toBe(false)
    await opened.store.leases.release('wechat', 'a')
    expect(await hold('b', 1, 30)).toBe(true)
  })
})
