/**
 * What comes again: 每月5日前, 每周二、四, 每季度首月10日前, 每半年, 逢单周, 每个工作日, 各季度末, 按月报送.
 */
import { HAN, matchAt, readNumeral, skip } from './match.ts'
import { parseClock } from './parse-clock.ts'
import { parseItems } from './parse-items.ts'
import { parseLength, skipWithin } from './parse-length.ts'
import { readWeekday } from './parse-week.ts'
import type { Item, Length, Parsed, Recurrence, Relation } from './point.ts'

type Unit = Recurrence['unit']

const UNIT =
  '(?<unit>工作日|半年度?|年度?|季度?|月份?|旬|周(?!年|岁)|星期|礼拜|天|日(?!新闻|电讯|优鲜))'
const EVERY = new RegExp(
  `每(?:(?<skip>隔)?(?<n>\\d{1,2}|${HAN}{1,2})?个?${UNIT}|逢?(?=(?:周|星期|礼拜)[一二三四五六日天]))`,
  'y',
)
/** 各季度末, 逐月, 按季度报送: only with what makes them a time. */
const EACH =
  /(?:[各逐]个?(?:季度?|月份?|年度)(?=[末底初首第前\d〇一二三四五六七八九十])|逐(?:月|季度?|周|日|年)|(?:分|按)(?:月|季度?|周|年度?|旬|半年|日)度?(?=上?报|通报|调度|汇总|统计|分析|缴|拨|发放|开展|督|公示|公开|更新|,|。|进行|召开|考核|收缴|计提|核算|检查|总结))/y
const EVEN_PERIODS =
  /(?:每?逢|每|隔)(?<parity>[单双](?:周|月份?))|(?<bare>[单双]周)(?=(?:的?周|的?星期)?[一二三四五六日])|(?<month>[单双]月份?)(?=的?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|[上中下]旬|[底末初])/y
/** 一月一调度, 一季一通报: once in each; 一月一日 is a day. */
const ONE_EACH =
  /(?<![〇一二三四五六七八九十\d第])(?:一(?<unit>天|日|周|旬|月|季度?|年)|(?<half>半年))一(?=[调通报汇总小研会督考评检查公分反点])/y
const EVERY_OTHER = /隔(?<unit>周|日|天|月|年)(?!壁)/y
const ON_WEEKDAYS = /逢(?=(?:周|星期|礼拜)[一二三四五六日天])/y
const WEEK_BEFORE_RUN =
  /(?<![〇一二两三四五六七八九十\d半整每个几数上下本这当单双])(?:周|星期|礼拜)/y
const WORKDAYS =
  /(?<!个|[\d〇一二三四五六七八九十]|每|的)工作日(?=(?:每天|期间)?(?:[上中下]午|早|晚|\d{1,2}[:时点]))/y

const UNITS: readonly (readonly [string, Unit])[] = [
  ['工作日', 'working-day'],
  ['半年', 'half'],
  ['年', 'year'],
  ['季', 'quarter'],
  ['月', 'month'],
  ['旬', 'dekad'],
  ['周', 'week'],
  ['星期', 'week'],
  ['礼拜', 'week'],
  ['天', 'day'],
  ['日', 'day'],
]

const WEEKDAY_AFTER =
  /(?:的?(?:周|星期|礼拜)?)(?<day>[一二三四五六日天])(?!次|趟|期|报|遍|题|讲|练|歌|测|更|个|场|名|年|月|天|小时)/y
const WEEKEND_AFTER = /(?:的?周)?末/y
const INNER_LEAD =
  /[的,]?(?:[年月季度]{0,2}[底末](?=最后))?逢?(?:都?要?(?:于|在))?(?:当月|当季|当年)?/y
const AFTER_END =
  /(?:结束|终了|届满|完结|期满)(?:之?后|以后|的)?(?:的)?|(?:之|以)?后的?(?=[\d〇一二三四五六七八九十])/y
