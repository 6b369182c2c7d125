/** Lists whose items are counted: 一是…;二是… inside a paragraph, and lines 一、, (一), 1. one under the other. */
import type { ListItem } from '../domain/list.ts'
import type { Span } from '../domain/span.ts'
import { chineseNumeral } from '../text/chinese-numeral.ts'

/** A list before it has a name. */
export interface BareList {
  readonly span: Span
  readonly items: readonly ListItem[]
}

/** The enumerator of each ordinal, 1 to {@link LONGEST_LIST}. */
type Shape = (ordinal: number) => string

const LONGEST_LIST = 30
const AFTER_PAUSE = '(?<=^|[：:；;。，,\\n”」）)—])\\s{0,3}'
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩'

/** Also mixed: 一是…。第二,…. */
const INLINE_SHAPES: readonly Shape[] = [
  (ordinal) =>
    `${AFTER_PAUSE}(?:${chineseNumeral(ordinal)}是(?![个项次否])${ordinal === 1 ? '' : `|第${chineseNumeral(ordinal)}[，,]`})`,
  (ordinal) => `${AFTER_PAUSE}${chineseNumeral(ordinal)}要`,
  (ordinal) => `${AFTER_PAUSE}第${chineseNumeral(ordinal)}[，,、]`,
  (ordinal) => `${AFTER_PAUSE}其${chineseNumeral(ordinal)}[，,、]`,
  (ordinal) => `(?<=[^\\n])${CIRCLED.charAt(ordinal - 1) || '\\u0000'}`,
  (ordinal) => `(?<=[：:；;。])\\s{0,3}[(（]${ordinal}[)）]`,
  (ordinal) =>
    `(?<=${ordinal === 1 ? '^|[：:；;。\\n]' : '[；;。，,]'})[ \\u3000]{0,3}${ordinal}[.．、](?!\\d)`,
]

const LINE_SHAPES: readonly Shape[] = [
  (ordinal) => `(?<=^|\\n)${chineseNumeral(ordinal)}、`,
  (ordinal) => `(?<=^|\\n)[(（]${chineseNumeral(ordinal)}[)）]`,
  (ordinal) => `(?<=^|\\n)${ordinal}[.．、](?!\\d)`,
  (ordinal) => `(?<=^|\\n)[(（]${ordinal}[)）]`,
]

/** Lists inside a paragraph, or with one item a paragraph. */
export function inlineLists(text: string): BareList[] {
  return INLINE_SHAPES.flatMap((shape) =>
    allMarks(text, shape, isNear).map((marks) => inlineList(text, marks)),
  )
}

/** Lists of lines; the text under a line belongs to its passage, not to the item. */
export function numberedLines(text: string): BareList[] {
  return LINE_SHAPES.flatMap((shape) =>
    allMarks(text, shape, () => true).map((marks) => lineList(text, marks)),
  )
}

/** Runs of enumerators 1, 2, 3 …, each of at least two. */
function allMarks(
  text: string,
  shape: Shape,
  isNext: (text: string, from: number, to: number) => boolean,
): Span[][] {
  const runs: Span[][] = []
  let from = 0
  for (;;) {
    const marks = marksFrom(text, shape, from, isNext)
    const last = marks.at(-1)
    if (last === undefined) return runs
    from = last.end
    if (marks.length >= 2) runs.push(marks)
  }
}

function marksFrom(
  text: string,
  shape: Shape,
  from: number,
  isNext: (text: string, from: number, to: number) => boolean,
): Span[] {
  const marks: Span[] = []
  let position = from
  for (let ordinal = 1; ordinal <= LONGEST_LIST; ordinal += 1) {
    const window = ordinal === 1 ? text.length : FARTHEST_ITEM
    const mark = find(text, shape(ordinal), position, window)
    if (mark === undefined) break
    if (
      ordinal > 1 &&
      !(isNext(text, position, mark.start) && startsNoOther(text, shape, position, mark))
    )
      break
    marks.push(mark)
    position = mark.end
  }
  return marks
}

/** No new list begins before the mark. */
function startsNoOther(text: string, shape: Shape, position: number, mark: Span): boolean {
  const restart = find(text, shape(1), position, mark.start - position + 1)
  return restart === undefined || restart.start >= mark.start
}

/** Two items of one list are at most this far apart; inside running text they stand in neighbouring paragraphs, nearer. */
const FARTHEST_ITEM = 6000
const FARTHEST_INLINE = 1200
const LONGEST_MARK = 12

function isNear(text: string, from: number, to: number): boolean {
  const between = text.slice(from, to)
  return between.length <= FARTHEST_INLINE && (between.match(/\n/g) ?? []).length <= 1
}

/** The first match that begins within `window` characters from an offset. */
function find(text: string, pattern: string, from: number, window: number): Span | undefined {
  const global = new RegExp(pattern, 'g')
  const end = Math.min(text.length, from + window + LONGEST_MARK)
  const searched = end === text.length ? text : text.slice(0, end)
  global.lastIndex = from
  const match = global.exec(searched)
  if (match === null) return undefined
  const space = /^\s*/.exec(match[0])?.[0].length ?? 0
  return { start: match.index + space, end: match.index + match[0].length }
}

function inlineList(text: string, marks: readonly Span[]): BareList {
  return listOf(text, marks, (index) => marks[index + 1]?.start ?? endOfLastItem(text, marks))
}

function lineList(text: string, marks: readonly Span[]): BareList {
  return listOf(text, marks, (index) => lineEnd(text, marks[index]?.end ?? 0))
}

function listOf(text: string, marks: readonly Span[], endOf: (index: number) => number): BareList {
  const items = marks.map((mark, index) => itemOf(text, index + 1, mark, endOf(index)))
  return { span: { start: marks[0]?.start ?? 0, end: items.at(-1)?.span.end ?? 0 }, items }
}

/** Items that are divided by 「;」 end at the full stop; items of whole sentences end with the paragraph. */
function endOfLastItem(text: string, marks: readonly Span[]): number {
  const from = marks.at(-1)?.end ?? 0
  const stop = lineEnd(text, from)
  const firstItem = text.slice(marks[0]?.end ?? 0, marks[1]?.start ?? 0)
  if (/[。！？]/.test(firstItem)) return stop
  const full = text.slice(from, stop).search(/[。！？]/)
  return full < 0 ? stop : from + full + 1
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** An item from a mark to an offset, without the punctuation that closes it. */
export function itemOf(text: string, ordinal: number, mark: Span, end: number): ListItem {
  const closed = text.slice(mark.end, end).replace(/[\s；;。，,]+$/, '')
  return {
    ordinal,
    span: { start: mark.start, end: mark.end + closed.length },
    text: closed.trim(),
  }
}
