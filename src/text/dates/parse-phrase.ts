/**
 * A whole expression: what stands before the points (截止, 自, 不迟于), the points, and what stands after
 * (前, 起, 左右, 期间, 前两周).
 */
import { matchAt, skip } from './match.ts'
import { parseItems } from './parse-items.ts'
import { parseLength, parseLengthPhrase, skipWithin } from './parse-length.ts'
import { parseRecurrence } from './parse-recurrence.ts'
import type { Item, Length, Parsed, Phrase, Point, Relation } from './point.ts'

/** A phrase with its range in the normalised text. */
export interface FoundPhrase {
  readonly phrase: Phrase
  readonly start: number
  readonly end: number
}

const AS_OF =
  /(?<!报名|申报|申请|活动|征集|时间|受理|投稿|有效|日期)截至(?:到)?(?=[今去本上\d一二当昨周]|目前)/y
const UNTIL_BEFORE = new RegExp(
  [
    '截[止至](?:报名|申报|受理|提交|上报|报送)?(?:日期|时间|期限|时限|期|日)?(?:为|是|:|定于)?(?:到|至|于|在)?',
    '(?:最迟|最晚|至迟)(?:不(?:得)?(?:超过|晚于|迟于))?(?:于|在|到|至)?',
    '不(?:得|能|应)?(?:迟|晚)(?:于|过)',
    '不(?:得)?超过(?=\\d|[一二]|今|明|本|年|月)',
    '(?:期限|时限|限期|限时|完成时间|办结时间|报名时间截|提交时间|时间节点|截止)(?:为|是|:|定为|至|到|截至)+',
    '(?:延长|延期|推迟|顺延|延续|持续|放宽|延后|展期|保留|有效期|延)(?:到|至)',
    '(?<![得达收遇看听提受见来接做办落签迟拿找感想碰直涉])(?:直)?到(?=\\S)',
    '(?<![乃直甚以夏冬竟])至(?!今|少|多|此|于|上|关|高|尊|亲|理|善)',
  ]
    .map((pattern) => `(?:${pattern})`)
    .join('|'),
  'y',
)
const SINCE_BEFORE = /自从|(?<![来各独亲擅私出源])自|(?<![服听跟遵盲顺])从|打从/y
const BEFORE = /(?:务必|力争|确保|须|应)?(?:于|在)?/y

/** 前 and kin; not 前往, 前期, 前三名. */
const NOT_BEFORE =
  '(?!半|往|来|去|线(?!上|下)|沿(?!着)|列(?!出|入|明|席)|景|程|提(?!交|出|供|报|请|名)|进(?!行|入|驻|场|一步)|身|辈|述(?!职)|所(?!有|属|在)|瞻|言|台|海|后|夕|夜|期|置|几|[一二三四五六七八九十\\d]+[名位个强项批])'
const NOTE =
  /\((?<not>不)?(?:含|包括|以)[^()]{0,8}\)|\((?:北京时间|当[天日]|周.|星期.|节假日除外)\)/y
const RELATIONS: readonly (readonly [RegExp, Relation])[] = [
  [/前后|左右|上下(?!功夫|游|文|级)|许(?=,|。|$)/y, 'around'],
  [/前夕|前夜|之际|来临之际|到来之际/y, 'eve'],
  [
    new RegExp(
      `(?:来临|到来|结束|闭幕)?(?:(?:或|及|和)?之前|(?:或|及|和)?以前|前${NOT_BEFORE}|之内|以内|内(?!容|部(?!署)|外|蒙|设(?!立|置|计)|涵|地|勤)|为止|止(?!咳|血|步)|截止|截至)(?:截止)?`,
      'y',
    ),
    'until',
  ],
  [
    /(?:之日)?起(?:正式|开始|统一|全面|全省|全市|全国)*(?:施行|实施|执行|生效|试行|启用|废止|实行|停止|恢复|调整为)/y,
    'effective',
  ],
  [
    /(?:之日)?(?:或之后|或以后|及以后|及之后|起始|开始(?!前)|起(?!草|点|来|步|伏|诉|因|源|重|飞|床|始|义))/y,
    'since',
  ],
  [/以来|至今|以降/y, 'so-far'],
  [
    /(?:之后|以后|过后|结束后|后(?!勤|续|台|备(?!案)|期|面|方(?!可|能)|进(?!行|入)|盾|代|者|半|来))/y,
    'after',
  ],
  [
    /(?:两节|双节|节日|佳节)?(?:法定)?(?:小长假|长假|假期|放假|黄金周|假日|节假日|双节)(?:期间|中)?|(?:两节|双节|节日|佳节|这|那)?(?:一)?期间|之间|时节|时期/y,
    'during',
  ],
  [/当[天日](?!的?起)|(?:这|那)一?天/y, 'at'],
]

const OFFSET =
  /(?<side>(?:之|以)?前(?!后|期)|(?:之日)?起(?!草)|(?:结束|收假)?(?:之|以)?后|(?:之日)起)(?:的)?,?(?<nth>第|首)?/y

/** The expression that begins at `at`, if one does. */
export function parsePhrase(text: string, at: number): FoundPhrase | undefined {
  const recurrence = parseRecurrence(text, at)
  if (recurrence) {
    const phrase: Phrase = { kind: 'recurrence', recurrence: recurrence.value }
    return { phrase, start: at, end: recurrence.end }
  }
  const length = parseLengthPhrase(text, at)
  if (length) return { phrase: length.value, start: length.start, end: length.end }
  return parseItemsPhrase(text, at)
}

