import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documentReading } from '../../test/support/document-reading.ts'
import type { Answer } from '../domain/answer.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { previewDocument } from './preview-document.ts'
import { addDocument } from './publish-document.ts'

let store: Store
beforeEach(async () => {
  store = await openStore({})
})
afterEach(() => store.close())

const PLAN =
  '全市各级工会今年要新建职工书屋20个。困难职工帮扶金申报截止时间为2025年6月30日。' +
  '送清凉活动覆盖户外劳动者,新增互助保障参保职工。'
const publish = (reading: Parameters<typeof documentReading>[0]) =>
  addDocument(
    documentReading(reading),
    { publish: true },
    { store, actor: 'cli', at: Temporal.Instant.fromEpochMilliseconds(0) },
  )
const answer = (kind: 'not-found' | 'refused', summary: string): Answer =>
  kind === 'refused'
    ? { kind, summary, notices: [], suggestions: [], reason: 'off-topic' }
    : { kind, summary, notices: [], suggestions: [], nearest: [] }
const grounded = (quote: string): Answer => ({
  kind: 'grounded',
  summary: quote,
  notices: [],
  suggestions: [],
  wording: 'quoted',
  citations: [
    {
      documentId: 'd',
      versionId: 'v',
      documentTitle: 't',
      fileName: 'f',
      sample: false,
      span: { start: 0, end: quote.length },
      quote,
    },
  ],
})

describe('previewDocument', () => {
  it('stores nothing and says that a file is new', async () => {
    const preview = await previewDocument(documentReading({ text: PLAN }), store)

    expect(preview).toMatchObject({ arrival: 'new-document', conflicts: [], changedAnswers: [] })
    expect(await store.knowledge.list()).toEqual([])
  })

  it('says that the bytes are known', async () => {
    await publish({ text: PLAN })
    const preview = await previewDocument(documentReading({ text: PLAN }), store)

    expect(preview.arrival).toBe('known')
    expect(preview.changes?.passages).toEqual([])
  })

  it('shows what changes from the version it would replace, which it does not contradict', async () => {
    const { version } = await publish({ text: PLAN })
    const preview = await previewDocument(
      documentReading({ text: PLAN.replace('6月30日', '7月15日') }),
      store,
    )

    expect(preview).toMatchObject({ arrival: 'new-version', conflicts: [] })
    expect(preview.replaces?.versionId).toBe(version.versionId)
    expect(preview.changes?.passages).toMatchObject([{ kind: 'changed' }])
  })

  it('lists what another document in force says otherwise', async () => {
    await publish({ text: PLAN, fileName: '要点.md' })
    const other = documentReading({
      text: '困难职工帮扶金申报截止时间为2025年7月15日。本通知未尽事宜,由困难职工帮扶中心负责解释。',
      fileName: '通知.md',
      metadata: { title: '关于帮扶金申报的通知', kind: 'notice' },
    })
    const preview = await previewDocument(other, store)

    expect(preview.conflicts).toMatchObject([
      { kind: 'date', here: { quote: expect.stringContaining('7月15日') } },
    ])
  })

  it('lists the questions that would be answered otherwise, losses first, each once', async () => {
    const now: Record<string, Answer> = {
      一: grounded('旧'),
      二: answer('not-found', '没有写'),
      三: grounded('旧'),
      四: grounded('同'),
    }
    const after: Record<string, Answer> = {
      一: grounded('新'),
      二: grounded('新'),
      三: answer('not-found', '没有写'),
      四: grounded('同'),
    }
    const reask = {
      questions: ['一', '二', '三', '四', ' 四 ', ''],
      askNow: async (question: string) => now[question.trim()] ?? answer('refused', ''),
      askAfter: async (question: string) => after[question.trim()] ?? answer('refused', ''),
    }
    const { changedAnswers } = await previewDocument(documentReading({ text: PLAN }), {
      ...store,
      reask,
    })

    expect(changedAnswers.map(({ question, change }) => `${question} ${change}`)).toEqual([
      '三 lost',
      '一 changed',
      '二 found',
    ])
  })
})
