import { describe, expect, it } from 'vitest'
import { gradeAnswer } from './grade-answer.ts'
import { type AskedAnswer, type QuestionRow, questionRow } from './question-row.ts'
import { runEval } from './run-eval.ts'

const row = (more: Partial<QuestionRow>): QuestionRow =>
  questionRow.parse({
    id: '1',
    question: '多少',
    answerable: true,
    gold_doc: 'a.txt',
    gold_points: ['30个|三十个'],
    ...more,
  })
const answer = (more: Partial<AskedAnswer>): AskedAnswer => ({
  kind: 'grounded',
  text: '书屋三十個',
  citations: [{ document: 'a.txt', quote: '书屋30个' }],
  notices: [],
  latency_ms: 1,
  ...more,
})
const text = (fileName: string) => (fileName === 'a.txt' ? '新建书屋30个。' : undefined)

describe('gradeAnswer', () => {
  it('counts one alternative of a point, whatever the script', () => {
    expect(gradeAnswer(row({}), answer({}), text)).toMatchObject({
      points: 1,
      pointsFound: 1,
      quotesExact: 1,
      rightDocument: true,
    })
  })

  it('skips what needs a judge', () => {
    expect(gradeAnswer(row({ gold_points: ['claim:分清两地'] }), answer({}), text).points).toBe(0)
  })

  it('counts a changed quotation as not exact', () => {
    const bent = answer({ citations: [{ document: 'a.txt', quote: '书屋50个' }] })

    expect(gradeAnswer(row({}), bent, text).quotesExact).toBe(0)
  })

  it('counts a refused answerable row as a false refusal, its warning as wrong', () => {
    expect(gradeAnswer(row({}), answer({ kind: 'not-found' }), text)).toMatchObject({
      falseRefusal: true,
      staleRight: false,
    })
  })

  it('wants a warning when stale and none when not', () => {
    const warned = answer({ text: '30个。⚠ 这是 2014 年的年度材料，已过期。' })

    expect(gradeAnswer(row({ stale: true }), warned, text).staleRight).toBe(true)
    expect(gradeAnswer(row({}), warned, text).staleRight).toBe(false)
  })

  it('takes a noisy copy for its original', () => {
    const copy = answer({ citations: [{ document: 'a.page.html', quote: '书屋30个' }] })

    expect(gradeAnswer(row({}), copy, text).rightDocument).toBe(true)
  })
})

describe('runEval', () => {
  it('counts a question that throws as wrong', async () => {
    const report = await runEval([row({})], () => Promise.reject(new Error('x')), text)

    expect(report).toMatchObject({ errors: 1, pointsFound: 0, allPoints: 0, staleRight: 0 })
  })
})
