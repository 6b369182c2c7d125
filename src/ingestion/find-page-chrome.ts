/**
 * What a web page puts around an article: navigation, breadcrumb, share bar, counters, buttons,
 * copyright, related links; and what aggregators glue to it: 「2023-08-01 10:13,正文:原标题:…」,
 * 「返回搜狐,查看更多」.
 *
 * The cues are general (what such a line says, where it stands), not those of any one site. A line
 * goes as a whole; inside a line of text only the glued head and tail go, and boxes of advertisement.
 */
import type { Span } from '../domain/span.ts'
import type { Edit } from '../text/mapped-text.ts'
import { CELL_SEPARATOR } from '../text/table-rows.ts'
import {
  isButtonRow,
  isChromeLine,
  isMetaLine,
  isNavigation,
  startsRelatedLinks,
} from './chrome-lines.ts'

interface Line extends Span {
  readonly text: string
}

export function findPageChrome(text: string): Edit[] {
  const lines = splitLines(text)
  const rows = tableRows(lines)
  const whole = chromeLines(lines.filter((line) => !rows.has(line)))
  const kept = lines.filter((line) => !whole.has(line))
  const glued = kept.flatMap((line, index) => [
    ...gluedHead(line, index === 0),
    ...gluedTail(line),
    ...advertisements(line),
  ])
  return [...[...whole].map(({ start, end }) => ({ start, end })), ...glued].map((span) => ({
    ...span,
    reason: 'page-chrome' as const,
  }))
}

function splitLines(text: string): Line[] {
  return [...text.matchAll(/[^\n]+/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
  }))
}

/** Neighbouring lines with as many cells each are a table, also at the edge of a page: a menu is one line. */
function tableRows(lines: readonly Line[]): Set<Line> {
  const cells = lines.map(({ text }) => text.split('|').length - 1)
  return new Set(
    lines.filter(({ text }, index) => {
      const own = cells[index] ?? 0
      const isTable = own >= FEWEST_BARS && [cells[index - 1], cells[index + 1]].includes(own)
      return isTable && !RULE.test(text)
    }),
  )
}

const FEWEST_BARS = 2
/** Markdown's line between head and rows. */
const RULE = /^[|:\s-]+$/

function chromeLines(lines: readonly Line[]): Set<Line> {
  const rows = dataRows(lines)
  const cut = new Set(
    lines.filter(
      (line) =>
        isChromeLine(line.text) ||
        (!rows.has(line) && (isMetaLine(line.text) || isButtonRow(line.text))),
    ),
  )
  for (const line of navigationAtEdges(lines, cut)) if (!rows.has(line)) cut.add(line)
  for (const line of relatedLinks(lines, cut)) cut.add(line)
  return cut
}

/** Rows of one width, at least two of them and a figure in one: a table of data, not of links. */
function dataRows(lines: readonly Line[]): ReadonlySet<Line> {
  const found = new Set<Line>()
  let run: Line[] = []
  const close = () => {
    if (run.length >= 2 && run.some(({ text }) => /\d/.test(text))) {
      for (const line of run) found.add(line)
    }
    run = []
  }
  for (const line of lines) {
    const width = line.text.split(CELL_SEPARATOR).length
    if (width < 2 || (run[0] && run[0].text.split(CELL_SEPARATOR).length !== width)) close()
    if (width >= 2) run.push(line)
  }
  close()
  return found
}

/** Menus stand before the first sentence of the page or after the last one. */
function navigationAtEdges(lines: readonly Line[], cut: ReadonlySet<Line>): Line[] {
  const prose = lines.filter((line) => !cut.has(line) && isProse(line.text))
  const first = prose[0]?.start ?? Number.POSITIVE_INFINITY
  const last = prose.at(-1)?.end ?? 0
  return lines.filter(
    (line) => (line.end <= first || line.start >= last) && isNavigation(line.text),
  )
}

