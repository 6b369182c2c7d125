import { describe, expect, it } from 'vitest'
import type { PinnedAnswer } from '../domain/pinned-answer.ts'
import { createTokenizer } from '../text/tokenize.ts'
import { matchPinnedAnswer } from './match-pinned-answer.ts'

const tokenizer = createTokenizer(['互助保障', '职工书屋'])
const tools = {
  wordsOf: (text: string) => tokenizer.tokens(text),
  standardize: (text: string) => text.replaceAll('互助保险', '互助保障'),
}
const pinned = (
  id: string,
  questions: PinnedAnswer['questions'],
  more: Partial<PinnedAnswer> = {},
): PinnedAnswer => ({
  id,
  questions,
  notQuestions: [],
  answer: '答案。',
  readableBy: 'all',
  owner: 'li',
  updatedAt: Temporal.Instant.from('2025-01-01T00:00:00Z'),
  ...more,
})
const JOIN = pinned('join', ['互助保障怎么参保?'], { notQuestions: ['互助保障怎么续保?'] })
const HELP = pinned('help', ['困难职工帮扶资金怎么申请?'])
const today = Temporal.PlainDate.from('2025-06-01')
const match = (
  question: string,
  answers: readonly PinnedAnswer[] = [JOIN, HELP],
  audience: Parameters<typeof matchPinnedAnswer>[2]['audience'] = { role: 'worker' },
) => matchPinnedAnswer(question, answers, { audience, today }, tools)?.id

describe('matchPinnedAnswer', () => {
  it.each([
    ['互助保障怎么参保?', 'join'],
    ['請問互助保障如何參保', 'join'],
    ['怎么参保互助保障呀', 'join'],
    ['互助保险怎么参保', 'join'],
    ['想问下困难职工帮扶资金咋申请', 'help'],
  ])('takes 「%s」 for a pinned question', (question, id) => {
    expect(match(question)).toBe(id)
  })

  it.each([
    '互助保障怎么续保?',
    '互助保障怎么退保?',
    '互助保障多少钱?',
    '互助保障什么时候参保?',
    '困难职工帮扶资金怎么取消?',
    '困难职工帮扶资金谁来审批?',
    '2024年困难职工帮扶资金怎么申请?',
    '互助保障',
    '怎么参保?',
    '',
  ])('leaves 「%s」 to the documents', (question) => {
    expect(match(question)).toBeUndefined()
  })

  it('never takes one word instead of another, however long the question', () => {
    const long = pinned('long', ['困难职工家庭子女考上大学以后金秋助学资金怎么申请?'])

    expect(match('困难职工家庭子女考上大学以后金秋助学资金怎么申请', [long])).toBe('long')
    expect(match('困难职工家庭子女考上大学以后金秋助学资金怎么退回', [long])).toBeUndefined()
  })

  it('prefers the nearer wording', () => {
    const room = pinned('room', ['职工书屋怎么申报?'])
    const cityRoom = pinned('city-room', ['市级职工书屋怎么申报?'])

    expect(match('职工书屋怎么申报', [cityRoom, room])).toBe('room')
    expect(match('市级职工书屋怎么申报', [room, cityRoom])).toBe('city-room')
  })

  it('gives nothing after the last day, and still on it', () => {
    const until = (day: string) =>
      pinned('p', JOIN.questions, { expiresOn: Temporal.PlainDate.from(day) })

    expect(match('互助保障怎么参保', [until('2025-05-31')])).toBeUndefined()
    expect(match('互助保障怎么参保', [until('2025-06-01')])).toBe('p')
  })

  it('gives nothing to those who may not read it or whose place is another', () => {
    const inner = pinned('p', JOIN.questions, { readableBy: 'cadres' })
    expect(match('互助保障怎么参保', [inner])).toBeUndefined()
    expect(match('互助保障怎么参保', [inner], { role: 'cadre' })).toBe('p')

    const local = pinned('p', JOIN.questions, { jurisdictionCode: '620800' })
    const from = (jurisdictionCode: string) => ({ role: 'worker', jurisdictionCode }) as const
    expect(match('互助保障怎么参保', [local], from('620802'))).toBe('p')
    expect(match('互助保障怎么参保', [local], from('620900'))).toBeUndefined()
    expect(match('互助保障怎么参保', [local])).toBeUndefined()
  })
})
