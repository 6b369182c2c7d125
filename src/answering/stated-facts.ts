/**
 * What a clause states that can be told right from wrong: figures with measure, bound and relation in
 * time, days, hours, years, people, organisations, places. Two clauses state the same when their
 * facts have equal keys: 1.2万名以上 and 不少于12000人 do, 9月30日前 and 9月30日 do not.
 *
 * Texts come folded and without white space (foldWithoutSpaces).
 */
import type { Gazetteer } from '../domain/jurisdiction.ts'
import type { Span } from '../domain/span.ts'
import { findQuantities } from '../text/parse-number.ts'
import { readUnit } from './figures-in.ts'
import { agentsIn, namesIn, spanOf } from './stated-names.ts'

export interface StatedFact extends Span {
  /** Facts of one kind can stand for one another: 元, 日, year, place … */
  readonly kind: string
  readonly key: string
}

export interface FactReader {
  readonly gazetteer: Pick<Gazetteer, 'findIn'>
  readonly tagger: {
    tagged(text: string): readonly { readonly word: string; readonly tag: string }[]
  }
}

/** Every fact of a clause; the same stretch may state two (a year inside a date is one fact). */
export function statedFacts(clause: string, reader: FactReader): StatedFact[] {
  const days = daysIn(clause)
  const hours = hoursIn(clause)
  const years = yearsIn(clause)
  const per = perIn(clause)
  const taken = [
    ...days,
    ...hours,
    ...years,
    ...per,
    ...ratiosIn(clause),
    ...relativeTimes(clause),
    ...gradesIn(clause),
  ]
  const figures = figuresOf(clause).filter((figure) => !taken.some((one) => inside(figure, one)))
  const names = namesIn(clause, reader)
  return [...taken, ...figures, ...names, ...agentsIn(clause, reader)]
}

