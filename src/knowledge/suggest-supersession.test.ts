import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documentReading } from '../../test/support/document-reading.ts'
import type { DocumentMetadata } from '../domain/document.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { confirmSupersession } from './confirm-supersession.ts'
import { addDocument, type ChangeContext } from './publish-document.ts'
import { suggestSupersession } from './suggest-supersession.ts'

let store: Store
let context: ChangeContext
beforeEach(async () => {
  store = await openStore({})
  context = { store, actor: 'cli', at: Temporal.Instant.from('2025-03-02T08:00:00Z') }
})
afterEach(() => store.close())

const day = (text: string) => ({ on: Temporal.PlainDate.from(text), precision: 'day' as const })
let count = 0
const publish = async (metadata: Partial<DocumentMetadata>, text = `第${++count}份。`) => {
  const reading = documentReading({ text, fileName: `${++count}.md`, metadata })
  return (await addDocument(reading, { publish: true }, context)).version
}
const suggest = async (metadata: Partial<DocumentMetadata>, text = '正文。') => {
  const found = suggestSupersession(
    documentReading({ text, metadata }),
    await store.knowledge.inForce(),
  )
  return found.map(({ older, reason }) => `${reason} ${older.metadata.title}`)
}

describe('suggestSupersession', () => {
  it('finds what the text repeals, by title', async () => {
    await publish({ title: '清河市困难职工帮扶资金管理办法(试行)' })
    await publish({ title: '清河市职工疗休养管理办法' })
    const text =
      '第二十条 本办法自2025年4月1日起施行,原《清河市困难职工帮扶资金管理办法(试行)》同时废止。'

    expect(await suggest({ title: '清河市困难职工帮扶资金使用规定' }, text)).toEqual([
      'repealed 清河市困难职工帮扶资金管理办法(试行)',
    ])
  })

  it('finds what the text repeals, by number', async () => {
    await publish({ title: '关于做好送温暖工作的通知', number: '清工发〔2019〕12号' })
    const text = '本通知自印发之日起执行,清工发[2019]12号文件同时废止。'

    expect(await suggest({ title: '关于做好新时期送温暖工作的通知' }, text)).toHaveLength(1)
  })

  it('does not take a document that is only mentioned for repealed', async () => {
    await publish({ title: '清河市困难职工帮扶资金管理办法' })

    expect(
      await suggest({}, '根据《清河市困难职工帮扶资金管理办法》,现就有关事项通知如下。'),
    ).toEqual([])
  })

  it('finds the earlier text of a revision', async () => {
    await publish({ title: '基层工会经费收支管理办法', issuedOn: day('2018-01-01') })

    expect(
      await suggest({ title: '基层工会经费收支管理办法(2025年修订)', issuedOn: day('2025-01-01') }),
    ).toEqual(['card 基层工会经费收支管理办法'])
  })

  it('finds last year of a yearly plan, of the same place only', async () => {
    await publish({
      title: '清河市总工会2024年工作要点',
      planYear: 2024,
      jurisdictionCode: '620800',
    })
    await publish({
      title: '清河市总工会2024年工作要点',
      planYear: 2024,
      jurisdictionCode: '620900',
    })
    await publish({
      title: '清河市总工会2026年工作要点',
      planYear: 2026,
      jurisdictionCode: '620800',
    })

    expect(
      await suggest({
        title: '清河市总工会2025年工作要点',
        planYear: 2025,
        jurisdictionCode: '620800',
      }),
    ).toEqual(['later-year 清河市总工会2024年工作要点'])
  })
})

describe('confirmSupersession', () => {
  it('ends the older document the day before the newer one begins and names it', async () => {
    const older = await publish({ title: '旧办法', validity: { basis: '未写有效期' } })
    const newer = await publish({
      title: '新办法',
      validity: { from: Temporal.PlainDate.from('2025-04-01'), basis: '自2025年4月1日起施行' },
    })
    await confirmSupersession(older.versionId, newer.versionId, context)
    await confirmSupersession(older.versionId, newer.versionId, context)

    const [content] = await store.knowledge.contents([older.versionId])
    expect(content).toMatchObject({
      status: 'in-force',
      metadata: {
        validity: {
          to: Temporal.PlainDate.from('2025-03-31'),
          supersededBy: { documentId: newer.documentId, title: '新办法' },
        },
      },
    })
    const [entry] = await store.audit.entries({ limit: 1 })
    expect(entry?.action).toBe('document_supersession_confirmed')
  })

  it('keeps an earlier end, and refuses two versions of one document', async () => {
    const to = Temporal.PlainDate.from('2024-12-31')
    const older = await publish({ title: '旧计划', validity: { to, basis: '年度' } })
    const newer = await publish({ title: '新计划' })
    const ended = await confirmSupersession(older.versionId, newer.versionId, context)
    expect(ended.metadata.validity.to).toEqual(to)

    await expect(
      confirmSupersession(older.versionId, older.versionId, context),
    ).rejects.toMatchObject({ code: 'supersedes_itself' })
  })
})
