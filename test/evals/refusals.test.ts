/**
 * What gets a short fixed answer and what must be looked up: sets of phrasings a reason, and near
 * misses that only sound like them. A question of a worker that is turned away is the worse fault.
 */
import { describe, expect, it } from 'vitest'
import { screenQuestion } from '../../src/answering/screen-question.ts'
import { createTokenizer } from '../../src/text/tokenize.ts'
import phrasings from './refusals.json' with { type: 'json' }
import thresholds from './thresholds.json' with { type: 'json' }

const tagger = createTokenizer()
const { answered, ...refused } = phrasings

function reasonFor(question: string): string {
  const screening = screenQuestion(question, tagger)
  return screening.kind === 'refuse' ? screening.reason : 'answered'
}

describe('the screen', () => {
  it('gives what is no question its own short answer', () => {
    const rows = Object.entries(refused).flatMap(([reason, questions]) =>
      questions.map((question) => ({ reason, question })),
    )
    const wrong = rows.filter(({ reason, question }) => reasonFor(question) !== reason)
    const list = wrong.map(({ reason, question }) => `${reason}: ${question}`).join('\n')
    expect(rows.length).toBeGreaterThanOrEqual(250)
    expect(1 - wrong.length / rows.length, list).toBeGreaterThanOrEqual(
      thresholds.refusals.rightReason,
    )
  })

  it('looks up what only sounds like it', () => {
    const wrong = answered.filter((question) => reasonFor(question) !== 'answered')
    expect(answered.length).toBeGreaterThanOrEqual(200)
    expect(wrong.length / answered.length, wrong.join('\n')).toBeLessThanOrEqual(
      thresholds.refusals.falselyRefused,
    )
  })

  it('never turns away somebody in distress', () => {
    expect(refused.distress.map(reasonFor)).toEqual(refused.distress.map(() => 'distress'))
  })
})
