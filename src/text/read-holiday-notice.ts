/** A holiday notice as an admin writes it: a JSON file of the form of data/holidays/CN-2026.json. */
import { BadInputError } from '../errors.ts'
import type { HolidayNotice } from './working-days.ts'

/**
 * The notice that a file holds.
 *
 * @throws {BadInputError} `bad_holiday_file`; the message names the file and what is wrong with it.
 */
export function readHolidayNotice(json: string, fileName: string): HolidayNotice {
  const fault = (what: string) =>
    new BadInputError(
      'bad_holiday_file',
      `${fileName} 读不懂：${what}。写法照 data/holidays/CN-2026.json。`,
    )
  const value = parse(json)
  if (!isRecord(value)) throw fault('不是 JSON 对象')
  const { year, basis, periods } = value
  if (typeof year !== 'number' || !Number.isInteger(year)) throw fault('year 要是年份')
  if (!Array.isArray(periods)) throw fault('periods 要是列表')
  return {
    year,
    basis: typeof basis === 'string' ? basis : fileName,
    periods: periods.map((period: unknown, index) => {
      const read = readPeriod(period)
      if (!read) throw fault(`第 ${index + 1} 段假期要有 name、from、to，日期写成 2026-02-15`)
      return read
    }),
  }
}

function readPeriod(value: unknown): HolidayNotice['periods'][number] | undefined {
  if (!isRecord(value)) return undefined
  const { name, from, to, makeUp = [] } = value
  if (typeof name !== 'string' || !isDay(from) || !isDay(to) || from > to) return undefined
  if (!Array.isArray(makeUp) || !makeUp.every(isDay)) return undefined
  return { name, from, to, makeUp }
}

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  try {
    return Temporal.PlainDate.from(value).toString() === value
  } catch {
    return false // 2026-02-30: a day that does not exist
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined // said by the caller: 不是 JSON 对象
  }
}
