/**
 * From when to when a document speaks, by its own words, else by its kind: a yearly plan ends with its
 * year, a news item about an activity with the activity. An end that nothing gives stays open.
 */
import type { DocumentDate, DocumentKind, Validity } from '../domain/document.ts'
import { CALENDAR_DATE, firstDay, lastDay } from '../text/calendar-words.ts'
import { parseNumber } from '../text/parse-number.ts'
import { YEARS_IN_TITLE } from './classify-kind.ts'

export interface ValiditySources {
  readonly title: string
  readonly text: string
  readonly kind: DocumentKind
  readonly issuedOn?: DocumentDate | undefined
  readonly planYear?: number | undefined
}

interface Limit {
  readonly on: Temporal.PlainDate
  readonly words: string
}

export function readValidity(sources: ValiditySources): Validity {
  const from = startIn(sources)
  const to = endIn(sources, from?.on)
  if (to !== undefined && (from === undefined || !isBefore(to.on, from.on))) {
    return interval(from ?? issueDay(sources, to.on), to)
  }
  return periodOfYears(sources) ?? openEnd(sources, from)
}

function interval(from: Limit | undefined, to: Limit): Validity {
  const words = [from?.words, to.words].filter((part) => part !== undefined)
  return {
    ...(from === undefined ? {} : { from: from.on }),
    to: to.on,
    basis: [...new Set(words)].join('；'),
  }
}

/** A period of which only the end is written begins with the document. */
function issueDay({ issuedOn }: ValiditySources, end: Temporal.PlainDate): Limit | undefined {
  if (issuedOn === undefined || isBefore(end, issuedOn.on)) return undefined
  return { on: issuedOn.on, words: '发布日' }
}

const IN_FORCE = new RegExp(
  `(?:自|从|于)(?:${CALENDAR_DATE})(?:起|开始)?(?:正式)?(?:施行|执行|实施|生效|启用)`,
)
const IN_FORCE_AT_ONCE = /自(?:发布|印发|公布|下发|颁布|发文)之日起(?:正式)?(?:施行|执行|实施|生效)/

function startIn({ text, issuedOn }: ValiditySources): Limit | undefined {
  const dated = IN_FORCE.exec(text)
  const on = firstDay(dated?.groups, issuedOn?.on.year)
  if (dated !== null && on !== undefined) return { on, words: dated[0] }
  const atOnce = IN_FORCE_AT_ONCE.exec(text)
  return atOnce !== null && issuedOn !== undefined
    ? { on: issuedOn.on, words: atOnce[0] }
    : undefined
}

const TERM = /有效期(?:限)?(?:为|是)?(?<years>[一二两三四五六七八九十\d]+)年/
const VALID_UNTIL = new RegExp(
  `有效期(?:限)?(?:自[^。；;]{0,16})?(?:至|到|截至|截止到?)(?:${CALENDAR_DATE})`,
  'g',
)
const UNTIL: readonly RegExp[] = [
  new RegExp(`(?:即日起|之日起|现在起)(?:，|,)?(?:至|到)(?:${CALENDAR_DATE})`, 'g'),
  new RegExp(
    `(?:截止|截至)(?:时间|日期)?(?:为|是|到|至|:|：)*(?:${CALENDAR_DATE})(?![^。；;]{0,16}(?:已|全|共|累计))`,
    'g',
  ),
  new RegExp(
    `(?:活动|服务|工作|检查|申报|报名|时间)[^。；;]{0,8}?(?:持续|延续|开展|进行)?(?:服务|开展)?(?:至|到)(?:${CALENDAR_DATE})`,
    'g',
  ),
  new RegExp(
    `(?:活动|服务|申报|报名|时间)[^。；;]{0,8}?(?:于|在|将)(?:${CALENDAR_DATE})(?:结束|截止|终止)`,
    'g',
  ),
  new RegExp(`持续(?:开展|服务|进行)?(?:至|到)(?:${CALENDAR_DATE})`, 'g'),
]
const BETWEEN = new RegExp(
  `(?<from>(?:(?:19|20)\\d{2}年)?\\d{1,2}月\\d{1,2}日)(?:至|—|-|到|–)+(?:${CALENDAR_DATE})`,
  'g',
)
/** 7月至10月; the day is left out. */
const BETWEEN_MONTHS = new RegExp(
  `\\d{1,2}月(?:份)?(?:至|—|-|到|–)+(?:${CALENDAR_DATE})(?!\\d)`,
  'g',
)
/** 9月18日至20日 */
const BETWEEN_DAYS =
  /(?:(?<year>(?:19|20)\d{2})年)?(?<month>\d{1,2})月\d{1,2}日?(?:至|—|-|到|–)+(?<day>\d{1,2})日/g

