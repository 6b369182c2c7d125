import { describe, expect, it } from 'vitest'
import { BadInputError } from '../errors.ts'
import { datesParseBatch } from './dates-command.ts'

const row = (more: object) =>
  JSON.stringify({
    id: 'a',
    text: '请于3月14日前报送。',
    ref: '2025-03-03T09:00:00+08:00',
    ...more,
  })

describe('datesParseBatch', () => {
  it('answers each row in order, in the form of the evaluation files', () => {
    const lines = datesParseBatch([row({}), '', row({ id: 2, text: '近期部署。' })])
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        id: 'a',
        results: [
          {
            offset: 2,
            text: '3月14日前',
            type: 'due',
            due: '2025-03-14',
            assumptions: ['文中未写年份，推定为2025年'],
          },
        ],
      },
      { id: 2, results: [{ offset: 0, text: '近期', type: 'vague' }] },
    ])
  })

  it('takes the day of the zone, not of the offset', () => {
    const [line] = datesParseBatch([
      row({ text: '明天', ref: '2025-03-03T20:00:00Z', tz: 'Asia/Shanghai' }),
    ])
    expect(JSON.parse(line!).results[0].date).toBe('2025-03-05')
  })

  it('names the line that is no row', () => {
    expect(() => datesParseBatch([row({}), '{"id": 1}'])).toThrow(BadInputError)
    expect(() => datesParseBatch([row({}), '{"id": 1}'])).toThrow(/第 2 行/)
  })
})
