/** What keyv over the main store promises, on every engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { STORE_KINDS, type TestStore } from '../support/test-stores.ts'

describe.each(STORE_KINDS)('keyv on $name', ({ open }) => {
  let opened: TestStore
  let now: Temporal.Instant
  beforeEach(async () => {
    now = Temporal.Now.instant()
    opened = await open({ clock: { now: () => now } })
  })
  afterEach(() => opened.dispose())

  it('gives back what was set last, and undefined for what was not', async () => {
    const keyv = opened.store.cache.keyv('dialogue')
    await keyv.set('turns', ['一'])
    await keyv.set('turns', ['八件实事有哪些?', { place: '平凉' }])

    expect(await keyv.get('turns')).toEqual(['八件实事有哪些?', { place: '平凉' }])
    expect(await keyv.get('nothing')).toBeUndefined()
    expect(await keyv.has('turns')).toBe(true)
    expect(await keyv.getMany(['turns', 'nothing'])).toEqual([expect.any(Array), undefined])
  })

  it('forgets a value at its expiry and prunes it', async () => {
    const keyv = opened.store.cache.keyv('dialogue')
    await keyv.set('short', 'gone', 60_000)
    await keyv.set('long', 'kept')
    expect(await keyv.get('short')).toBe('gone')

    now = now.add({ minutes: 2 })
    expect(await keyv.get('short')).toBeUndefined()
    expect(await opened.store.cache.prune()).toBe(1)
    expect(await opened.store.cache.prune()).toBe(0)
    expect(await keyv.get('long')).toBe('kept')
  })

  it('keeps namespaces apart, also when one is cleared or walked through', async () => {
    const [a, b] = [opened.store.cache.keyv('a'), opened.store.cache.keyv('b')]
    await a.set('key', 'of a')
    await b.set('key', 'of b')
    await b.set('other', 'of b')
    const walked: unknown[] = []
    for await (const [key, value] of b.iterator()) walked.push([key, value])

    expect(walked).toEqual([
      ['key', 'of b'],
      ['other', 'of b'],
    ])
    await b.clear()
    expect(await b.get('key')).toBeUndefined()
    expect(await a.get('key')).toBe('of a')
  })

  it('deletes one value', async () => {
    const keyv = opened.store.cache.keyv('a')
    await keyv.set('key', 1)

    expect(await keyv.delete('key')).toBe(true)
    expect(await keyv.delete('key')).toBe(false)
  })

  it('walks through more entries than one page', async () => {
    const keyv = opened.store.cache.keyv('many')
    await keyv.setMany(Array.from({ length: 620 }, (_, n) => ({ key: `k${n}`, value: n })))
    let count = 0
    for await (const _ of keyv.iterator()) count++

    expect(count).toBe(620)
  })
})
