/** Times of day: 17时, 下午三点半, 9:00, 下班前, 上午. */
import { HAN, matchAt, readNumeral } from './match.ts'
import type { ClockTime, DayPart, Parsed } from './point.ts'

const DAY_PARTS: readonly (readonly [RegExp, DayPart])[] = [
  [/^(?:凌晨|清晨|早上|早晨|上午|早|晨|今晨)$/, 'morning'],
  [/^(?:中午|正午|午间)$/, 'noon'],
  [/^(?:下午|午后|傍晚)$/, 'afternoon'],
  [/^(?:晚上|晚间|当晚|晚|夜里|深夜|夜间|夜)$/, 'evening'],
]

const PART =
  '凌晨|清晨|早上|早晨|上午|早(?![餐高期年日报教操些])|晨|中午|正午|午间|下午|午后|傍晚|晚上|晚间|深夜|夜里|夜间|晚(?![些会宴报期年稻])|夜'
const CLOCK = new RegExp(
  `(?<part>${PART})?(?:(?<hour>\\d{1,2}|${HAN}{1,3})(?:时|点(?!名|评|赞|上|位|对|线|多))(?:钟|整)?(?:(?<quarter>半|一刻|三刻)|(?<minute>\\d{1,2}|${HAN}{1,3})分?)?|(?<figures>\\d{1,2}):(?<sixtieth>[0-5]\\d)(?::[0-5]\\d)?(?!\\d))`,
  'y',
)
const PART_ALONE = new RegExp(`(?:${PART})(?![一-龥]?点)`, 'y')
const CLOSE_OF_BUSINESS = /下班(?=前|之前|以前)/y

/** End of office hours, when 「下班前」 names an hour. */
const OFFICE_CLOSES: ClockTime = { hour: 18, minute: 0 }
const QUARTERS: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45 }

export interface ClockFields {
  readonly dayPart?: DayPart
  readonly clock?: ClockTime
}

/** A time of day at `at`: an hour, or a part of the day, or the close of business. */
export function parseClock(text: string, at: number): Parsed<ClockFields> | undefined {
  const match = matchAt(CLOCK, text, at)
  const clock = match ? readClock(match.groups ?? {}) : undefined
  if (match && clock) return { value: { clock }, end: at + match[0].length }
  if (matchAt(CLOSE_OF_BUSINESS, text, at)) return { value: { clock: OFFICE_CLOSES }, end: at + 2 }
  const alone = matchAt(PART_ALONE, text, at)
  const dayPart = alone ? readPart(alone[0]) : undefined
  return alone && dayPart ? { value: { dayPart }, end: at + alone[0].length } : undefined
}

function readClock(groups: Readonly<Record<string, string | undefined>>): ClockTime | undefined {
  const hour = readNumeral(groups['hour'] ?? groups['figures'])
  const minute = readMinute(groups)
  if (!(hour >= 0 && hour <= 24 && minute < 60) || (hour === 24 && minute > 0)) return undefined
  return { hour: inDayPart(hour, readPart(groups['part'] ?? '')), minute }
}

function readMinute(groups: Readonly<Record<string, string | undefined>>): number {
  const written = groups['minute'] ?? groups['sixtieth']
  if (written !== undefined) return readNumeral(written)
  return QUARTERS[groups['quarter'] ?? ''] ?? 0
}

function readPart(written: string): DayPart | undefined {
  return DAY_PARTS.find(([pattern]) => pattern.test(written))?.[1]
}

/** 下午三点 is 15, 晚上12点 is 24; 中午12点 stays. */
function inDayPart(hour: number, part: DayPart | undefined): number {
  if (part === 'afternoon' && hour < 12) return hour + 12
  if (part === 'evening' && hour <= 12 && hour >= 5) return hour + 12
  if (part === 'noon' && hour <= 2) return hour + 12
  return hour
}
