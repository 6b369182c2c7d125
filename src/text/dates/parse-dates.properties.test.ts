/** What holds for every expression: script, width, glosses and the machine's time zone do not matter. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { Converter } from 'opencc-js/cn2t'
import { describe, expect, it } from 'vitest'
import { readPhrases } from '../../../test/support/date-gold.ts'
import { datesParseBatch } from '../../cli/dates-command.ts'
import { STATE_COUNCIL_HOLIDAYS } from '../state-council-holidays.ts'
import { addWorkingDays, workCalendar } from '../working-days.ts'
import { parseDates } from './parse-dates.ts'
import { toWant } from './to-want.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const calendar = workCalendar(STATE_COUNCIL_HOLIDAYS)
const rows = ['date-phrases.txt', 'date-phrases-office.txt'].flatMap((file) =>
  readPhrases(readFileSync(resolve(ROOT, 'test/fixtures', file), 'utf8')),
)
const anyRow = fc.constantFrom(...rows)
const anyDay = fc
  .integer({ min: 0, max: 365 * 6 })
  .map((days) => Temporal.PlainDate.from('2020-01-01').add({ days }))

/** What was understood, without the words and where they stand. */
const meaning = (text: string, day: string | Temporal.PlainDate) =>
  parseDates(text, {
    ref: Temporal.PlainDate.from(day).toPlainDateTime('09:00'),
    calendar,
  }).map((expression) => {
    const { offset, text: words, assumptions, event, ...fields } = toWant(expression)
    return fields
  })

const toTraditional = Converter({ from: 'cn', to: 't' })
const widen = (text: string) =>
  text.replace(/[0-9:./,-]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0xfee0))
/** A reading after every character that stands in `TONED`, as converted pages have it. */
const TONED = '会huì 后hòu 个gè 内nèi 节jié 报bào 时shí 开kāi 发fā 处chù'
  .split(' ')
  .map((entry) => [entry.slice(0, 1), entry.slice(1)] as const)
const gloss = (text: string) =>
  TONED.reduce((result, [han, pinyin]) => result.replaceAll(han, `${han}(${pinyin})`), text)

/** Every phrase of the fixture means the same after the change. */
const expectSame = (change: (text: string) => string) => {
  for (const { text, ref } of rows) {
    const day = ref.slice(0, 10)
    expect([text, meaning(change(text), day)]).toEqual([text, meaning(text, day)])
  }
}

describe('every expression', () => {
  it('means the same in traditional script', () => {
    expectSame(toTraditional)
  })

  it('means the same in full width', () => {
    expectSame(widen)
  })

  it('means the same with readings after its characters', () => {
    expectSame(gloss)
  })

  it('lies in the text where it says, in order and without overlap', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 6 }), anyDay, (several, day) => {
        const text = several.map((row) => row.text).join('\n')
        const found = parseDates(text, { ref: day.toPlainDateTime('09:00'), calendar })
        let end = 0
        for (const { offset, text: words } of found) {
          expect(text.slice(offset, offset + words.length)).toBe(words)
          expect(offset).toBeGreaterThanOrEqual(end)
          end = words.includes('起') ? offset : offset + words.length
        }
      }),
    )
  })

  it('means the same on machines in any time zone', () => {
    const lines = rows.map(({ id, text, ref, tz }) => JSON.stringify({ id, text, ref, tz }))
    const script = `
      import { datesParseBatch } from ${JSON.stringify(resolve(ROOT, 'src/cli/dates-command.ts'))}
      import { readFileSync } from 'node:fs'
      process.stdout.write(datesParseBatch(readFileSync(0, 'utf8').split('\\n')).join('\\n'))`
    const inZone = (zone: string) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        input: lines.join('\n'),
        encoding: 'utf8',
        env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
      })
    const here = datesParseBatch(lines).join('\n')
    for (const zone of ['UTC', 'Asia/Shanghai', 'America/New_York']) {
      expect(inZone(zone)).toBe(here)
    }
  }, 60_000)
})

describe('relative expressions', () => {
  it('move with the reference day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (day, count) => {
        const due = day.add({ days: count }).toString()
        expect(meaning(`${count}日内办结`, day)).toEqual([{ type: 'due', due }])
        expect(meaning(`${count}天后复查`, day)).toEqual([{ type: 'date', date: due }])
        const worked = addWorkingDays(calendar, day, count).on.toString()
        expect(meaning(`${count}个工作日内答复`, day)).toEqual([{ type: 'due', due: worked }])
      }),
    )
  })

  it('of the week keep their weekday and their distance', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 7 }), (day, weekday) => {
        const name = '一二三四五六日'.charAt(weekday - 1)
        const [found] = meaning(`下周${name}前报送`, day)
        const due = Temporal.PlainDate.from(String(found?.['due']))
        expect(due.dayOfWeek).toBe(weekday)
        expect(day.until(due).days).toBe(7 + weekday - day.dayOfWeek)
      }),
    )
  })
})

describe('written dates', () => {
  it('are read back whatever the way of writing', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { year, month, day: date } = day
        const two = (part: number) => String(part).padStart(2, '0')
        for (const text of [
          `${year}年${month}月${date}日召开`,
          `${year}-${two(month)}-${two(date)}`,
          `${year}/${month}/${date}`,
          `${year}.${month}.${date}`,
          `${year} 年 ${month} 月 ${date} 日`,
          `${year}${two(month)}${two(date)}`,
        ]) {
          expect(meaning(text, '2022-05-05')).toEqual([{ type: 'date', date: day.toString() }])
        }
      }),
    )
  })

  it('without a year lie ahead, within a year', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (ref, day) => {
        fc.pre(!(day.month === 2 && day.day === 29))
        const [found] = meaning(`${day.month}月${day.day}日前报送`, ref)
        const due = Temporal.PlainDate.from(String(found?.['due']))
        expect([due.month, due.day]).toEqual([day.month, day.day])
        expect(Temporal.PlainDate.compare(due, ref)).toBeGreaterThanOrEqual(0)
        expect(Temporal.PlainDate.compare(due, ref.add({ years: 1 }))).toBeLessThan(0)
      }),
    )
  })

  it('are not found in text without figures or words of time', () => {
    const plain = fc.string({ unit: fc.constantFrom(...'工会职工服务驿站困难帮扶宣传组织,。的和') })
    fc.assert(fc.property(plain, (text) => void expect(meaning(text, '2025-03-03')).toEqual([])))
  })
})
