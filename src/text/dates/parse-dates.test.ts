import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judge, readPhrases } from '../../../test/support/date-gold.ts'
import { STATE_COUNCIL_HOLIDAYS } from '../state-council-holidays.ts'
import { workCalendar } from '../working-days.ts'
import type { DateContext } from './expression.ts'
import { parseDates } from './parse-dates.ts'
import { toWant } from './to-want.ts'

const calendar = workCalendar(STATE_COUNCIL_HOLIDAYS)
const on = (day: string, more: Partial<DateContext> = {}): DateContext => ({
  ref: Temporal.PlainDateTime.from(`${day}T09:00`),
  calendar,
  ...more,
})
const read = (text: string, context = on('2025-03-03')) => parseDates(text, context)
const FIXTURES = resolve(import.meta.dirname, '../../../test/fixtures')
const phrases = ['date-phrases.txt', 'date-phrases-office.txt'].flatMap((file) =>
  readPhrases(readFileSync(resolve(FIXTURES, file), 'utf8')),
)

describe('parseDates reads', () => {
  it.each(phrases.map((row) => [row.text, row] as const))('%s', (_, row) => {
    const ref = Temporal.PlainDateTime.from(row.ref.slice(0, 16))
    const results = parseDates(row.text, { ref, calendar }).map((expression) => toWant(expression))
    expect([judge(row, results), results, row.want]).toEqual(['ok', results, row.want])
  })
})

describe('parseDates', () => {
  it('points at the words in the text as given, through glosses, quotes and traditional script', () => {
    const text = '請於“七一”前,會(huì)後(hòu)10個(gè)工作日內(nèi)報(bào)送。'
    const found = read(text)
    expect(found.map((expression) => expression.text)).toEqual([
      '“七一”前',
      '會(huì)後(hòu)10個(gè)工作日內',
    ])
    for (const { offset, text: words } of found) {
      expect(text.slice(offset, offset + words.length)).toBe(words)
    }
  })

  it('puts dates without a year into the plan year and says so', () => {
    const [found] = read('年底前完成换届。', on('2024-12-16', { planYear: 2025 }))
    expect(found?.value).toMatchObject({ kind: 'due', on: Temporal.PlainDate.from('2025-12-31') })
    expect(found?.basis.assumptions.join()).toContain('2025')
  })

  it('takes a date with its year as it is, whatever the plan year', () => {
    const [found] = read('2024年6月底前完成。', on('2024-12-16', { planYear: 2025 }))
    expect(toWant(found!)).toMatchObject({ type: 'due', due: '2024-06-30' })
    expect(found?.basis.assumptions).toEqual([])
  })

  it('looks back in a report', () => {
    const [found] = read('12月16日召开会议。', on('2025-01-05', { role: 'narrative' }))
    expect(toWant(found!)).toMatchObject({ type: 'date', date: '2024-12-16' })
  })

  it('counts from an event only when its day is known', () => {
    const text = '自受理之日起15个工作日内办结。'
    expect(read(text)[0]?.value).toMatchObject({ kind: 'vague', event: '受理' })
    const eventDates = { 受理: Temporal.PlainDate.from('2025-03-07') }
    const [known] = read(text, on('2025-03-03', { eventDates }))
    expect(toWant(known!)).toMatchObject({ type: 'due', due: '2025-03-28' })
  })

  it('says which event a limit is counted from when it is the document’s own', () => {
    const [found] = read('自印发之日起30日内报备。')
    expect(found?.basis.assumptions.join()).toContain('印发')
  })

  it('marks working days of a year without a notice as estimated', () => {
    const [found] = read('3个工作日内反馈。', on('2027-02-03'))
    expect(found?.basis.assumptions.join()).toContain('推定')
  })

  it('gives a recurrence its rule, its hour and its next days', () => {
    const [found] = read('每周五17:00前报送周报。')
    expect(toWant(found!)).toMatchObject({
      rrule: 'FREQ=WEEKLY;BYDAY=FR',
      time: '17:00',
      next: ['2025-03-07', '2025-03-14', '2025-03-21'],
    })
  })

  it.each([
    ['每月5日前', 'FREQ=MONTHLY;BYMONTHDAY=5'],
    ['每月月底', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['每周二、四', 'FREQ=WEEKLY;BYDAY=TU,TH'],
    ['每季度首月10日前', 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10'],
    ['每季度末', 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1'],
    ['每年1月底前', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31'],
    ['每两周', 'FREQ=WEEKLY;INTERVAL=2'],
    ['每半年', 'FREQ=MONTHLY;INTERVAL=6'],
    ['每月最后一个工作日', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'],
    ['每月第一个星期五', 'FREQ=MONTHLY;BYDAY=1FR'],
  ])('writes %s as %s', (words, rrule) => {
    expect(read(`${words}报送。`)[0]?.value).toMatchObject({ kind: 'recur', rrule })
  })

  it('moves the 31st to the end of a short month instead of leaving the month out', () => {
    const [found] = read('每月31日报送。', on('2025-02-01'))
    expect(toWant(found!)).toMatchObject({ next: ['2025-02-28', '2025-03-31', '2025-04-30'] })
  })

  it('keeps a limit after a period’s end that still lies ahead in the next period', () => {
    const [found] = read('每季度结束后15日内公开账目。', on('2025-04-10'))
    expect(toWant(found!)).toMatchObject({ next: ['2025-04-15', '2025-07-15', '2025-10-15'] })
  })

  it('finds every expression of a paragraph and nothing in its names and numbers', () => {
    const text =
      '各县区总工会:现印发《2025年工作要点》(平工文〔2025〕34号),3月底前制定方案,每季度末报进度,12月10日前报总结。' +
      '联系人张某,电话0933-8210000,“新双15工程”、五一劳动奖章、24小时自助不在此列。'
    expect(read(text).map((expression) => expression.text)).toEqual([
      '3月底前',
      '每季度末',
      '12月10日前',
    ])
  })
})
