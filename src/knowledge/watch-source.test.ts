import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { unwatchSource, watchSource } from './watch-source.ts'

let store: Store
beforeEach(async () => {
  store = await openStore({})
})
afterEach(() => store.close())

const URL = 'https://www.example.cn/notice.html'
const context = () => ({
  store,
  actor: 'cli',
  at: Temporal.Instant.fromEpochMilliseconds(0),
})
const actions = async () =>
  (await store.audit.entries({ limit: 9 })).map(({ action, subject }) => `${action} ${subject}`)

describe('a watched page', () => {
  it('is on record with its document, from when it is watched to when it is not', async () => {
    await watchSource(URL, 'doc', context())
    expect(await store.sources.list()).toMatchObject([{ url: URL, documentId: 'doc' }])
    expect(await unwatchSource(URL, context())).toBe(true)

    expect(await store.sources.list()).toEqual([])
    expect(await actions()).toEqual([
      'source_unwatched document:doc',
      'source_watched document:doc',
    ])
  })

  it('that nobody watches leaves no record when it is given up', async () => {
    expect(await unwatchSource(URL, context())).toBe(false)
    expect(await actions()).toEqual([])
  })
})