/** From 「相关阅读」 on, the short lines up to the next sentence. */
function relatedLinks(lines: readonly Line[], cut: ReadonlySet<Line>): Line[] {
  const found: Line[] = []
  let inside = false
  for (const line of lines) {
    if (startsRelatedLinks(line.text)) inside = true
    else if (isProse(line.text) && !cut.has(line)) inside = false
    if (inside) found.push(line)
  }
  return found
}

function isProse(text: string): boolean {
  return /[。；;！？!?]/.test(text) && text.length >= 20
}

const STAMP =
  '(?:(?:\\d{4}|\\d{2})[-/.年])?\\d{1,2}[-/.月]\\d{1,2}日?\\s*\\d{1,2}[:：]\\d{2}(?:[:：]\\d{2})?'
/** 「某新闻网 ? 2023-07-31 20:23,正文:」; the site's name at most twelve characters. */
const HEADS: readonly RegExp[] = [
  new RegExp(`^(?:[^\\s，,。]{2,12}\\s?[?»›>|_-]\\s?)?${STAMP}\\s*[，,]?\\s*(?:正文[:：]\\s*)?`),
  /^[，,]?\s*正文[:：]\s*/,
  /^(?:【?(?:来源|原文来源)[:：]\s*)[^\s，,。；;：:]{2,14}?(?:网|报|社|频道|客户端|号|台|发布|在线|新闻)(?=\s|\d|[（(【]|$)\s*】?/,
  /^(?:原标题|标题)[:：]\s*/,
]
const TAILS: readonly RegExp[] = [
  /(?:返回搜狐|点击返回|返回首页|返回列表)[，,]?\s*(?:查看更多|查看详情)?\s*/,
  /(?:更多精彩内容|更多精彩资讯|更多新闻|更多内容)[^。！？]{0,24}$/,
  /【?\s*(?:责任编辑|责编|编辑|审核|校对|监制|编审|值班编委|文字编辑|网络编辑)\s*[:：][^。；\n]{0,30}$/,
  /【[^【】]{0,12}(?:投稿|区域合作)[^【】]{0,60}】/,
  /[（(](?:来源|供稿|作者)[:：][^（()）]{2,30}[)）]/,
  /(?:扫码|长按)(?:关注|识别)[^。！？]{0,30}$/,
  /【?(?:打印本页|关闭窗口|返回顶部|我要纠错)】?$/,
]

/** Glued parts follow one another a few times, not thousands. */
const MOST_GLUED = 8

function gluedHead(line: Line, isFirst: boolean): Span[] {
  if (!isFirst) return []
  let end = 0
  for (let again = true, round = 0; again && round < MOST_GLUED; round += 1) {
    again = false
    for (const head of HEADS) {
      const match = head.exec(line.text.slice(end))
      if (match === null || match[0] === '') continue
      end += match[0].length
      again = true
    }
  }
  return end === 0 ? [] : [{ start: line.start, end: line.start + end }]
}

/** 「广告 夏天去哪玩凉快? ×」: a box with its cross to close it. */
const ADVERTISEMENT = /(?<=^|[。！？!?；;\s])广告\s[^。；;\n×]{2,80}×\s*/g

function advertisements({ text, start }: Line): Span[] {
  return [...text.matchAll(ADVERTISEMENT)].map(({ index, 0: box }) => ({
    start: start + index,
    end: start + index + box.length,
  }))
}

function gluedTail(line: Line): Span[] {
  let rest = line.text
  for (let again = true, round = 0; again && round < MOST_GLUED; round += 1) {
    again = false
    for (const tail of TAILS) {
      const match = new RegExp(tail.source.endsWith('$') ? tail.source : `${tail.source}$`).exec(
        rest,
      )
      if (match === null || match[0] === '' || match.index === 0) continue
      rest = rest.slice(0, match.index).trimEnd()
      again = true
    }
  }
  return rest.length === line.text.length
    ? []
    : [{ start: line.start + rest.length, end: line.end }]
}
