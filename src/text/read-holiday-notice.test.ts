import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BadInputError } from '../errors.ts'
import { readHolidayNotice } from './read-holiday-notice.ts'

const file = (value: unknown) => JSON.stringify(value)
const period = { name: '元旦', from: '2027-01-01', to: '2027-01-03' }

describe('readHolidayNotice', () => {
  it('reads the files that come with the bot', () => {
    const json = readFileSync(new URL('../../data/holidays/CN-2026.json', import.meta.url), 'utf8')
    expect(readHolidayNotice(json, 'CN-2026.json')).toEqual(JSON.parse(json))
  })

  it('takes a period without make-up days, and the file’s name for a missing basis', () => {
    const json = file({ year: 2027, periods: [period] })
    expect(readHolidayNotice(json, 'CN-2027.json')).toEqual({
      year: 2027,
      basis: 'CN-2027.json',
      periods: [{ ...period, makeUp: [] }],
    })
  })

  it.each([
    'no json',
    '[]',
    file({ year: '2027', periods: [] }),
    file({ year: 2027 }),
    file({ year: 2027, periods: [{ ...period, to: '2027-02-30' }] }),
    file({ year: 2027, periods: [{ ...period, to: '2026-12-31' }] }),
    file({ year: 2027, periods: [{ ...period, makeUp: ['下周六'] }] }),
  ])('names the file when it is wrong: %s', (json) => {
    expect(() => readHolidayNotice(json, 'CN-2027.json')).toThrow(BadInputError)
    expect(() => readHolidayNotice(json, 'CN-2027.json')).toThrow(/CN-2027\.json/)
  })
})
