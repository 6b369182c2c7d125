/** Dates in figures: 2025-03-31, 2025/3/31, 2025.4.15, 20250331, 2025-03, 4.15前. */
import { matchAt } from './match.ts'
import type { Parsed, Point } from './point.ts'

const FULL =
  /(?<year>(?:19|20)\d{2})(?:(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})|(?<monthInRow>0[1-9]|1[0-2])(?<dayInRow>0[1-9]|[12]\d|3[01]))日?(?!\d|\.\d|-\d(?!\d{3}))/y
/** Without a day: only where it cannot be a decimal number or a version. */
const YEAR_MONTH =
  /(?<year>(?:19|20)\d{2})(?:[-/](?<month>0?[1-9]|1[0-2])|\.(?<dotted>0?[1-9]|1[0-2])(?:(?=之?前|以前|[底末起]|[-至到](?:19|20)\d{2}\.)|(?<=(?:19|20)\d{2}\.\d{1,2}[-至到](?:19|20)\d{2}\.\d{1,2})))(?![\d/.]|-\d{1,2}(?!\d)|[个万亿元%])/y
/** Without a year: only as a limit or as a range of its own; elsewhere 4.8 is a decimal number. */
const MONTH = '(?:1[0-2]|0?[1-9])'
const DAY = '(?:3[01]|[12]\\d|0?[1-9])'
const PAUSE = '(?:^|[,。;:(\\n于为在自从、])'
const NO_DECIMAL = '(?![\\d.%万亿元吨米度级分倍])'
const MONTH_DAY = new RegExp(
  `(?<month>${MONTH})(?<mark>[./])(?<day>${DAY})(?:(?=之?前|以前|止)|(?<=${PAUSE}${MONTH}[./]${DAY})(?=[-至到]${MONTH}\\k<mark>${DAY}${NO_DECIMAL})|(?<=${PAUSE}${MONTH}[./]${DAY}[-至到]${MONTH}[./]${DAY})|(?<=${PAUSE}${MONTH}/(?:3[01]|2\\d|1[3-9]))(?=[开举召上下晚截报(,。]|$))${NO_DECIMAL}`,
  'y',
)

/** A date in figures at `at`; it may be impossible (2025-02-30), which the resolver says. */
export function parseWrittenDate(text: string, at: number): Parsed<Point> | undefined {
  const match =
    matchAt(FULL, text, at) ?? matchAt(YEAR_MONTH, text, at) ?? matchAt(MONTH_DAY, text, at)
  const groups = match?.groups
  if (!match || !groups) return undefined
  const month = groups['month'] ?? groups['monthInRow'] ?? groups['dotted']
  const day = groups['day'] ?? groups['dayInRow']
  return {
    value: {
      ...(groups['year'] ? { year: { kind: 'absolute', year: Number(groups['year']) } } : {}),
      month: { kind: 'number', number: Number(month) },
      ...(day ? { day: { kind: 'number', number: Number(day) } } : {}),
    },
    end: at + match[0].length,
  }
}
