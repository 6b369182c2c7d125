import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documentReading } from '../../test/support/document-reading.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { findDocument } from './find-document.ts'
import { addDocument, type ChangeContext } from './publish-document.ts'
import { removeDocument } from './remove-document.ts'

let store: Store
let context: ChangeContext
beforeEach(async () => {
  store = await openStore({})
  context = { store, actor: 'cli', at: Temporal.Instant.from('2025-03-02T08:00:00Z') }
})
afterEach(() => store.close())

const add = async (title: string, fileName: string) => {
  const reading = documentReading({ text: `${title}的正文。`, fileName, metadata: { title } })
  const original = new Uint8Array([1])
  return (await addDocument(reading, { publish: true, original }, context)).version
}

describe('findDocument', () => {
  it('finds by number, version, part of the number, file name, title and part of the title', async () => {
    const plan = await add('清河市总工会2025年工作要点', '要点.docx')
    await add('清河市职工疗休养办法', '办法.docx')
    const references = [
      plan.documentId,
      plan.versionId,
      plan.documentId.slice(0, 8),
      '要点.docx',
      '清河市总工会 2025年工作要點',
      '工作要点',
    ]

    for (const reference of references) {
      expect(await findDocument(reference, store.knowledge)).toEqual(plan)
    }
  })

  it('names the candidates when several fit, and says so when none does', async () => {
    await add('清河市总工会2025年工作要点', 'a.docx')
    await add('清河市总工会2024年工作要点', 'b.docx')

    await expect(findDocument('工作要点', store.knowledge)).rejects.toMatchObject({
      code: 'ambiguous_document',
      message: expect.stringMatching(/2 份.*2025.*2024|2 份.*2024.*2025/),
    })
    await expect(findDocument('别的', store.knowledge)).rejects.toMatchObject({
      code: 'unknown_document',
    })
    await expect(findDocument('', store.knowledge)).rejects.toMatchObject({
      code: 'unknown_document',
    })
  })
})

describe('removeDocument', () => {
  it('erases every version and the original, and keeps only that it was done', async () => {
    const { documentId, contentHash } = await add('不该放进来的名单', 'a.docx')
    await removeDocument(documentId, context)

    expect(await store.knowledge.list()).toEqual([])
    expect(await store.knowledge.original(contentHash)).toBeUndefined()
    const [entry] = await store.audit.entries({ limit: 1 })
    expect(entry).toMatchObject({ action: 'document_removed', details: { versions: 1 } })
    await expect(removeDocument(documentId, context)).rejects.toMatchObject({
      code: 'unknown_document',
    })
  })
})
