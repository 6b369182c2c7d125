/**
 * Reads every date, limit, period and recurrence of a Chinese text.
 *
 * Text → normalised text with offsets → phrases (a syntax tree) → days, with what was assumed. A word that
 * gives no day (近期, 节前, 尽快) becomes `vague` and an impossible day `invalid`: neither ever a date.
 *
 * The conventions are those of Chinese offices: 12月25日前 includes the 25th, 春节前 is its eve, 到2027年 is
 * 31 December, N日内 does not count the first day.
 */
import type { Span } from '../../domain/span.ts'
import { type MappedText, originalSpan } from '../mapped-text.ts'
import type { DateContext, DateExpression } from './expression.ts'
import { findTraps } from './find-traps.ts'
import { matchAt } from './match.ts'
import { normalizeDateText, withOwnMarks } from './normalize-date-text.ts'
import { type FoundPhrase, parsePhrase } from './parse-phrase.ts'
import { resolvePhrase } from './resolve-phrase.ts'
import type { Resolver } from './resolve-point.ts'
import type { ResolvedItem } from './resolved-item.ts'

/** A character that no expression begins with is passed over without trying the grammar. */
const STARTS =
  /[\dQq岁〇一二三四五六七八九十两廿卅半今本当明后去前上下翌来全年月季旬周星礼每各逐按分逢隔单双工元春除清端中国重腊正冬小五农阴旧闰即自从打截最至不期时限延推顺持放有到直这次首头昨大第岁植教记消宪圣母父平新老建党儿护妇青劳立雨惊谷夏芒处白秋寒霜夕展保提完办报]/
const NUMERAL = /[\d〇一二三四五六七八九十百千万两]/
/** Within a number, a Latin word or an ordinal nothing begins. */
const JOINED_BEFORE = /[\dA-Za-z.〇一二三四五六七八九十百千万第]/
const VAGUE =
  /岁末年初|年末年初|年末岁初|年底年初|年终岁尾|近期|近日|日内(?=[^到])|近段时间|最近|(?<!春|秋|五一|国庆|元旦|中秋|端午|清明)(?:节前|节后)|双节前|尽快|尽早|早日|适时|择机|择期|届时|下一步|今后一个时期|不久|限期|(?<![\d〇一二两三四五六七八九十百千万亿数几多半成少青老今明去周当每])年[前后](?!夕)|[暑寒]假前|会前(?!期)|会后(?!\d)|开学前|入冬前|汛前|另行通知|待定|条件成熟/y

/** What a vague word begins with. */
const VAGUE_STARTS = /[岁年近日最节双尽早适择届下今不限暑寒会开入汛另待条]/

/** All expressions of `text`, in order; they do not overlap. */
export function parseDates(text: string, context: DateContext): DateExpression[] {
  const mapped = normalizeDateText(text)
  const resolver = resolverOf(context)
  return findPhrases(mapped.text).flatMap((found) =>
    resolvePhrase(found.phrase, resolver).map((item) => expression(text, mapped, found, item)),
  )
}

function resolverOf({ ref, ...context }: DateContext): Resolver {
  return { ...context, today: ref.toPlainDate() }
}

function findPhrases(text: string): FoundPhrase[] {
  const found: FoundPhrase[] = []
  const traps = findTraps(text)
  let taken = 0
  let passed = 0
  for (let at = 0; at < text.length; ) {
    while ((traps[passed]?.end ?? text.length) <= at) passed += 1
    const next = traps[passed]
    const trap = next !== undefined && next.start <= at && at < next.end ? next : undefined
    const phrase = trap ? undefined : phraseAt(text, at, traps)
    if (phrase) {
      found.push(phrase.start < taken ? { ...phrase, start: at } : phrase)
      taken = phrase.end
    }
    at = trap?.end ?? phrase?.end ?? at + 1
  }
  return found
}

function phraseAt(text: string, at: number, traps: readonly Span[]): FoundPhrase | undefined {
  const character = text.charAt(at)
  const vague = VAGUE_STARTS.test(character) ? matchAt(VAGUE, text, at) : undefined
  if (vague) return { phrase: { kind: 'vague' }, start: at, end: at + vague[0].length }
  if (!STARTS.test(character) || isJoined(text, at)) return undefined
  const phrase = parsePhrase(text, at)
  if (!phrase || phrase.end <= at) return undefined
  return traps.some((trap) => trap.start < phrase.end && trap.start > at && trap.end > phrase.end)
    ? undefined
    : phrase
}

function isJoined(text: string, at: number): boolean {
  return at > 0 && NUMERAL.test(text.charAt(at)) && JOINED_BEFORE.test(text.charAt(at - 1))
}

function expression(
  original: string,
  mapped: MappedText,
  phrase: FoundPhrase,
  item: ResolvedItem,
): DateExpression {
  const span = withOwnMarks(
    original,
    originalSpan(mapped, { start: item.start ?? phrase.start, end: item.end ?? phrase.end }),
  )
  return {
    offset: span.start,
    text: original.slice(span.start, span.end),
    value: item.value,
    basis: item.basis,
  }
}
