import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documentReading } from '../../test/support/document-reading.ts'
import type { Answer } from '../domain/answer.ts'
import type { Query } from '../domain/query.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { findChangedAnswers } from './changed-answers.ts'
import { type DraftChange, previewDocument } from './preview-document.ts'
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

    expect(preview).toMatchObject({ arrival: 'new-document', conflicts: [], answers: { asked: 0 } })
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

  it('hands what it disputes and replaces to whoever asks the questions again', async () => {
    const { version } = await publish({ text: PLAN })
    const seen: DraftChange[] = []
    const { answers } = await previewDocument(
      documentReading({ text: PLAN.replace('6月30日', '7月15日') }),
      {
        ...store,
        compareAnswers: async (draft) => {
          seen.push(draft)
          return { asked: 3, changes: [] }
        },
      },
    )

    expect(answers.asked).toBe(3)
    expect(seen.map(({ replaces }) => replaces?.versionId)).toEqual([version.versionId])
  })
})

describe('findChangedAnswers', () => {
  const query = (question: string): Query => ({
    question,
    history: [],
    role: 'worker',
    askedOn: Temporal.PlainDate.from('2026-05-08'),
  })
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
  const tools = {
    askNow: async ({ question }: Query) => now[question] ?? answer('refused', ''),
    askAfter: async ({ question }: Query) => after[question] ?? answer('refused', ''),
    breathe: async () => {},
    signal: new AbortController().signal,
  }
  const queries = ['一', '二', '三', '四'].map(query)

  it('lists the questions that would be answered otherwise, losses first', async () => {
    const { asked, changes } = await findChangedAnswers(queries, tools)

    expect(asked).toBe(4)
    expect(changes.map(({ question, change }) => `${question} ${change}`)).toEqual([
      '三 lost',
      '一 changed',
      '二 found',
    ])
  })

  it('says how far it came when its time is over', async () => {
    const over = new AbortController()
    const breathe = async () => over.abort()
    const { asked, changes } = await findChangedAnswers(queries, {
      ...tools,
      breathe,
      signal: over.signal,
    })

    expect({ asked, changed: changes.length }).toEqual({ asked: 1, changed: 1 })
  })
})
