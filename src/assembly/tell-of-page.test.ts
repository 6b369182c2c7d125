import { afterEach, beforeEach, expect, it } from 'vitest'
import { documentVersion } from '../../test/support/fake-web-services.ts'
import { parseConfig } from '../config.ts'
import { type Arrival, addDocument } from '../knowledge/publish-document.ts'
import type { Recheck } from '../knowledge/recheck-sources.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { tellOfPage } from './tell-of-page.ts'

const at = Temporal.Instant.from('2026-02-02T01:00:00Z')
let store: Store
let arrival: Arrival
beforeEach(async () => {
  store = await openStore({})
  const context = { store, actor: 'schedule', at }
  arrival = await addDocument(documentVersion(), { publish: false }, context)
})
afterEach(() => store.close())

const appOf = () => ({
  store,
  config: parseConfig({ ADMINS: 'feishu:ou_1,wechat:a', PUBLIC_URL: 'https://bot.example' }),
  clock: { now: () => at, sleepUntil: async () => {} },
})
const tell = (recheck: Recheck) => tellOfPage(recheck, appOf(), ['feishu'])
const source = () => ({
  url: 'https://example.com/a',
  documentId: arrival.version.documentId,
  nextCheckAt: at,
  failures: 5,
})

it('tells the admins who can be reached of the draft, once', async () => {
  await tell({ kind: 'changed', source: source(), arrival })
  await tell({ kind: 'changed', source: source(), arrival })

  const waiting = await store.outbox.list({ state: 'waiting', limit: 9 })
  expect(waiting).toHaveLength(1)
  expect(waiting[0]?.to).toMatchObject({ channel: 'feishu', conversationId: 'ou_1' })
  const address = `https://bot.example/console/documents/${arrival.version.versionId}`
  expect(JSON.stringify(waiting[0]?.content)).toContain(address)
})

it('tells of a page that is gone when it is worth telling, and nothing of one that is as it was', async () => {
  await tell({ kind: 'unchanged', source: source() })
  await tell({ kind: 'failed', source: source(), cause: undefined, worthTelling: false })
  expect(await store.outbox.list({ state: 'waiting', limit: 9 })).toEqual([])
  await tell({ kind: 'failed', source: source(), cause: undefined, worthTelling: true })

  const [waiting] = await store.outbox.list({ state: 'waiting', limit: 9 })
  expect(JSON.stringify(waiting?.content)).toContain('连续 5 次打不开：https://example.com/a')
})
