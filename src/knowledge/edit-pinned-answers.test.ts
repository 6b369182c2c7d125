import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../storage/sql/open-store.ts'
import type { Store } from '../storage/store.ts'
import {
  type PinnedAnswerDraft,
  pinnedAnswersToReview,
  removePinnedAnswer,
  savePinnedAnswer,
} from './edit-pinned-answers.ts'
import { givePinnedAnswer } from './give-pinned-answer.ts'
import type { ChangeContext } from './publish-document.ts'

let store: Store
let context: ChangeContext
beforeEach(async () => {
  store = await openStore({})
  context = { store, actor: 'li', at: Temporal.Instant.from('2025-03-02T08:00:00Z') }
})
afterEach(() => store.close())

const draft = (more: Partial<PinnedAnswerDraft> = {}): PinnedAnswerDraft => ({
  questions: ['互助保障怎么参保?'],
  notQuestions: [],
  answer: '到本单位工会填表。',
  readableBy: 'all',
  owner: 'li',
  ...more,
})

describe('savePinnedAnswer', () => {
  it('saves once what is saved twice, and records who did it', async () => {
    const first = await savePinnedAnswer(draft(), context)
    await savePinnedAnswer(draft(), context)

    expect(await store.pinned.list()).toEqual([first])
    expect(await store.audit.entries({ limit: 1 })).toMatchObject([
      { actor: 'li', action: 'pinned_answer_saved', subject: `pinned-answer:${first.id}` },
    ])
  })

  it('refuses a second answer to the same question, except for another place', async () => {
    await savePinnedAnswer(draft(), context)
    const again = draft({ questions: ['怎么买互助保障', '互助保障怎么参保?'] })

    await expect(savePinnedAnswer(again, context)).rejects.toMatchObject({
      code: 'pinned_question_taken',
    })
    await savePinnedAnswer({ ...again, jurisdictionCode: '620900' }, context)
    expect(await store.pinned.list()).toHaveLength(2)
  })

  it.each([
    [draft({ answer: ' ' }), 'empty_pinned_answer'],
    [draft({ questions: [''] }), 'empty_pinned_answer'],
    [draft({ answer: '长'.repeat(2001) }), 'pinned_answer_too_long'],
  ])('refuses what cannot be answered with (%#)', async (wrong, code) => {
    await expect(savePinnedAnswer(wrong, context)).rejects.toMatchObject({ code })
  })
})

describe('removePinnedAnswer', () => {
  it('removes once', async () => {
    const { id } = await savePinnedAnswer(draft(), context)

    expect(await removePinnedAnswer(id, context)).toBe(true)
    expect(await removePinnedAnswer(id, context)).toBe(false)
  })
})

describe('pinnedAnswersToReview', () => {
  it('lists what ends soon or has ended', async () => {
    const endsOn = (day: string, question: string) =>
      savePinnedAnswer(
        draft({ questions: [question], expiresOn: Temporal.PlainDate.from(day) }),
        context,
      )
    await endsOn('2025-03-20', '一?')
    await endsOn('2025-02-01', '二?')
    await endsOn('2025-12-31', '三?')
    await savePinnedAnswer(draft(), context)

    const today = Temporal.PlainDate.from('2025-03-02')
    const review = pinnedAnswersToReview(await store.pinned.list(), today, 30)
    expect(review.map(({ questions }) => questions[0]).toSorted()).toEqual(['一?', '二?'])
  })
})

describe('givePinnedAnswer', () => {
  it('quotes the answer to the character, in the name of the union', async () => {
    const pinned = await savePinnedAnswer(draft(), context)
    const answer = givePinnedAnswer(pinned, '清河市总工会')

    expect(answer.summary).toBe(pinned.answer)
    expect(answer.citations[0]).toMatchObject({ quote: pinned.answer, issuer: '清河市总工会' })
  })
})
