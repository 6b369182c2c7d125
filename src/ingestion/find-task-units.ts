/**
 * The pieces of a text that each set one task, or several with figures of their own: the items of a list
 * that promises deeds, and single sentences that tell somebody what to do.
 */
import type { DocumentKind } from '../domain/document.ts'
import type { ListOfItems } from '../domain/list.ts'
import { contains, overlaps, type Span, textAt } from '../domain/span.ts'
import { splitSentences } from '../text/split-sentences.ts'
import { findReportParts } from './find-report-parts.ts'
import { isImperative, withoutEnumerator } from './is-directive.ts'
import { announces } from './numbered-line.ts'

export interface TaskUnit extends Span {
  readonly from: 'item' | 'sentence'
}

export interface UnitSource {
  readonly text: string
  readonly lists: readonly ListOfItems[]
  readonly kind: DocumentKind
  readonly title: string
  /** Whether a sentence at this place sets a task. */
  readonly setsTask: (span: Span) => boolean
  /** Whether a figure to be reached stands in the range. */
  readonly hasTarget: (span: Span) => boolean
}

/** Items of such lists are what is wrong or what was achieved. */
const NOT_TO_DO =
  /问题|不足|困难是|原因|表现为|体现在|成效|特点|亮点|经验|意义|条件|标准是|包括以下材料/
const DEEDS =
  /实事|活动|任务|工作|重点|举措|措施|抓|行动|工程|项目|突破|目标|要求|部署|安排|要|开展|实施|办好|做好|下一步/
/** A deed named by a noun: 技能培训活动. */
const NAMED_DEED = /(?:活动|行动|工程|竞赛|大赛|计划|项目|建设|培训|宣讲|改革|服务|机制|制度)$/

/** Units in order; no two overlap. */
export function findTaskUnits(source: UnitSource): TaskUnit[] {
  const lists = findDeedLists(source)
  const items = lists.flatMap((list) => list.items.map(({ span }) => trimSpan(source.text, span)))
  const names = lists.flatMap(({ title, aliases }) => [title, ...aliases]).filter(Boolean)
  const reports = findReportParts(source.text)
  const laments = source.lists
    .filter((list) => NOT_TO_DO.test(introductionOf(source.text, list)))
    .map(({ span }) => span)
  const sentences = splitSentences(source.text)
    .map((span) => trimSpan(source.text, span))
    .filter((span) => !isInside(span, lists, items))
    .filter((span) => !names.some((name) => textAt(source.text, span).includes(name)))
    .filter((span) => !source.title.includes(textAt(source.text, span)))
    .filter((span) => !isHeading(source, span) && !announces(source.text, span))
    .filter((span) => !isInPart(span, reports) && !isInPart(span, laments))
    .filter((span) => source.setsTask(span))
  return [
    ...items.map((span) => ({ ...span, from: 'item' as const })),
    ...sentences.map((span) => ({ ...span, from: 'sentence' as const })),
  ].toSorted((a, b) => a.start - b.start)
}

/** The lists whose items are things to do. */
export function findDeedLists(source: UnitSource): ListOfItems[] {
  return source.lists.filter((list) => promisesDeeds(source, list))
}

function isInPart(span: Span, parts: readonly Span[]): boolean {
  return parts.some((part) => contains(part, span))
}

function isInside(span: Span, lists: readonly ListOfItems[], items: readonly Span[]): boolean {
  return (
    items.some((item) => overlaps(item, span)) || lists.some((list) => isIntroduction(list, span))
  )
}

/** UTF-16 units of a heading that is followed by what it heads. */
const LONGEST_HEADING = 24
const NUMBERED =
  /^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．])/

/** 「(一)摸清底数。」 in front of its text, or a numbered line with text under it. */
function isHeading({ text, hasTarget }: UnitSource, span: Span): boolean {
  const own = textAt(text, span)
  // 「(二)报名阶段(2026年4月1日—4月30日)。」: what stands in brackets makes it no longer.
  const bare = own.replace(/(?<=.)[(（][^()（）]*\d[^()（）]*[)）]/g, '')
  if (bare.length > LONGEST_HEADING || !NUMBERED.test(own) || hasTarget(span)) return false
  const lineEnd = text.indexOf('\n', span.end)
  const rest = text.slice(span.end, lineEnd < 0 ? undefined : lineEnd).trim()
  if (LABELS.test(rest)) return false
  if (rest !== '') return true
  const next = lineEnd < 0 ? '' : text.slice(lineEnd + 1).trimStart()
  return next !== '' && !/[。;；]$/.test(own) && !isSibling(own, next)
}

/** (牵头部门:权益保障部;完成时限:9月底) after a task says who and when, not what. */
const LABELS = /^[(（][^()（）]*(?:单位|部门|处室|时限|时间)[:：][^()（）]*[)）]$/

function isSibling(own: string, next: string): boolean {
  return [/^[一二三四五六七八九十]{1,3}、/, /^[(（][一二三四五六七八九十]/, /^\d{1,2}[.、．]/].some(
    (style) => style.test(own) && style.test(next),
  )
}

/** The sentence that announces a list. */
function isIntroduction(list: ListOfItems, span: Span): boolean {
  const [first] = list.items
  return first !== undefined && contains(list.span, span) && span.start < first.span.start
}

/** A list inside running text whose items are things to do. Numbered headings are read sentence by sentence. */
function promisesDeeds(source: UnitSource, list: ListOfItems): boolean {
  const { text } = source
  const [first] = list.items
  if (!first || list.items.length < 2 || isNumberedLines(text, list)) return false
  const introduction = introductionOf(text, list)
  if (NOT_TO_DO.test(introduction)) return false
  if (!mayPromise(source.kind, introduction)) return false
  const deeds = list.items.filter(({ span, text: words }) => isDeed(source, span, words))
  return deeds.length * 2 > list.items.length && DEEDS.test(`${introduction}${list.title}`)
}

/** What stands before a list in its line. UTF-16 units: 80. */
function introductionOf(text: string, { items: [first] }: ListOfItems): string {
  if (!first) return ''
  const lineStart = text.lastIndexOf('\n', first.span.start) + 1
  return text.slice(Math.max(lineStart, first.span.start - 80), first.span.start)
}

/** In news most lists tell what was done. */
function mayPromise(kind: DocumentKind, introduction: string): boolean {
  if (kind === 'plan' || kind === 'notice') return true
  if (kind === 'meeting-report') return !/回顾|总结|取得|过去/.test(introduction)
  return kind === 'news' && /将|下一步|计划|要求|任务|部署|确定|要(?!求)/.test(introduction)
}

function isNumberedLines(text: string, { items }: ListOfItems): boolean {
  return (
    items.every(({ span }) => span.start === 0 || text.charAt(span.start - 1) === '\n') &&
    items.every(({ span }) => /^[一二三四五六七八九十(（\d]/.test(textAt(text, span)))
  )
}

function isDeed({ hasTarget }: UnitSource, span: Span, words: string): boolean {
  const body = withoutEnumerator(words)
  const [clause = ''] = body.split(/[,，。;；]/)
  return isImperative(body) || NAMED_DEED.test(clause) || hasTarget(span)
}

/** A span without white space and closing marks at its ends. */
export function trimSpan(text: string, span: Span): Span {
  const own = textAt(text, span)
  const start = span.start + (own.length - own.trimStart().length)
  return { start, end: span.start + own.replace(/[\s;；,，]+$/, '').length }
}