const SUFFIX =
  /(?:\([^()]{1,8}\))?(?:之前|以前|前(?!往|来|去|线(?!上|下)|沿(?!着)|列(?!出|入|明|席)|后)|之内|以内|内(?!容|部(?!署))|底前|左右|前后|起|(?:当[天日])|期间)/y
const BEFORE_SUFFIX = /(?:之前|以前|前(?!往|来|去|线(?!上|下)|沿(?!着)|列(?!出|入|明|席)|后))/y

/** A recurrence at `at`. */
export function parseRecurrence(text: string, at: number): Parsed<Recurrence> | undefined {
  return (
    parseParity(text, at) ??
    parseOneEach(text, at) ??
    parseEvery(text, at) ??
    parseOther(text, at) ??
    parseEach(text, at) ??
    parseWeekdayOnly(text, at) ??
    parseWorkdays(text, at)
  )
}

function parseEvery(text: string, at: number): Parsed<Recurrence> | undefined {
  const match = matchAt(EVERY, text, at)
  if (!match) return undefined
  const written = match.groups?.['unit']
  const end = at + match[0].length
  if (!written) return parseInner(text, end, 1, 'week')
  const count = match.groups?.['n'] ? readNumeral(match.groups['n']) : 1
  const every = match.groups?.['skip'] && count === 1 ? 2 : count
  return parseInner(text, end, every, unitOf(written))
}

function parseParity(text: string, at: number): Parsed<Recurrence> | undefined {
  const match = matchAt(EVEN_PERIODS, text, at)
  if (!match) return undefined
  const unit = match[0].includes('月') ? 'month' : 'week'
  const inner = parseInner(text, at + match[0].length, 2, unit)
  const parity = match[0].includes('单') ? 'odd' : 'even'
  return { value: { ...inner.value, parity }, end: inner.end }
}

function parseOneEach(text: string, at: number): Parsed<Recurrence> | undefined {
  const match = matchAt(ONE_EACH, text, at)
  if (!match) return undefined
  const unit = unitOf(match.groups?.['unit'] ?? match.groups?.['half'] ?? '')
  return { value: { every: 1, unit, items: [], relation: 'at' }, end: at + match[0].length }
}

function parseOther(text: string, at: number): Parsed<Recurrence> | undefined {
  const match = matchAt(EVERY_OTHER, text, at)
  if (!match) return undefined
  return parseInner(text, at + match[0].length, 2, unitOf(match.groups?.['unit'] ?? ''))
}

function parseEach(text: string, at: number): Parsed<Recurrence> | undefined {
  const match = matchAt(EACH, text, at)
  if (!match) return undefined
  return parseInner(text, at + match[0].length, 1, unitOf(match[0].slice(1).replace(/^个/, '')))
}

function parseWeekdayOnly(text: string, at: number): Parsed<Recurrence> | undefined {
  const match = matchAt(ON_WEEKDAYS, text, at)
  if (match) return parseInner(text, at + match[0].length, 1, 'week')
  const week = matchAt(WEEK_BEFORE_RUN, text, at)
  if (!week || !readRun(text, at + week[0].length)) return undefined
  return parseInner(text, at + week[0].length, 1, 'week')
}

function parseWorkdays(text: string, at: number): Parsed<Recurrence> | undefined {
  const match = matchAt(WORKDAYS, text, at)
  return match ? parseInner(text, at + match[0].length, 1, 'working-day') : undefined
}

function unitOf(written: string): Unit {
  return UNITS.find(([word]) => written.startsWith(word))?.[1] ?? 'day'
}

function parseInner(text: string, at: number, every: number, unit: Unit): Parsed<Recurrence> {
  const afterEnd = parseAfterEnd(text, at)
  if (afterEnd) {
    const value: Recurrence = {
      every,
      unit,
      items: [],
      relation: 'until',
      afterEnd: afterEnd.value,
    }
    return { value, end: afterEnd.end }
  }
  const items = parsePlaces(text, at, unit)
  const placed = items?.end ?? at
  const clock = parseClock(text, placed)?.value.clock
  const timed = parseClock(text, placed)?.end ?? placed
  const end = items || clock ? skip(SUFFIX, text, timed) : timed
  const hour = clock ?? clockOf(items?.value)
  return {
    value: {
      every,
      unit,
      items: items?.value ?? [],
      relation: relationAt(text, timed),
      ...(hour ? { clock: hour } : {}),
    },
    end,
  }
}

