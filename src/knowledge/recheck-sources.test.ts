import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documentReading } from '../../test/support/document-reading.ts'
import { BotError } from '../errors.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { addDocument } from './publish-document.ts'
import { type RecheckTools, recheckNextSource } from './recheck-sources.ts'

const URL = 'https://union.example/notice'
const NOTICE =
  '困难职工帮扶金申报截止时间为2025年6月30日,逾期不再受理。请携带身份证到职工服务中心办理。'

let store: Store
let now: Temporal.Instant
let page: string | BotError
beforeEach(async () => {
  store = await openStore({})
  now = Temporal.Instant.from('2025-03-02T08:00:00Z')
  page = NOTICE
})
afterEach(() => store.close())

const change = () => ({ store, actor: 'schedule', at: now })
const read = (text: string, bytes: Uint8Array) => {
  const contentHash = createHash('sha256').update(bytes).digest('hex')
  return documentReading({ text, contentHash, fileName: URL })
}
const tools: RecheckTools = {
  fetch: async () => {
    if (page instanceof BotError) throw page
    return { bytes: new TextEncoder().encode(`<菜单 ${now}>${page}`) }
  },
  ingest: async ({ bytes }) => read(String(page), bytes),
  change,
}
const recheck = () => recheckNextSource(tools, new AbortController().signal)
const watchNotice = async () => {
  const { version } = await addDocument(
    read(NOTICE, new Uint8Array([1])),
    { publish: true },
    change(),
  )
  const { documentId } = version
  await store.sources.watch({ url: URL, documentId, nextCheckAt: now })
  return documentId
}

describe('recheckNextSource', () => {
  it('has nothing to do when nothing is due', async () => {
    expect(await recheck()).toBeUndefined()
  })

  it('changes nothing when only what surrounds the text has changed, and comes again a day later', async () => {
    const documentId = await watchNotice()
    const result = await recheck()

    expect(result).toMatchObject({ kind: 'unchanged', source: { checkedAt: now, failures: 0 } })
    expect(await store.knowledge.history(documentId)).toHaveLength(1)
    expect(await store.sources.nextDueAt()).toEqual(now.add({ hours: 24 }))
    expect(await recheck()).toBeUndefined()
  })

  it('keeps a changed text as a draft beside what is in force', async () => {
    const documentId = await watchNotice()
    page = '全新的内容,和原来没有一句相同:职工书屋每天上午九点开放。'
    const result = await recheck()

    expect(result).toMatchObject({
      kind: 'changed',
      arrival: { kind: 'new-version', because: 'same-source' },
    })
    const statuses = (await store.knowledge.history(documentId)).map(({ status }) => status)
    expect(statuses).toEqual(['in-force', 'draft'])

    now = now.add({ hours: 25 })
    expect(await recheck()).toMatchObject({ kind: 'unchanged' })
  })

  it('tries a page that cannot be read less and less often, and says why', async () => {
    await watchNotice()
    page = new BotError('page_unreachable', '网址打不开。', { retryable: true })
    const waits: number[] = []
    const told: number[] = []
    for (let n = 1; n <= 9; n++) {
      const result = await recheck()
      if (result?.kind === 'failed' && result.worthTelling) told.push(n)
      const next = await store.sources.nextDueAt()
      waits.push(next?.since(now).total('hours') ?? 0)
      now = next ?? now
    }

    expect(told).toEqual([5])
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 72, 72])
    expect(await store.sources.list()).toMatchObject([{ failures: 9, problem: '网址打不开。' }])
    page = NOTICE
    expect(await recheck()).toMatchObject({ kind: 'unchanged', source: { failures: 0 } })
  })
})
