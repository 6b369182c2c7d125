/** Calendar dates as documents write them, for dates of issue and validity: 2014年3月13日, 二〇一四年三月十三日, 8月底, 9月. */
import { parseChineseNumerals } from './parse-number.ts'

const NUMERAL = '[〇零一二三四五六七八九十]'
const DIGITS = '\\d{1,2}'
/** Year, month and day in named groups; the year may be missing, the day may be missing or 底, 初, 中旬. */
export const CALENDAR_DATE = `(?<next>明年|次年|翌年)?(?:(?<year>(?:19|20)\\d{2}|${NUMERAL}{4})年)?(?<month>${DIGITS}|${NUMERAL}{1,2})月(?:(?<day>${DIGITS}|${NUMERAL}{1,3})[日号]|(?<end>底|末))?`

type Groups = Readonly<Record<string, string | undefined>> | undefined

/** First day of what a match of {@link CALENDAR_DATE} names; `year` stands in for a year that is not written. */
export function firstDay(groups: Groups, year: number | undefined): Temporal.PlainDate | undefined {
  return toDate(groups, year, 1)
}

/** Last day of what it names: 9月 and 9月底 end on 30 September. */
export function lastDay(groups: Groups, year: number | undefined): Temporal.PlainDate | undefined {
  return toDate(groups, year, 31)
}

function toDate(
  groups: Groups,
  year: number | undefined,
  dayless: number,
): Temporal.PlainDate | undefined {
  const after = year === undefined || groups?.['next'] === undefined ? year : year + 1
  const writtenYear = toNumber(groups?.['year']) ?? after
  const month = toNumber(groups?.['month'])
  const writtenDay = toNumber(groups?.['day'])
  if (writtenYear === undefined || month === undefined || month < 1 || month > 12) return undefined
  const first = Temporal.PlainDate.from({ year: writtenYear, month, day: 1 })
  const day = writtenDay ?? (groups?.['end'] === undefined ? dayless : 31)
  if (writtenDay !== undefined && (day < 1 || day > first.daysInMonth)) return undefined
  return first.with({ day: Math.min(day, first.daysInMonth) })
}

function toNumber(written: string | undefined): number | undefined {
  if (written === undefined) return undefined
  return /^\d+$/.test(written) ? Number(written) : parseChineseNumerals(written)
}
