/**
 * Enumerations of a text as objects: 「八件实事」 with eight items, 「六抓六突破」 with six.
 *
 * Three shapes: inside a paragraph 「…:一是…;二是…;八是…。」; numbered lines 一、 (一) 1.; and a counted
 * name whose items follow in brackets or after 即 or 分别为: 「四色课堂」(即A、B、C、D).
 */
import type { ListItem, ListOfItems } from '../domain/list.ts'
import type { Span } from '../domain/span.ts'
import { extractCountedLists } from './extract-counted-lists.ts'
import { nameList } from './name-list.ts'

const ORDINALS = '一二三四五六七八九十'

/** Lists of the text in order of appearance. `alsoSaid` are texts that were cut and may hold another name. */
export function extractLists(text: string, alsoSaid: readonly string[] = []): ListOfItems[] {
  const found = [...inlineLists(text), ...numberedLines(text)]
  const named = found.map((list) => ({ ...list, ...nameList(text, list, alsoSaid) }))
  const counted = extractCountedLists(text).filter(
    (list) =>
      !named.some((other) => other.span.start < list.span.end && list.span.start < other.span.end),
  )
  return [...named, ...counted].toSorted((a, b) => a.span.start - b.span.start)
}

/** A list before it has a name. */
export interface BareList {
  readonly span: Span
  readonly items: readonly ListItem[]
}

/** 一是, 二是 …; 首先 … does not count. Also 第一, / 一要 / 其一: as long as each next one follows. */
const INLINE_SHAPES: readonly ((ordinal: number) => RegExp)[] = [
  (ordinal) => new RegExp(`(?<=^|[：:；;。，,\\n”」）)])\\s*${numeral(ordinal)}是(?![个项次否])`),
  (ordinal) => new RegExp(`(?<=^|[：:；;。，,\\n”」）)])\\s*${numeral(ordinal)}要`),
  (ordinal) => new RegExp(`(?<=^|[：:；;。\\n”」）)])\\s*第${numeral(ordinal)}[，,、]`),
  (ordinal) =>
    new RegExp(
      `(?<=^|[：:；;。，,\\n”」）)])\\s*[①②③④⑤⑥⑦⑧⑨⑩]`.replace(
        '①②③④⑤⑥⑦⑧⑨⑩',
        '①②③④⑤⑥⑦⑧⑨⑩'.charAt(ordinal - 1) || '\\u0000',
      ),
    ),
  (ordinal) => new RegExp(`(?<=[：:；;。])\\s*[(（]${ordinal}[)）]`),
]

function numeral(ordinal: number): string {
  return ordinal <= 10 ? ORDINALS.charAt(ordinal - 1) : `十${ORDINALS.charAt(ordinal - 11)}`
}

function inlineLists(text: string): BareList[] {
  return INLINE_SHAPES.flatMap((shape) => listsOfShape(text, shape))
}

function listsOfShape(text: string, shape: (ordinal: number) => RegExp): BareList[] {
  const lists: BareList[] = []
  let from = 0
  for (;;) {
    const marks = marksFrom(text, shape, from)
    if (marks.length === 0) return lists
    const last = marks.at(-1)?.end ?? from + 1
    from = last
    if (marks.length >= 2) lists.push(listOf(text, marks))
  }
}

/** Enumerators 1, 2, 3 … from an offset on, as far as they go; the next 1 begins another list. */
function marksFrom(text: string, shape: (ordinal: number) => RegExp, from: number): Span[] {
  const marks: Span[] = []
  let position = from
  for (let ordinal = 1; ordinal <= 19; ordinal += 1) {
    const mark = find(text, shape(ordinal), position)
    if (mark === undefined) break
    const restart = ordinal > 1 ? find(text, shape(1), position) : undefined
    if (restart !== undefined && restart.start < mark.start) break
    if (ordinal > 1 && tooFar(text, position, mark.start)) break
    marks.push(mark)
    position = mark.end
  }
  return marks
}

