/**
 * Lengths of time and what they are counted from: 30日内, 三个工作日内, 自印发之日起二十日内, 5天前, 两周后.
 */
import { HAN, matchAt, readNumeral, skip } from './match.ts'
import type { EventAnchor, Length, LengthUnit, Parsed, Phrase } from './point.ts'

const AMOUNT = `(?:\\d{1,3}|${HAN}{1,4})`
/** 半个月, 一个半月; 日 and 天 are days, 自然日 too. */
const LENGTH = new RegExp(
  `(?:${AMOUNT}[-至到])?(?:(?<n>${AMOUNT}|半)(?<measure>个)?(?<half>半)?)(?<unit>工作日|法定工作日|营业日|个?自然日|日历日|日|天|周|星期|礼拜|月|季度|年|小时|钟头)`,
  'y',
)
const UNITS: Readonly<Record<string, LengthUnit>> = {
  工作日: 'working-day',
  法定工作日: 'working-day',
  营业日: 'working-day',
  自然日: 'day',
  个自然日: 'day',
  日历日: 'day',
  日: 'day',
  天: 'day',
  周: 'week',
  星期: 'week',
  礼拜: 'week',
  月: 'month',
  季度: 'quarter',
  年: 'year',
  小时: 'hour',
  钟头: 'hour',
}

const WITHIN =
  /(?:之内|以内|内)(?!容|部(?!署)|外|蒙|设(?!立|置|计)|涵|地|勤|生(?!产|成|效)|陆|科|仍?不[得能再许]|禁止|只能|累计|连续)/y
const LATER =
  /(?:以后|之后|过后|后(?!勤|续|台|备(?!案)|期|面|方(?!可|能)|进(?!行|入)|盾|代|者|半|来|的))/y
const AGO =
  /(?:以前|之前|前(?!后|往|来|去|线|沿|列(?!出|入)|期|提(?!交|出|供|报|请)|台|述|所(?!有|属)))/y
const BEFORE_AMOUNT = /(?<![\d.第〇一二两三四五六七八九十百廿卅近每逾超满约达共为期工龄])/y

/** The document's own doings: they fall on the reference day (its issue, its arrival, its meeting). */
const OWN_EVENT =
  /^(?:请|须|应|需|务必)*(?:自|从|于|在)?(?:各单位|你单位|各地)?(?:本|该|此)?(?:(?:收到|接到|接)(?:本|该|此|上级|来|交办|整改|反馈|督办)?(?:通知|通报|文件|来文|来函|函件|函|文|意见|方案|交办单|督办单|任务)?|(?:本|该|此)?(?:通知|办法|方案|意见|公告|公示|文件|文|细则|规定|制度|通报)?(?:发布|印发|公布|下发|发文|公告|公示|签发|发出|通报|成文|刊发)|(?:本|此)?次?(?:会议?|全会|大会|例会|座谈会|推进会|动员会)(?:结束|召开|闭幕|散会)?|即|今)$/
const EVENT =
  /(?<lead>自|从|于|在)?(?<event>[^,。;:!?、()《》\n\d自从]{1,14}?)(?:之日(?:起)?|当[日天]起?|次日起|(?:之后|以后|后)(?:的)?)(?:计算)?,?(?:计算的?)?(?:第)?$/

/** Named without 后: 入职一个月内, 收到申请5个工作日内. */
const BARE_EVENT =
  /(?<event>(?:收到|接到|接)[^,。;:!?、()《》\n\d]{1,10}|入职|离职|离岗|退休|到岗|上岗|就业|受理|立案|签约|签订|备案|投产|开工|竣工|完工|结项|验收|开标|中标|期满|届满|换届|立项|报到|出院|住院|患病|生育|死亡|去世)$/

/** A length at `at`. */
export function parseLength(text: string, at: number): Parsed<Length> | undefined {
  const match = matchAt(LENGTH, text, at)
  const groups = match?.groups
  if (!match || !groups || !isCounted(groups)) return undefined
  const unit = UNITS[groups['unit'] ?? '']
  const amount = readNumeral(groups['n']) + (groups['half'] ? 0.5 : 0)
  if (!unit || Number.isNaN(amount) || amount === 0) return undefined
  return { value: { amount, unit }, end: at + match[0].length }
}

/** 三月 is March and 四季度 the last quarter, 三个月 and 四个季度 are lengths; 一月 and 两月 before 内 are lengths too. */
function isCounted(groups: Readonly<Record<string, string | undefined>>): boolean {
  if (groups['unit'] === '季度' || groups['unit'] === '季') return groups['measure'] !== undefined
  return groups['unit'] !== '月' || groups['measure'] !== undefined || groups['n'] === '两'
}

/** A length counted from an event or from the reference day, with the words before it that name the event. */
export function parseLengthPhrase(
  text: string,
  at: number,
): (Parsed<Phrase> & { readonly start: number }) | undefined {
  if (!matchAt(BEFORE_AMOUNT, text, at)) return undefined
  const length = parseLength(text, at)
  if (!length) return undefined
  const within = matchAt(WITHIN, text, length.end)
  if (within) return limitAfter(text, at, length.value, length.end + within[0].length)
  return parsePlainShift(text, at, length)
}

function limitAfter(text: string, at: number, length: Length, end: number) {
  const { anchor, start } = readEvent(text, at)
  const value: Phrase = { kind: 'offset', anchor, side: 'after', length, shape: 'limit' }
  return { value, start, end }
}

/** 5天前, 两周后: a day. 30日前 is the 30th, not thirty days ago. */
function parsePlainShift(text: string, at: number, length: Parsed<Length>) {
  const later = matchAt(LATER, text, length.end)
  const ago = later ? undefined : matchAt(AGO, text, length.end)
  const match = later ?? ago
  if (!match || length.value.unit === 'hour') return undefined
  if (ago && text[length.end - 1] === '日' && length.value.unit === 'day') return undefined
  const value: Phrase = {
    kind: 'offset',
    anchor: { now: true },
    side: later ? 'after' : 'before',
    length: length.value,
    shape: 'day',
  }
  return { value, start: at, end: length.end + match[0].length }
}

/** The event named just before `at`; without one, counting starts on the reference day. */
function readEvent(
  text: string,
  at: number,
): { readonly anchor: EventAnchor | { readonly now: true }; readonly start: number } {
  const before = text.slice(Math.max(0, at - 24), at)
  const match = EVENT.exec(before) ?? BARE_EVENT.exec(before)
  const event = match?.groups?.['event']
  if (!match || !event) return { anchor: { now: true }, start: at }
  const start = at - (before.length - match.index)
  if (/(?:^|[在于会将])今$|^即$|未来$/.test(event)) return { anchor: { now: true }, start }
  return { anchor: { event, own: OWN_EVENT.test(event) }, start }
}

/** Skips 「内」 and its longer forms. */
export function skipWithin(text: string, at: number): number {
  return skip(WITHIN, text, at)
}
