/** What every KnowledgeStore promises, on every engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WORD_SEPARATOR } from '../../src/domain/passage.ts'
import type { Store } from '../../src/storage/store.ts'
import { documentReading } from '../support/document-reading.ts'
import { STORE_KINDS, type TestStore } from '../support/test-stores.ts'

const createdAt = Temporal.Instant.from('2025-03-02T08:00:00.123Z')

describe.each(STORE_KINDS)('the knowledge store on $name', ({ open }) => {
  let opened: TestStore
  let store: Store
  beforeEach(async () => {
    opened = await open()
    store = opened.store
  })
  afterEach(() => opened.dispose())

  const addInForce = async (text: string, documentId?: string) => {
    const draft = await store.knowledge.addDraft(
      documentReading({ text }),
      documentId === undefined ? { createdAt } : { createdAt, documentId },
    )
    await store.knowledge.setStatus(draft.versionId, 'in-force')
    return draft
  }

  it('gives a version back as it was stored, to the character and the day', async () => {
    const reading = documentReading({ text: '半个\ud83d字符与\u0000空字符。职工书屋20个。' })
    const draft = await store.knowledge.addDraft(reading, { createdAt })

    expect(draft).toEqual({
      ...reading,
      documentId: draft.documentId,
      versionId: `${draft.documentId}-v1`,
      version: 1,
      status: 'draft',
      createdAt,
    })
    expect(await store.knowledge.version(draft.versionId)).toEqual(draft)
    expect(await store.knowledge.version('没有')).toBeUndefined()
  })

  it('keeps the bytes of an original once', async () => {
    const reading = documentReading()
    const original = new Uint8Array([0, 1, 2, 255])
    await store.knowledge.addDraft(reading, { createdAt, original })
    await store.knowledge.addDraft(reading, { createdAt, original })

    expect(await store.knowledge.original(reading.contentHash)).toEqual(original)
    expect(await store.knowledge.original('none')).toBeUndefined()
  })

  it('numbers the versions of a document and lists the newest of each', async () => {
    const first = await addInForce('第一份,第一版。')
    const second = await store.knowledge.addDraft(documentReading({ text: '第一份,第二版。' }), {
      createdAt,
      documentId: first.documentId,
    })
    const other = await store.knowledge.addDraft(documentReading({ text: '另一份。' }), {
      createdAt: createdAt.add({ seconds: 1 }),
    })

    const history = await store.knowledge.history(first.documentId)
    expect(history.map(({ version, status }) => [version, status])).toEqual([
      [1, 'in-force'],
      [2, 'draft'],
    ])
    const listed = await store.knowledge.list()
    expect(listed.map(({ versionId }) => versionId)).toEqual([other.versionId, second.versionId])
    expect(await store.knowledge.history('没有')).toEqual([])
  })

  it('gives the same bytes as another document another name', async () => {
    const first = await store.knowledge.addDraft(documentReading(), { createdAt })
    const second = await store.knowledge.addDraft(documentReading(), { createdAt })

    expect(second.documentId).not.toBe(first.documentId)
    expect(second.version).toBe(1)
  })

  it('has at most one version of a document in force', async () => {
    const first = await addInForce('第一版。')
    const second = await store.knowledge.addDraft(documentReading({ text: '第二版。' }), {
      createdAt,
      documentId: first.documentId,
    })

    await expect(store.knowledge.setStatus(second.versionId, 'in-force')).rejects.toMatchObject({
      code: 'another_in_force',
    })
    await store.knowledge.setStatus(first.versionId, 'superseded')
    await store.knowledge.setStatus(second.versionId, 'in-force')
    const statuses = (await store.knowledge.history(first.documentId)).map(({ status }) => status)
    expect(statuses).toEqual(['superseded', 'in-force'])
  })

  it('refuses to move a version that is not there', async () => {
    await expect(store.knowledge.setStatus('没有', 'withdrawn')).rejects.toMatchObject({
      code: 'unknown_version',
    })
    expect(await store.knowledge.revision()).toBe(0)
  })

  it('tells what changed since a revision, and from 0 what is in force', async () => {
    const first = await addInForce('第一份。')
    const second = await addInForce('第二份。')
    const before = await store.knowledge.changesSince(0)
    expect(before.changes).toEqual([
      { versionId: first.versionId, inForce: true, revision: before.revision - 1 },
      { versionId: second.versionId, inForce: true, revision: before.revision },
    ])
    expect(before.revision).toBe(await store.knowledge.revision())

    await store.knowledge.setStatus(first.versionId, 'withdrawn')
    const metadata = { ...second.metadata, title: '改过的标题' }
    await store.knowledge.setMetadata(second.versionId, metadata)
    const after = await store.knowledge.changesSince(before.revision)
    expect(after.changes).toEqual([
      { versionId: first.versionId, inForce: false, revision: before.revision + 1 },
      { versionId: second.versionId, inForce: true, revision: after.revision },
    ])
    expect((await store.knowledge.contents([second.versionId]))[0]?.metadata).toEqual(metadata)
    const fresh = await store.knowledge.changesSince(0)
    expect(fresh.changes).toEqual([
      { versionId: second.versionId, inForce: true, revision: after.revision },
    ])
    expect((await store.knowledge.changesSince(after.revision)).changes).toEqual([])
  })

  it('forgets a document whole and says so', async () => {
    const kept = await addInForce('留下的。')
    const gone = await addInForce('要删的。')
    const { revision } = await store.knowledge.changesSince(0)
    await store.knowledge.remove(gone.documentId)

    const { changes } = await store.knowledge.changesSince(revision)
    expect(changes).toEqual([{ versionId: gone.versionId, inForce: false, revision: revision + 1 }])
    expect(await store.knowledge.version(gone.versionId)).toBeUndefined()
    expect((await store.knowledge.list()).map(({ versionId }) => versionId)).toEqual([
      kept.versionId,
    ])
    const again = await addInForce('要删的。')
    expect(again.versionId).not.toBe(gone.versionId)
    expect((await store.knowledge.changesSince(revision)).changes.at(-1)).toMatchObject({
      versionId: again.versionId,
      inForce: true,
    })
  })

  it('reads the contents of many versions in the order asked', async () => {
    const ids: string[] = []
    for (let n = 0; n < 12; n++) ids.push((await addInForce(`第${n}份。共${n}个。`)).versionId)
    const asked = [...ids.toReversed(), '没有']
    const contents = await store.knowledge.contents(asked)

    expect(contents.map(({ versionId }) => versionId)).toEqual(ids.toReversed())
    expect(
      contents[0]?.passages.map((own) => [
        own.text,
        'words' in own && own.words.split(WORD_SEPARATOR).length,
      ]),
    ).toEqual([
      ['第11份。', 5],
      ['共11个。', 5],
    ])
    expect(contents[0]).not.toHaveProperty('originalText')
  })

  it('finds a document by its bytes, newest version first', async () => {
    const first = await store.knowledge.addDraft(documentReading(), { createdAt })
    const again = await store.knowledge.addDraft(documentReading(), {
      createdAt,
      documentId: first.documentId,
    })

    expect(await store.knowledge.findByContentHash(first.contentHash)).toMatchObject({
      versionId: again.versionId,
    })
    expect(await store.knowledge.findByContentHash('没有')).toBeUndefined()
  })

  it('finds documents by the name of any of their files, newest version first', async () => {
    const reading = (fileName: string, text: string) => documentReading({ fileName, text })
    const first = await store.knowledge.addDraft(reading('甲.docx', '一'), { createdAt })
    const renamed = await store.knowledge.addDraft(reading('乙.docx', '二'), {
      createdAt,
      documentId: first.documentId,
    })

    const found = await store.knowledge.findByFileName('甲.docx')
    expect(found.map(({ versionId }) => versionId)).toEqual([renamed.versionId])
    expect(await store.knowledge.findByFileName('丙.docx')).toEqual([])
  })

  it('finds the versions that share most samples of their wording', async () => {
    const add = (text: string, fingerprint: number[]) =>
      store.knowledge.addDraft(documentReading({ text }), { createdAt, fingerprint })
    const near = await add('近', [1, 2, 3, 2 ** 40])
    const far = await add('远', [3, 4, 5, 6])
    await add('无关', [7, 8])

    const found = await store.knowledge.findSimilar([1, 2, 3, 4, 2 ** 40], { limit: 5, least: 1 })
    expect(found).toEqual([
      { versionId: near.versionId, documentId: near.documentId, sharedSamples: 4 },
      { versionId: far.versionId, documentId: far.documentId, sharedSamples: 2 },
    ])
    expect(await store.knowledge.findSimilar([1, 4], { limit: 1, least: 1 })).toHaveLength(1)
    const relatives = await store.knowledge.findSimilar([1, 2, 4], { limit: 5, least: 2 })
    expect(relatives.map(({ versionId }) => versionId)).toEqual([near.versionId])
    expect(await store.knowledge.findSimilar([], { limit: 5, least: 1 })).toEqual([])
  })
})
