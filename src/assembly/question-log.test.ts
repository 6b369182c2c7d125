import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { citationOf, documentVersion } from '../../test/support/fake-web-services.ts'
import { silentLogger } from '../logger.ts'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import { type AskedQuestion, createQuestionLog, type QuestionLog } from './question-log.ts'

const asked: AskedQuestion = {
  id: 'q1',
  channel: 'web',
  query: {
    question: '我电话13812345678，书屋要建几个？',
    history: [],
    role: 'worker',
    askedOn: Temporal.PlainDate.from('2026-11-21'),
  },
  answer: {
    kind: 'not-found',
    summary: '没有写',
    notices: [],
    suggestions: [],
    nearest: [citationOf(documentVersion(), '书屋')],
  },
  latencyMs: 3,
}

describe('createQuestionLog', () => {
  let store: Store
  let log: QuestionLog
  let now = Temporal.Instant.from('2026-11-21T01:00:00Z')
  beforeEach(async () => {
    store = await openStore({})
    log = createQuestionLog({ questions: store.questions, logger: silentLogger, now: () => now })
  })
  afterEach(() => store.close())

  const kept = () => store.questions.recent({ filter: 'all', limit: 9 })

  it('keeps a question without personal numbers, with the documents that came nearest', async () => {
    log.note(asked)
    await log.settle()
    const [row] = await kept()

    expect(row?.question).toBe('我电话[手机号]，书屋要建几个？')
    expect(row?.documentIds).toEqual(['plan'])
  })

  it('finds the answer for a vote that comes at once', async () => {
    log.note(asked)
    await log.vote('q1', { helpful: false, reason: 'outdated' })

    expect((await kept())[0]?.vote).toEqual({ helpful: false, reason: 'outdated' })
  })

  it('forgets after half a year', async () => {
    log.note(asked)
    await log.settle()
    now = now.add({ hours: 181 * 24 })
    await log.prune()

    expect(await kept()).toEqual([])
  })

  it('costs nobody the answer when it cannot be written', async () => {
    const broken = { ...store.questions, record: () => Promise.reject(new Error('disk full')) }
    const careful = createQuestionLog({ questions: broken, logger: silentLogger, now: () => now })
    careful.note(asked)

    await expect(careful.settle()).resolves.toBeUndefined()
  })
})
