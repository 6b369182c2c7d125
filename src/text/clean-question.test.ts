import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanQuestion, dropInvisible, MAX_QUESTION_LENGTH } from './clean-question.ts'

describe('cleanQuestion', () => {
  it('keeps the words and drops what nobody sees', () => {
    expect(cleanQuestion('\u0000 驿站\u200b在哪\u202e？\n几点开门 ')).toBe('驿站在哪？ 几点开门')
  })

  it.each([
    ['', 'empty_question'],
    ['\u0007\u200b', 'empty_question'],
    ['😀！', 'question_without_words'],
    ['书'.repeat(MAX_QUESTION_LENGTH + 1), 'question_too_long'],
  ])('refuses %j', (question, code) => {
    expect(() => cleanQuestion(question)).toThrow(expect.objectContaining({ code }))
  })

  it('takes the longest question there is', () => {
    expect(cleanQuestion('书'.repeat(MAX_QUESTION_LENGTH))).toHaveLength(MAX_QUESTION_LENGTH)
  })
})

describe('dropInvisible', () => {
  it('leaves well-formed text without control characters, and is done after one pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = dropInvisible(text)
        expect(once.isWellFormed()).toBe(true)
        expect(once).not.toMatch(/\p{Cc}/u)
        expect(dropInvisible(once)).toBe(once)
      }),
    )
  })
})
