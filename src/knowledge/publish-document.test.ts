import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documentReading } from '../../test/support/document-reading.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import {
  addDocument,
  type ChangeContext,
  publishDocument,
  rollbackDocument,
  withdrawDocument,
} from './publish-document.ts'

const PLAN =
  '全市各级工会要在年底前新建职工书屋20个,评选优秀班组50个。' +
  '一是开展送清凉活动,覆盖户外劳动者3000人次;二是开展互助保障,新增参保职工1万名;三是办好劳动竞赛。'

let store: Store
let context: ChangeContext
beforeEach(async () => {
  store = await openStore({})
  context = { store, actor: 'cli', at: Temporal.Instant.from('2025-03-02T08:00:00Z') }
})
afterEach(() => store.close())

const publish = (reading: Parameters<typeof documentReading>[0]) =>
  addDocument(documentReading(reading), { publish: true }, context)
const inForce = async () => {
  const { changes } = await store.knowledge.changesSince(0)
  return changes.map(({ versionId }) => versionId)
}

describe('addDocument', () => {
  it('stores a draft that is not in force until it is published', async () => {
    const { kind, version } = await addDocument(documentReading(), { publish: false }, context)

    expect(kind).toBe('new-document')
    expect(version.status).toBe('draft')
    expect(await inForce()).toEqual([])
  })

  it('keeps no invisible characters in a file name', async () => {
    const named = await publish({ fileName: '工作\u0000要点\u202e.md' })
    const nameless = await publish({ fileName: '\u200b', text: '另一份。' })

    expect(named.version.fileName).toBe('工作 要点.md')
    expect(nameless.version.fileName).toBe('未命名文件')
  })

  it('changes nothing when the same bytes come again, under whatever name', async () => {
    const first = await publish({ text: PLAN })
    const revision = await store.knowledge.revision()
    const again = await publish({ text: PLAN, fileName: '改名.md' })

    expect(again).toEqual({ kind: 'known', version: first.version })
    expect(await store.knowledge.revision()).toBe(revision)
    expect(await store.knowledge.list()).toHaveLength(1)
  })

  it('publishes the draft that is known already, and does not revive what was withdrawn', async () => {
    const draft = await addDocument(documentReading(), { publish: false }, context)
    await publish({})
    expect(await inForce()).toEqual([draft.version.versionId])

    await withdrawDocument(draft.version.documentId, context)
    const again = await publish({})
    expect(again).toMatchObject({ kind: 'known', version: { status: 'withdrawn' } })
    expect(await inForce()).toEqual([])
  })

  it('takes a changed file of the same name as the next version, which replaces the first', async () => {
    const first = await publish({ text: PLAN })
    const changed = await publish({
      text: `${PLAN.replace('20个', '30个')}四是关爱新就业形态劳动者。`,
    })

    expect(changed).toMatchObject({
      kind: 'new-version',
      because: 'same-name',
      version: { documentId: first.version.documentId, version: 2, status: 'in-force' },
    })
    expect(await inForce()).toEqual([changed.version.versionId])
  })

  it('recognises a renamed file in which one character changed', async () => {
    const first = await publish({ text: PLAN, fileName: '工作要点.md' })
    const changed = await publish({ text: PLAN.replace('20', '30'), fileName: '工作要点(定稿).md' })

    expect(changed).toMatchObject({ kind: 'new-version', because: 'near-identical' })
    expect(changed.version.documentId).toBe(first.version.documentId)
  })

  it('takes another text of a common file name as another document', async () => {
    const first = await publish({ text: PLAN, fileName: '通知.docx' })
    const other = await publish({
      text: '定于下周三上午九点在三楼会议室召开安全生产例会,请各车间主任参加。',
      fileName: '通知.docx',
      metadata: { title: '会议通知' },
    })

    expect(other.kind).toBe('new-document')
    expect(await inForce()).toEqual([first.version.versionId, other.version.versionId])
  })

  it('keeps two reports of one event, and takes a corrected one for the same', async () => {
    const metadata = { kind: 'news' as const }
    const report = `${PLAN}据了解,活动由市总工会主办,各县区工会参加,现场还发放了宣传资料。`
    await publish({ text: report, fileName: '晚报.txt', metadata })
    const other = `${report.slice(0, 120)}现场气氛热烈,职工纷纷点赞。`
    const corrected = report.replace('3000', '3500')

    expect((await publish({ text: other, fileName: '日报.txt', metadata })).kind).toBe(
      'new-document',
    )
    expect((await publish({ text: corrected, fileName: '晚报2.txt', metadata })).kind).toBe(
      'new-version',
    )
  })

  it.each([
    ['year', { planYear: 2025 }, { planYear: 2026 }],
    ['place', { jurisdictionCode: '620800' }, { jurisdictionCode: '620900' }],
    ['number', { number: '平工发〔2025〕1号' }, { number: '平工发〔2025〕2号' }],
  ])('takes nearly the same text for another %s as another document', async (_, before, after) => {
    await publish({ text: PLAN, fileName: 'a.md', metadata: before })
    const other = await publish({
      text: `${PLAN}。`,
      contentHash: 'f'.repeat(64),
      fileName: 'b.md',
      metadata: after,
    })

    expect(other.kind).toBe('new-document')
  })

  it('reads known bytes again when that is asked for', async () => {
    const first = await publish({ text: PLAN })
    const reading = documentReading({ text: PLAN, metadata: { jurisdictionCode: '620800' } })
    const again = await addDocument(reading, { publish: true, reread: true }, context)

    expect(again).toMatchObject({ kind: 'new-version', because: 'same-bytes' })
    expect(again.version.documentId).toBe(first.version.documentId)
  })

  it('adds one version when the same file comes twice at once', async () => {
    const kinds = (await Promise.all([publish({ text: PLAN }), publish({ text: PLAN })])).map(
      ({ kind }) => kind,
    )

    expect(kinds.toSorted()).toEqual(['known', 'new-document'])
  })
})

