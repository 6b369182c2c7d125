/** Weeks and weekdays: 下周, 本周五, 周四, 星期日, 周末. */
import { matchAt } from './match.ts'
import type { Parsed, Point } from './point.ts'

const WEEK = '(?:周|星期|礼拜)'
/** 周一次, 周一鸣: the numeral belongs to the next word. */
const WEEKDAY = '(?<day>[一二三四五六日天1-7])(?!次|趟|遍|期|报|题|鸣|[个家名元年月])'
const SHIFTED = new RegExp(
  `(?<shift>上上|上|这|本|当|下下|下)一?个?${WEEK}(?:${WEEKDAY}|(?<end>末)|(?!年|岁|期|边|围|转|密|折|报|刊))`,
  'y',
)
const PLAIN = new RegExp(
  `(?<![〇一二两三四五六七八九十\\d半整每个几数])(?:${WEEK}${WEEKDAY}|周(?<end>末)|周(?=内))`,
  'y',
)
const SHIFTS: Readonly<Record<string, number>> = {
  上上: -2,
  上: -1,
  这: 0,
  本: 0,
  当: 0,
  下: 1,
  下下: 2,
}
const DAYS = '一二三四五六日'

/** A week or a weekday at `at`. */
export function parseWeek(text: string, at: number): Parsed<Point> | undefined {
  const match = matchAt(SHIFTED, text, at) ?? matchAt(PLAIN, text, at)
  if (!match) return undefined
  const groups = match.groups ?? {}
  const shift = SHIFTS[groups['shift'] ?? '']
  const weekday = groups['day'] ? readWeekday(groups['day']) : undefined
  const isWholeWeek = weekday === undefined
  return {
    value: {
      ...(shift !== undefined || isWholeWeek
        ? { week: { kind: 'shift' as const, shift: shift ?? 0 } }
        : {}),
      ...(weekday === undefined ? {} : { weekday }),
      ...(groups['end'] ? { part: 'weekend' as const } : {}),
      ...(shift === undefined && isWholeWeek ? { bare: true } : {}),
    },
    end: at + match[0].length,
  }
}

/** 1 Monday … 7 Sunday. */
export function readWeekday(written: string): number {
  if (/[1-7]/.test(written)) return Number(written)
  return written === '天' ? 7 : DAYS.indexOf(written) + 1
}