interface Lead {
  readonly relation: Relation
  readonly asOf: boolean
  readonly end: number
}

function parseLead(text: string, at: number): Lead {
  const asOf = matchAt(AS_OF, text, at)
  const until = matchAt(UNTIL_BEFORE, text, at)
  if (until) {
    return { relation: 'until', asOf: asOf !== undefined, end: at + until[0].length }
  }
  const since = matchAt(SINCE_BEFORE, text, at)
  if (since) return { relation: 'since', asOf: false, end: at + since[0].length }
  return { relation: 'at', asOf: false, end: at }
}

function parseItemsPhrase(text: string, at: number): FoundPhrase | undefined {
  const lead = parseLead(text, at)
  const start = lead.end > at ? skip(BEFORE, text, lead.end) : at
  const items = parseItems(text, start)
  if (!items || !isEnough(items.value)) return undefined
  const offset = parseOffset(text, items)
  if (offset) return { phrase: offset.value, start: at, end: offset.end }
  return withRelation(text, at, lead, items)
}

function withRelation(text: string, at: number, lead: Lead, items: Parsed<Item[]>): FoundPhrase {
  const note = matchAt(NOTE, text, items.end)
  const noted = items.end + (note?.[0].length ?? 0)
  const suffix = parseRelation(text, noted)
  const excluded = note?.groups?.['not'] !== undefined
  const isClosed = suffix && matchAt(RANGE_END, text, noted) !== undefined
  const relation =
    isClosed && isRange(items.value) ? 'at' : combine(lead.relation, suffix?.value, excluded)
  const phrase: Phrase = {
    kind: 'items',
    items: items.value,
    relation,
    ...(lead.asOf ? { asOf: true } : {}),
  }
  return { phrase, start: at, end: suffix?.end ?? noted }
}

/** 起……止: a range that is closed by its own words. */
const RANGE_END = /(?:为止|止|截止)/y

function isRange(items: readonly Item[]): boolean {
  return items.every(({ kind }) => kind === 'range')
}

function combine(lead: Relation, suffix: Relation | undefined, excluded: boolean): Relation {
  const relation = suffix === undefined || (suffix === 'at' && lead !== 'at') ? lead : suffix
  return relation === 'until' && excluded ? 'before' : relation
}

function parseRelation(text: string, at: number): Parsed<Relation> | undefined {
  for (const [pattern, relation] of RELATIONS) {
    const match = matchAt(pattern, text, at)
    if (match) return { value: relation, end: at + match[0].length }
  }
  return undefined
}

/** A clock alone, or a part that says nothing, is no expression. */
function isEnough(items: readonly Item[]): boolean {
  return items.every((item) => {
    const point = item.kind === 'point' ? item.point : item.from
    return Object.keys(point).some((field) => field !== 'clock' && field !== 'dayPart')
  })
}

/** 国庆节前一周, 3月15日后10日内, 春节后第一个工作日. */
function parseOffset(text: string, items: Parsed<Item[]>): Parsed<Phrase> | undefined {
  const [item] = items.value
  if (item?.kind !== 'point' || items.value.length > 1) return undefined
  const side = matchAt(OFFSET, text, items.end)
  if (!side) return undefined
  const nth = side.groups?.['nth']
  const at = items.end + side[0].length
  const length = parseLength(text, at) ?? (nth === '首' ? firstLength(text, at) : undefined)
  if (!length || !isOffsetUnit(length.value) || !isMoment(item.point)) return undefined
  return {
    value: offsetOf(item.point, side, length.value, text, length.end),
    end: skipWithin(text, length.end),
  }
}

function firstLength(text: string, at: number): Parsed<Length> | undefined {
  const match = matchAt(/个?(?<unit>工作日|周|日)/y, text, at)
  if (!match) return undefined
  const unit = { 工作日: 'working-day', 周: 'week', 日: 'day' } as const
  return {
    value: { amount: 1, unit: unit[match.groups?.['unit'] as keyof typeof unit] },
    end: at + match[0].length,
  }
}

/** Counting from a whole month or year says nothing: 2023年前七个月 are its first seven. */
function isMoment(point: Point): boolean {
  return (
    point.now === true ||
    [point.day, point.nth, point.weekday, point.lunar?.day, point.festival].some(
      (field) => field !== undefined,
    ) ||
    point.part === 'end'
  )
}

/** 年底前三年 is no offset: a plan's years, not a distance. */
function isOffsetUnit({ unit }: Length): boolean {
  return unit !== 'year' && unit !== 'quarter'
}

function offsetOf(
  anchor: Point,
  side: RegExpExecArray,
  length: Length,
  text: string,
  at: number,
): Phrase {
  const isBefore = side.groups?.['side']?.includes('前') ?? false
  const isLimit = skipWithin(text, at) > at
  const isNth = side.groups?.['nth'] !== undefined
  return {
    kind: 'offset',
    anchor,
    side: isBefore ? 'before' : 'after',
    length,
    shape: isNth && length.unit !== 'week' ? 'day' : isLimit && !isBefore ? 'limit' : 'span',
  }
}
