import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DocumentReading } from '../domain/document.ts'
import { ingestDocument } from '../ingestion/ingest-document.ts'
import type { VersionContent } from '../storage/knowledge-store.ts'
import { createGazetteer } from '../text/gazetteer.ts'
import { createTokenizer } from '../text/tokenize.ts'
import { findConflicts } from './find-conflicts.ts'

const divisions = join(import.meta.dirname, '../../data/divisions.json')
const gazetteer = createGazetteer(JSON.parse(readFileSync(divisions, 'utf8')))
const tokenizer = createTokenizer()

const HEAD = 'title: 清河市总工会2025年工作要点\nkind: plan\nregion: 620800\nissued_on: 2025-03-01'
const read = (body: string, head = HEAD): Promise<DocumentReading> =>
  ingestDocument(
    { fileName: 'a.md', bytes: new TextEncoder().encode(`---\n${head}\n---\n${body}`) },
    { tokenizer, gazetteer },
  )
const asInForce = (reading: DocumentReading): VersionContent => ({
  ...reading,
  documentId: 'earlier',
  versionId: 'earlier-v1',
  version: 1,
  status: 'in-force',
  createdAt: Temporal.Instant.from('2025-03-01T00:00:00Z'),
})
const EARLIER =
  '全年新建市级标准化职工书屋30个。困难职工帮扶金申报截止时间为2025年6月30日。' +
  '每人每年补助标准不超过3000元。送清凉活动覆盖户外劳动者5000人次。'

const storeOf = (...versions: VersionContent[]) => ({
  inForce: async () => versions,
  contents: async (ids: readonly string[]) =>
    versions.filter(({ versionId }) => ids.includes(versionId)),
})

describe('findConflicts', () => {
  let earlier: VersionContent
  beforeAll(async () => {
    earlier = asInForce(await read(EARLIER))
  })
  const conflictsWith = async (body: string, head?: string) =>
    (await findConflicts(await read(body, head), { knowledge: storeOf(earlier) })).map(
      ({ kind, here, there }) => `${kind}: ${here.quote} / ${there.quote}`,
    )

  it('finds another number for the same thing, also in other words', async () => {
    expect(await conflictsWith('今年在全市新建标准化职工书屋50个,覆盖七个县区。')).toEqual([
      expect.stringMatching(/^number: .*50个.*30个/),
    ])
  })

  it('finds another day in the same statement', async () => {
    expect(await conflictsWith('困难职工帮扶金申报截止时间为2025年7月15日。')).toEqual([
      'date: 困难职工帮扶金申报截止时间为2025年7月15日。 / 困难职工帮扶金申报截止时间为2025年6月30日。',
    ])
  })

  it('takes the same day and the same figure in other spellings for the same', async () => {
    expect(
      await conflictsWith(
        '困难职工帮扶金申报截止时间为2025年6月底。全年新建市级标准化职工书屋三十个。每人每年补助标准不超过3,000元。',
      ),
    ).toEqual([])
  })

  it('leaves another thing, another year and another place alone', async () => {
    expect(await conflictsWith('全年新建工会驿站50个。')).toEqual([])
    expect(
      await conflictsWith('全年新建市级标准化职工书屋50个。', HEAD.replaceAll('2025', '2026')),
    ).toEqual([])
    expect(
      await conflictsWith('全年新建市级标准化职工书屋50个。', HEAD.replace('620800', '620900')),
    ).toEqual([])
  })

  it('leaves what has been reached alone when a news item reports it', async () => {
    const news =
      'title: 清河市新建职工书屋受欢迎\nkind: news\nregion: 620800\nissued_on: 2025-08-01'

    expect(
      await conflictsWith('目前,全市已新建市级标准化职工书屋12个,深受职工喜爱。', news),
    ).toEqual([])
  })

  it('looks at everything in force but the earlier versions of the same document', async () => {
    const reading = await read('全年新建市级标准化职工书屋50个。')
    const knowledge = storeOf(earlier)

    const [conflict] = await findConflicts(reading, { knowledge })
    expect(conflict).toMatchObject({ kind: 'number', there: { documentId: 'earlier' } })
    expect(await findConflicts(reading, { knowledge, documentId: 'earlier' })).toEqual([])
  })
})