function inside(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

const DAY =
  /(?:([0-9]{4})年)?([0-9]{1,2})月(?:([0-9]{1,2})[日号]?|([上中下]旬|底|初|末|中旬?))?(?!份?[0-9])/g
/** 9月1日至3日: the second day is of the same month. */
const DAY_OF_SAME_MONTH = /([0-9]{1,2})月[0-9]{1,2}[日号]?(?:至|到|-|~|、|和)([0-9]{1,2})[日号]/g

function daysIn(clause: string): StatedFact[] {
  const whole = [...clause.matchAll(DAY)].map((match) => {
    const [, year, month, day, part] = match
    const span = spanOf(match)
    const key = `${Number(month)}/${day === undefined ? (part ?? '') : Number(day)}`
    return dayFact(clause, span, key, year)
  })
  const carried = [...clause.matchAll(DAY_OF_SAME_MONTH)].map((match) => {
    const end = match.index + match[0].length
    const span = { start: end - (match[2]?.length ?? 0) - 1, end }
    return dayFact(clause, span, `${Number(match[1])}/${Number(match[2])}`, undefined)
  })
  const vague = [...clause.matchAll(/年底|年末|年初|年中|月底|月末|月初|季末/g)]
    .map((match) => ({ word: match[0], ...spanOf(match) }))
    .filter((one) => !whole.some((day) => inside(one, day)))
    .map(({ word, ...span }) => dayFact(clause, span, word.replace('末', '底'), undefined))
  return [...whole, ...carried, ...vague]
}

function dayFact(clause: string, span: Span, day: string, year: string | undefined): StatedFact {
  const key = `${day}|${relationInTime(clause, span)}`
  return { ...span, kind: 'day', key: year === undefined ? key : `${key}|${year}` }
}

/** How a day or a length of time binds; what is not told apart would turn a deadline into a start. */
export function relationInTime(clause: string, { start, end }: Span): string {
  const before = clause.slice(Math.max(0, start - 4), start)
  const after = clause.slice(end, end + 6)
  if (/^(?:之|以)?前|^(?:截止|为止|止|结束|到期)/.test(after)) return 'until'
  if (/^(?:之|以)?后/.test(after)) return 'after'
  if (/^(?:之|以)?内/.test(after)) return 'within'
  if (/(?:截止|截至|截止到|最晚|最迟|不晚于|至|到|-|~)(?:每年)?$/.test(before)) return 'until'
  if (/^(?:起|开始|至|到(?!账|位)|-|~)/.test(after) || /(?:从|自)(?:每年)?$/.test(before)) {
    return 'from'
  }
  return ''
}

const PARTS_OF_DAY: Readonly<Record<string, string>> = {
  凌晨: '早',
  早上: '早',
  早晨: '早',
  上午: '早',
  早: '早',
  中午: '午',
  下午: '下',
  傍晚: '晚',
  晚上: '晚',
  夜里: '晚',
  晚: '晚',
}
const HOUR =
  /(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|早|晚)?([0-9]{1,2})(?:[点时](?!间|段)(半|[0-9]{1,2}分)?|:([0-9]{2}))/g

function hoursIn(clause: string): StatedFact[] {
  return [...clause.matchAll(HOUR)].map((match) => {
    const [, part = '', hour, past = '', minutes = ''] = match
    const minute = past === '半' ? 30 : Number((past || minutes).replace('分', '') || 0)
    const key = `${PARTS_OF_DAY[part] ?? ''}${Number(hour)}:${minute}`
    return { ...spanOf(match), kind: 'hour', key }
  })
}

const YEAR = /((?:19|20)[0-9]{2})(?:年(?![0-9]+月)|(?=[至到~-](?:19|20)[0-9]{2}年))/g

function yearsIn(clause: string): StatedFact[] {
  return [...clause.matchAll(YEAR)].map((match) => ({
    ...spanOf(match),
    kind: 'year',
    key: match[1] ?? '',
  }))
}

const RELATIVE_TIME =
  /今年|本年|去年|上年|前年|明年|来年|上半年|下半年|[上本下]季度|[上本下]个?月(?!经)|前[一二三四]季度|近年|近期|近日|(?<![0-9])日前|往年/g

function relativeTimes(clause: string): StatedFact[] {
  return [...clause.matchAll(RELATIVE_TIME)].map((match) => ({
    ...spanOf(match),
    kind: 'year',
    key: match[0].replace('本年', '今年').replace('上年', '去年').replace('来年', '明年'),
  }))
}

const PER_ALIKE: Readonly<Record<string, string>> = {
  名: '人',
  位: '人',
  个人: '人',
  家: '户',
  天: '日',
  个月: '月',
  年度: '年',
}
/** 每人每年80元, 一人五千元, 按月发放. */
const PER =
  /(?:每|平均每|按)(个人|个月|年度|季度|学期|人|名|位|户|家|年|月|周|[天日]|班|次|个|座|所|件|场|份|节|轮)|一(人|名|户)(?=[^,。;]{0,6}[0-9一二两三四五六七八九])/g

function perIn(clause: string): StatedFact[] {
  return [...clause.matchAll(PER)].map((match) => {
    const unit = match[1] ?? match[2] ?? ''
    return { ...spanOf(match), kind: 'per', key: PER_ALIKE[unit] ?? unit }
  })
}

const AT_LEAST =
  /(?:不少于|不低于|不小于|至少|最少|起码)[^,。;0-9]{0,14}$|(?:超过|多于|高于|突破|超)[^,。;0-9]{0,3}$|满$/
const UNDER = /(?:不满|不足|不到|未满)$/
const AT_MOST =
  /(?:不超过|不高于|不多于|至多|最多|最高|(?<!不)低于|(?<!不)少于|控制在|封顶)[^,。;0-9]{0,14}$/
const ABOUT = /(?:大约|将近|接近|大概|约|近)$/
/** 一等奖, 第九届: numerals that name a grade or an edition. */
function gradesIn(clause: string): StatedFact[] {
  return [
    ...clause.matchAll(/[特一二三四五]等(?=奖)|第[一二三四五六七八九十0-9]+(?=[届期批名轮])/g),
  ].map((match) => ({ ...spanOf(match), kind: 'grade', key: match[0] }))
}

function ratiosIn(clause: string): StatedFact[] {
  return [...clause.matchAll(/[0-9.]+(?::|比)[0-9.]+/g)].map((match) => {
    const span = spanOf(match)
    const bound = boundOf(clause, span.start, span.end, 0, false)
    return { ...span, kind: 'ratio', key: `${match[0].replace('比', ':')}|${bound}` }
  })
}

/** Measures of time: for them 内, 前 and 后 matter. */
const TIMES = /^(?:年|月|日|周|岁|小时|分钟|个月|星期|季度|工作日|学期)$/

function figuresOf(clause: string): StatedFact[] {
  return findQuantities(clause).flatMap(({ start, end, value, isPercent, inWords, isVague }) => {
    const { unit, length } = readUnit(clause.slice(end))
    if (inWords && end - start === 1 && unit === '') return []
    const kind = isPercent ? '%' : unit
    const bound = boundOf(clause, start, end, length, isVague)
    const span = { start, end: end + length }
    const relation = TIMES.test(unit) ? relationInTime(clause, span) : ''
    return [{ ...span, kind, key: `${value}|${bound}|${relation}` }]
  })
}

function boundOf(clause: string, start: number, end: number, unit: number, vague: boolean): string {
  const before = clause.slice(Math.max(0, start - 10), start)
  const after = clause.slice(end + unit, end + unit + 3)
  if (UNDER.test(before)) return '<'
  if (AT_MOST.test(before)) return '<='
  if (AT_LEAST.test(before)) return '>='
  if (/^(?:及|及其)?以上/.test(after) || /^元起/.test(clause.slice(end))) return '>='
  if (/^(?:及)?以下|^封顶/.test(after)) return '<='
  const more = clause.slice(end, end + 1)
  if (vague || ABOUT.test(before) || /^(?:左右|上下)/.test(after) || /^[余多]$/.test(more))
    return '~'
  return ''
}
