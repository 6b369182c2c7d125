/** Days: 5日, 二十号, 明天, and counted ones: 最后一个工作日, 第二个周五, 第一周. */
import { HAN, matchAt, readNumeral } from './match.ts'
import { readWeekday } from './parse-week.ts'
import { BETWEEN } from './parse-year.ts'
import type { Nth, Parsed, Point } from './point.ts'

const NUMBER = `(?:\\d{1,2}|${HAN}{1,3})`
const DAY = new RegExp(
  `(?<n>${NUMBER})(?:(?:(?<=[、和]\\d{1,2})[两三][日天]|[日号](?![线楼院房文游令]))|(?=[日号]?(?:${BETWEEN}${NUMBER})+[两三]?[日号天]))`,
  'y',
)
/** 12月25前: the unit is left out. */
const WITHOUT_UNIT = /(?<n>\d{1,2})(?=之?前|以前|\(|[-至到]\d{1,2}(?:日|月|号|前))/y
/** A day of no named month needs words around it that make it one. */
const ALONE_BEFORE = /(?<![\d.第一二两三四五六七八九十百每近数几多这那该近\w-])(?=.)/y
/** 一号 and 88号 are also numbers of things: only after a pause or a word of time. */
const NUMBER_BEFORE = /(?<=^|[,。;:!?(\n于在从到至自请定截限月]|最晚|最迟|之前)/y
const LONGEST_MONTH = 31
const ALONE_AFTER =
  /(?:\(|之?前(?![往来])|以前|[至到和、-]|上午|下午|晚|早|中午|开[始展会幕]|召开|举[行办]|报|交|起|止|截|前后|左右|正式|,|。|;|$|\n|\d{1,2}[时点:]|[你我他])/y

const RELATIVE: readonly (readonly [RegExp, number])[] = [
  [/大前[天日]/y, -3],
  [/前天|(?<![目日年月节会此以之])前日/y, -2],
  [/昨[天日]|昨(?=晚|夜|晨)/y, -1],
  [/今天(?!的人)|今日(?!头条|说法|关注|资本)|今(?=晚|早|晨|夜)/y, 0],
  [/明天(?!会更)|(?<![清黎声光])明日(?!之星|黄花)|明(?=晚|早|晨)/y, 1],
  [/(?<![大今以])后[天日](?!性)/y, 2],
  [/大后[天日]/y, 3],
]

const NTH = new RegExp(
  [
    `(?:(?<last>最后一?个?|倒数第一个?)|倒数第(?<fromEnd>[二三四五2-5])个?|第(?<n>\\d|${HAN}{1,2})个?|首个?(?=工作|周|日|星))`,
    '(?:(?<working>工作日)|(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])|(?<week>周|星期)|(?<day>[天日]))',
  ].join(''),
  'y',
)

/** A day at `at`. */
export function parseDay(
  text: string,
  at: number,
  before: Point,
  inner: boolean,
): Parsed<Point> | undefined {
  if (before.week || before.weekday || before.festival || before.lunar) return undefined
  const hasFrame = inner || Object.keys(before).length > 0
  if (hasFrame) {
    const nth = parseNth(text, at)
    if (nth) return nth
  }
  return parseNumbered(text, at, before.month !== undefined, inner) ?? parseRelative(text, at)
}

function parseNumbered(
  text: string,
  at: number,
  hasMonth: boolean,
  inner: boolean,
): Parsed<Point> | undefined {
  const match = matchAt(DAY, text, at) ?? (hasMonth ? matchAt(WITHOUT_UNIT, text, at) : undefined)
  if (!match) return undefined
  const end = at + match[0].length
  if (!hasMonth && !inner && !standsAlone(text, at, end)) return undefined
  const number = readNumeral(match.groups?.['n'])
  if (!hasMonth && number > LONGEST_MONTH) return undefined
  return { value: { day: { kind: 'number', number } }, end }
}

function standsAlone(text: string, at: number, end: number): boolean {
  const isNumber = text.charAt(end - 1) === '号'
  const before = isNumber ? NUMBER_BEFORE : ALONE_BEFORE
  if (!matchAt(before, text, at)) return false
  return end === text.length || matchAt(ALONE_AFTER, text, end) !== undefined
}

function parseRelative(text: string, at: number): Parsed<Point> | undefined {
  for (const [pattern, shift] of RELATIVE) {
    const match = matchAt(pattern, text, at)
    if (match) return { value: { day: { kind: 'shift', shift } }, end: at + match[0].length }
  }
  return undefined
}

/** 前3个工作日, 初三个工作日内, 头五天, 最后两天. */
const FIRST_OR_LAST = new RegExp(
  `(?<edge>[前初头]|最后)的?(?<n>\\d{1,2}|${HAN}{1,2})(?:个(?<working>工作日)|[天日](?!上午|下午))`,
  'y',
)

function parseNth(text: string, at: number): Parsed<Point> | undefined {
  const several = matchAt(FIRST_OR_LAST, text, at)
  if (several) return { value: { nth: readSeveral(several) }, end: at + several[0].length }
  const match = matchAt(NTH, text, at)
  if (!match) return undefined
  return { value: { nth: readNth(match.groups ?? {}) }, end: at + match[0].length }
}

function readSeveral(match: RegExpExecArray): Nth {
  const count = readNumeral(match.groups?.['n'])
  const ordinal = match.groups?.['edge'] === '最后' ? -count : count
  const of = match.groups?.['working'] ? 'working-day' : 'day'
  return count === 1 ? { ordinal, of } : { ordinal, of, through: true }
}

function readNth(groups: Readonly<Record<string, string | undefined>>): Nth {
  const ordinal = groups['last']
    ? -1
    : groups['fromEnd']
      ? -readNumeral(groups['fromEnd'])
      : groups['n']
        ? readNumeral(groups['n'])
        : 1
  if (groups['working']) return { ordinal, of: 'working-day' }
  if (groups['weekday']) return { ordinal, of: 'weekday', weekday: readWeekday(groups['weekday']) }
  return { ordinal, of: groups['week'] ? 'week' : 'day' }
}