describe('publishDocument', () => {
  it('puts nothing in force when its audit entry cannot be written', async () => {
    const { version } = await addDocument(documentReading(), { publish: false }, context)
    const broken: Store = {
      ...store,
      transaction: (work) =>
        store.transaction((inner) =>
          work({
            ...inner,
            audit: { ...inner.audit, record: () => Promise.reject(new Error('full')) },
          }),
        ),
    }

    await expect(publishDocument(version.versionId, { ...context, store: broken })).rejects.toThrow(
      'full',
    )
    expect(await inForce()).toEqual([])
  })

  it('may run twice', async () => {
    const { version } = await publish({})
    const revision = await store.knowledge.revision()

    expect(await publishDocument(version.versionId, context)).toEqual({ published: version })
    expect(await store.knowledge.revision()).toBe(revision)
  })

  it('says so when there is no such version', async () => {
    await expect(publishDocument('没有', context)).rejects.toMatchObject({
      code: 'unknown_version',
    })
  })
})

describe('rollbackDocument', () => {
  it('brings the version before back and withdraws the wrong one', async () => {
    const first = await publish({ text: PLAN })
    const second = await publish({ text: `${PLAN}补充一句。` })
    const { documentId } = first.version
    await rollbackDocument(documentId, context)

    expect(await inForce()).toEqual([first.version.versionId])
    const statuses = (await store.knowledge.history(documentId)).map(({ status }) => status)
    expect(statuses).toEqual(['in-force', 'withdrawn'])
    await expect(rollbackDocument(documentId, context)).rejects.toMatchObject({
      code: 'nothing_to_roll_back',
    })
    await publishDocument(second.version.versionId, context)
    expect(await inForce()).toEqual([second.version.versionId])
  })
})

describe('withdrawDocument', () => {
  it('leaves nothing in force, may run twice, and names an unknown document', async () => {
    const { version } = await publish({})
    expect(await withdrawDocument(version.documentId, context)).toMatchObject({
      versionId: version.versionId,
      status: 'withdrawn',
    })

    expect(await inForce()).toEqual([])
    expect(await withdrawDocument(version.documentId, context)).toBeUndefined()
    await expect(withdrawDocument('没有', context)).rejects.toMatchObject({
      code: 'unknown_document',
    })
  })
})

describe('the audit log', () => {
  it('has every step of the life of a document, with who and when', async () => {
    const { version } = await publish({ text: PLAN })
    await publish({ text: `${PLAN}补充一句。` })
    await rollbackDocument(version.documentId, context)
    await withdrawDocument(version.documentId, context)

    const entries = await store.audit.entries({
      limit: 20,
      subject: `document:${version.documentId}`,
    })
    expect(entries.map(({ action }) => action).toReversed()).toEqual([
      'document_added',
      'document_published',
      'document_added',
      'document_published',
      'document_rolled_back',
      'document_withdrawn',
    ])
    expect(entries[0]).toMatchObject({ actor: 'cli', at: context.at })
  })
})