function relationAt(text: string, at: number): Relation {
  return matchAt(BEFORE_SUFFIX, text, at) ? 'until' : 'at'
}

function clockOf(items: readonly Item[] | undefined) {
  const [first] = items ?? []
  return first?.kind === 'point' ? first.point.clock : undefined
}

function parseAfterEnd(text: string, at: number): Parsed<Length> | undefined {
  const lead = matchAt(AFTER_END, text, at)
  if (!lead) return undefined
  const length = parseLength(text, at + lead[0].length)
  return length ? { value: length.value, end: skipWithin(text, length.end) } : undefined
}

function parsePlaces(text: string, at: number, unit: Unit): Parsed<Item[]> | undefined {
  if (unit === 'day' || unit === 'working-day') return undefined
  if (unit === 'week') return parseWeekdays(text, at)
  const start = skip(INNER_LEAD, text, at)
  const items = parseItems(text, start, true)
  return items && belongsInside(items.value, unit) ? items : undefined
}

/** 每月 cannot hold a month of its own, 每季度 no numbered one. */
function belongsInside(items: readonly Item[], unit: Unit): boolean {
  return items.every((item) => {
    const point = item.kind === 'point' ? item.point : item.from
    if (point.year || point.now || point.day?.kind === 'shift' || point.week) return false
    if (unit === 'year') return point.month?.kind !== 'shift' || point.bare === true
    if (unit === 'month' || unit === 'dekad') return !point.month || point.bare === true
    return point.month?.kind !== 'number'
  })
}

function parseWeekdays(text: string, at: number): Parsed<Item[]> | undefined {
  const day = matchAt(WEEKDAY_AFTER, text, at)
  if (day) return parseWeekdayList(text, at, day)
  const weekend = matchAt(WEEKEND_AFTER, text, at)
  if (!weekend) return undefined
  const end = at + weekend[0].length
  return { value: [{ kind: 'point', point: { weekday: 7 }, start: at, end }], end }
}

/** 每周一三五, 周二四六: days in a row without a mark, growing; 每周三五次 is a number of times. */
const RUN = /[一二三四五六日天]{2,7}(?![〇一二三四五六七八九十次趟遍期报题个场名年月周点时小])/y

function readRun(text: string, at: number): number[] | undefined {
  const days = Array.from(matchAt(RUN, text, at)?.[0] ?? '', readWeekday)
  const grows = days.every((day, index) => index === 0 || day > (days[index - 1] ?? 0))
  return days.length > 1 && grows ? days : undefined
}

/** 一、三、五 / 一至五 / 一到周五, after 每周. */
function parseWeekdayList(text: string, at: number, first: RegExpExecArray): Parsed<Item[]> {
  const pattern =
    /(?<link>[、和及与至到-]|以及)(?:每?(?:周|星期|礼拜))?(?<day>[一二三四五六日天])(?![〇一二三四五六七八九十次月年])/y
  const run = readRun(text, at + first[0].length - 1)
  const days = run ?? [readWeekday(first.groups?.['day'] ?? '')]
  let cursor = at + first[0].length - 1 + days.length
  for (let next = matchAt(pattern, text, cursor); next; next = matchAt(pattern, text, cursor)) {
    const day = readWeekday(next.groups?.['day'] ?? '')
    const last = days.at(-1) ?? day
    if (/[至到-]/.test(next.groups?.['link'] ?? '')) {
      for (let between = last + 1; between < day; between += 1) days.push(between)
    }
    days.push(day)
    cursor += next[0].length
  }
  const value = days.map(
    (weekday): Item => ({ kind: 'point', point: { weekday }, start: at, end: cursor }),
  )
  return { value, end: cursor }
}