/** Two items of one list are at most this far apart, and at most one paragraph. */
const FARTHEST_ITEM = 1200

function tooFar(text: string, from: number, to: number): boolean {
  const between = text.slice(from, to)
  return between.length > FARTHEST_ITEM || (between.match(/\n/g) ?? []).length > 1
}

function find(text: string, pattern: RegExp, from: number): Span | undefined {
  const sticky = new RegExp(pattern.source, 'g')
  sticky.lastIndex = from
  const match = sticky.exec(text)
  if (match === null) return undefined
  const space = /^\s*/.exec(match[0])?.[0].length ?? 0
  return { start: match.index + space, end: match.index + match[0].length }
}

function listOf(text: string, marks: readonly Span[]): BareList {
  const lastMark = marks.at(-1)
  const lastStart = lastMark?.end ?? 0
  const end = endOfLastItem(text, marks, lastStart)
  const items = marks.map((mark, index) =>
    itemOf(text, index + 1, mark, marks[index + 1]?.start ?? end),
  )
  return { span: { start: marks[0]?.start ?? 0, end: items.at(-1)?.span.end ?? end }, items }
}

/** Items that are divided by 「;」 end at the full stop; items of whole sentences end with the paragraph. */
function endOfLastItem(text: string, marks: readonly Span[], from: number): number {
  const paragraphEnd = text.indexOf('\n', from)
  const stop = paragraphEnd < 0 ? text.length : paragraphEnd
  const [first, second] = marks
  const firstItem = text.slice(first?.end ?? 0, second?.start ?? 0).trim()
  const isSentence = /[。！？]/.test(firstItem)
  if (isSentence) return stop
  const full = text.slice(from, stop).search(/[。！？]/)
  return full < 0 ? stop : from + full + 1
}

function itemOf(text: string, ordinal: number, mark: Span, end: number): ListItem {
  const closed = text.slice(mark.end, end).replace(/[\s；;。，,]+$/, '')
  return {
    ordinal,
    span: { start: mark.start, end: mark.end + closed.length },
    text: closed.trim(),
  }
}

/** Lines 一、…, (一)…, 1.… that follow one another at one level; the text under a line belongs to its item. */
const LINE_SHAPES: readonly ((ordinal: number) => RegExp)[] = [
  (ordinal) => new RegExp(`(?<=^|\\n)${numeral(ordinal)}、`),
  (ordinal) => new RegExp(`(?<=^|\\n)[(（]${numeral(ordinal)}[)）]`),
  (ordinal) => new RegExp(`(?<=^|\\n)${ordinal}[.．、](?!\\d)`),
]

function numberedLines(text: string): BareList[] {
  return LINE_SHAPES.flatMap((shape) => {
    const lists: BareList[] = []
    let from = 0
    for (;;) {
      const marks = lineMarks(text, shape, from)
      if (marks.length === 0) return lists
      from = marks.at(-1)?.end ?? from + 1
      if (marks.length >= 2) lists.push(lineList(text, marks))
    }
  })
}

function lineMarks(text: string, shape: (ordinal: number) => RegExp, from: number): Span[] {
  const marks: Span[] = []
  let position = from
  for (let ordinal = 1; ordinal <= 19; ordinal += 1) {
    const mark = find(text, shape(ordinal), position)
    if (mark === undefined) break
    const restart = ordinal > 1 ? find(text, shape(1), position) : undefined
    if (restart !== undefined && restart.start < mark.start) break
    marks.push(mark)
    position = mark.end
  }
  return marks
}

function lineList(text: string, marks: readonly Span[]): BareList {
  const lineEnd = (from: number) => {
    const end = text.indexOf('\n', from)
    return end < 0 ? text.length : end
  }
  const items = marks.map((mark, index) => itemOf(text, index + 1, mark, lineEnd(mark.end)))
  return { span: { start: marks[0]?.start ?? 0, end: items.at(-1)?.span.end ?? 0 }, items }
}
