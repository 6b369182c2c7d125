/** How the text calls an enumeration: the name right before it, the number that name promises, and its other names. */
import type { Span } from '../domain/span.ts'
import { parseNumber } from '../text/parse-number.ts'

export interface ListName {
  readonly title: string
  readonly aliases: readonly string[]
  readonly declaredCount?: number
}

const COUNT = '(?:[一二两三四五六七八九十]{1,3}|\\d{1,2})'
const COUNTED_NAME = new RegExp(
  `(?<![第\\d])${COUNT}(?:个|项|件|条|大|种|类|点|抓|方面|步|型)?[\\u4e00-\\u9fff]{1,14}`,
  'g',
)
/** How far before its first item a list is introduced. UTF-16 units. */
const INTRODUCTION = 80
const FAR_INTRODUCTION = 300
const STARTS_COUNTED = new RegExp(`^${COUNT}`)
/** Words before a name that are not part of it: 开展五项活动 is the list 五项活动. */
const LEADING_VERB = /^(?:开展|办好|实现|推进|落实|做好|抓好|突出|围绕|实施|确定|提出)+/

export function nameList(
  text: string,
  list: { readonly span: Span; readonly items: readonly unknown[] },
  alsoSaid: readonly string[],
): ListName {
  const introduction = introductionOf(text, list.span.start)
  const title =
    titleIn(introduction, list.items.length) ||
    quotedBefore(text, list) ||
    plainIntroduction(text, list.span.start)
  const declaredCount = STARTS_COUNTED.test(title) ? countIn(title, list.items.length) : undefined
  if (declaredCount === undefined) return { title, aliases: [] }
  return { title, declaredCount, aliases: otherNames(title, declaredCount, [text, ...alsoSaid]) }
}

function introductionOf(text: string, start: number): string {
  const before = text.slice(Math.max(0, start - INTRODUCTION), start)
  return before.slice(before.trimEnd().lastIndexOf('\n') + 1).replace(/[\s:：,，—]+$/, '')
}

/** The last quoted words if the introduction ends with them, else the last counted words of its last clause. */
function titleIn(introduction: string, items: number): string {
  const quoted = /[“"「『]([^“”"「」『』]{2,30})[”"」』](?:工作|活动|要求|目标|任务)?$/.exec(
    introduction,
  )?.[1]
  if (quoted !== undefined) return quoted
  const clause = /[^。；;，,：:]*$/.exec(introduction)?.[0] ?? ''
  const counted = [...clause.matchAll(COUNTED_NAME)].map((match) => match[0])
  return counted.findLast((name) => countIn(name, items) === items) ?? ''
}

/** 「第三条 帮扶标准：」: what stands before the colon, if it is short. */
function plainIntroduction(text: string, start: number): string {
  const before = text.slice(Math.max(0, start - INTRODUCTION), start).trimEnd()
  const clause = /(?:^|[。；;，,\n])([^。；;，,\n]{2,24})[:：]$/.exec(before)?.[1] ?? ''
  return clause
    .replace(
      /^(?:第[一二三四五六七八九十百零]+[条章节]|[一二三四五六七八九十\d]+[、.．]|[(（][^)）]{1,3}[)）])\s*/,
      '',
    )
    .replace(/^(?:现将|现就|兹将)/, '')
    .replace(/(?:通知|公告|通报|说明)?如下$/, '')
    .trim()
}

/** 下足“五功” some sentences before: quoted words that count as many as there are items. */
function quotedBefore(
  text: string,
  list: { readonly span: Span; readonly items: readonly unknown[] },
): string {
  const before = text.slice(Math.max(0, list.span.start - FAR_INTRODUCTION), list.span.start)
  const quoted = [...before.matchAll(/[“"「]([^“”"「」]{2,12})[”"」]/g)].map(
    (match) => match[1] ?? '',
  )
  return (
    quoted.findLast(
      (name) => STARTS_COUNTED.test(name) && countIn(name, list.items.length) === list.items.length,
    ) ?? ''
  )
}

/** The number in a name; of several (六抓六突破) the one that the items bear out. */
function countIn(name: string, items: number): number | undefined {
  const counts = [...name.matchAll(new RegExp(COUNT, 'g'))].flatMap(
    (match) => parseNumber(match[0]) ?? [],
  )
  return counts.find((count) => count === items) ?? counts[0]
}

/** Names with the same number and the same last two characters: 八件实事 beside 八件好事实事. */
function otherNames(title: string, count: number, texts: readonly string[]): string[] {
  const ending = title.slice(-2)
  const names = texts.flatMap((text) =>
    [...text.matchAll(namesEndingIn(ending))].map((match) => match[0].replace(LEADING_VERB, '')),
  )
  const others = names.filter((name) => name !== title && countIn(name, count) === count)
  return [...new Set(others)]
}

function namesEndingIn(ending: string): RegExp {
  const escaped = ending.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`${COUNT}[\\u4e00-\\u9fff]{0,8}?${escaped}`, 'g')
}