function endIn(
  { text, issuedOn, kind }: ValiditySources,
  from: Temporal.PlainDate | undefined,
): Limit | undefined {
  const term = TERM.exec(text)
  const years = parseNumber(term?.groups?.['years'] ?? '')
  const start = from ?? issuedOn?.on
  if (term !== null && years !== undefined && start !== undefined) {
    return { on: start.add({ years }).subtract({ days: 1 }), words: term[0] }
  }
  const [spoken] = limitsOf(VALID_UNTIL, text, issuedOn)
  if (spoken !== undefined) return spoken
  const until = UNTIL.flatMap((shape) => limitsOf(shape, text, issuedOn))
  return latest([...until, ...spansIn({ text, issuedOn, kind })])
}

/** What somebody can still take part in, as long as it lasts; a visit or a congress that is told of was over anyway. */
const OPEN_TO_MANY =
  /报名|申报|申请|领取|开放|免费|服务|办理|预约|征集|投票|参观|展出|受理|疗休养|分批|活动时间|时间[为:：]/
const AROUND = { before: 24, after: 36 }

/** 「9月18日至20日」: of a notice always, of news when it is open to those who read it. */
function spansIn({
  text,
  issuedOn,
  kind,
}: Pick<ValiditySources, 'text' | 'issuedOn' | 'kind'>): Limit[] {
  if (kind !== 'news' && kind !== 'notice') return []
  const isOpen = ({ index, 0: words }: RegExpMatchArray) =>
    kind === 'notice' ||
    OPEN_TO_MANY.test(
      text.slice(
        Math.max(0, (index ?? 0) - AROUND.before),
        (index ?? 0) + words.length + AROUND.after,
      ),
    )
  return [BETWEEN, BETWEEN_DAYS, BETWEEN_MONTHS].flatMap((shape) =>
    limitsOf(shape, text, issuedOn, isOpen),
  )
}

function limitsOf(
  shape: RegExp,
  text: string,
  issuedOn: DocumentDate | undefined,
  counts: (match: RegExpMatchArray) => boolean = () => true,
): Limit[] {
  return [...text.matchAll(shape)].filter(counts).flatMap((match) => {
    const on = lastDay(match.groups, issuedOn?.on.year)
    return on === undefined ? [] : [{ on, words: lastClause(match[0]) }]
  })
}

/** What has several stages (报名, 初赛, 决赛) is over with the last of them. */
function latest(limits: readonly Limit[]): Limit | undefined {
  return limits.reduce<Limit | undefined>(
    (last, limit) => (last === undefined || isBefore(last.on, limit.on) ? limit : last),
    undefined,
  )
}

function lastClause(words: string): string {
  return words.split(/[，,]/).findLast((clause) => clause.length > 4) ?? words
}

/** 关于做好2026年金秋助学工作的通知 is about that year; 截至2025年 or 自2026年起 in a title is not. */
const YEAR_OF_NOTICE = /(?<![\d至自从截])(20\d{2})年(?:度)?(?!起|以来|以后|前|底|末|\d{1,2}月)/g

function yearOfNotice({ kind, title }: ValiditySources): number | undefined {
  if (kind !== 'notice') return undefined
  const years = new Set([...title.matchAll(YEAR_OF_NOTICE)].map(([, year]) => Number(year)))
  const [year] = years
  return years.size === 1 ? year : undefined
}

/** A plan for a year or for some years, a notice on a year's work. */
function periodOfYears(sources: ValiditySources): Validity | undefined {
  const { title, planYear } = sources
  const years = YEARS_IN_TITLE.exec(title)
  const [, first, last] = years ?? []
  if (years !== null) return wholeYears(Number(first), Number(last), `标题写明${years[0]}`)
  if (planYear !== undefined) return wholeYears(planYear, planYear, `${planYear}年度计划`)
  const year = yearOfNotice(sources)
  return year === undefined ? undefined : noticeYear(year, sources)
}

/** From the day it was issued, which may lie in the year before. */
function noticeYear(year: number, { issuedOn }: ValiditySources): Validity | undefined {
  const whole = wholeYears(year, year, `标题写明${year}年`)
  if (issuedOn === undefined || whole.to === undefined) return whole
  return isBefore(whole.to, issuedOn.on) ? undefined : { ...whole, from: issuedOn.on }
}

function wholeYears(first: number, last: number, basis: string): Validity {
  return {
    from: Temporal.PlainDate.from({ year: first, month: 1, day: 1 }),
    to: Temporal.PlainDate.from({ year: last, month: 12, day: 31 }),
    basis,
  }
}

function openEnd({ issuedOn, text }: ValiditySources, from: Limit | undefined): Validity {
  if (from !== undefined) return { from: from.on, basis: from.words }
  const trial = /[（(]试行[)）]/.test(text.slice(0, 200)) ? '试行，未写有效期' : '未写有效期'
  return issuedOn === undefined
    ? { basis: '没有日期，未写有效期' }
    : { from: issuedOn.on, basis: trial }
}

function isBefore(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) < 0
}
