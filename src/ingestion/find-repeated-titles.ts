/**
 * Titles that stand twice, spaced out, or glued to the first sentence. One stays, on a line of its own.
 */
import type { Span } from '../domain/span.ts'
import type { Edit } from '../text/mapped-text.ts'

const LONGEST_TITLE = 80
const SHORTEST_TITLE = 8

/** Names of papers and portals: two characters (河南日报), or a longer place. */
const MEDIA =
  '(?:中国|黑龙江|内蒙古)?[\\u4e00-\\u9fff]{2}(?:日报|晚报|新闻|时报|晨报|都市报|青年报|工人报|商报|网)'

/** Where the body begins after a title that is glued to it: a date, a dateline, a reporter, a clause of purpose. */
const BODY_BEGINS = [
  /(?:[12]\d{3}年)?\d{1,2}月\d{1,2}日(?:上午|下午|晚|,|,|，|、|至|，记者)/,
  /(?:近日|日前|连日来|近年来|今年以来|为(?:进一步|深入|大力|全面|切实|贯彻|落实|加强|推动|做好|提升|激发)|本报讯|本网讯|中工网讯)/,
  new RegExp(`(?:[\\u4e00-\\u9fff]{3}\\s)?${MEDIA}(?:客户端|全媒体)?\\s?(?:首席)?(?:记者|通讯员)`),
  new RegExp(
    `(?:${MEDIA}|中工网|中新网|本报|本网|本台|[\\u4e00-\\u9fff]{2})(?:客户端)?讯\\s?(?:\\d|[（(])`,
  ),
  /(?:本报|本网)?(?:通讯员|记者)\s?[\u4e00-\u9fff]{2,4}/,
  /(?<=[”！])(?=“[^”]{10,})/,
] as const

/** `isGlued`: the page said 「原标题:」, so the text begins with a title. */
export function findRepeatedTitles(text: string, isGlued: boolean, knownTitle?: string): Edit[] {
  return [...repeatedLines(text), ...gluedTitle(text, isGlued, knownTitle)]
}

/** Lines that repeat an earlier short line, also spaced out (庆 城 县 举 行). */
function repeatedLines(text: string): Edit[] {
  const seen = new Set<string>()
  return [...text.matchAll(/[^\n]+/g)].flatMap((match) => {
    const plain = match[0].replace(/\s+/g, '')
    if (!couldBeTitle(plain) || isTableRow(match[0])) return []
    if (seen.has(plain)) {
      return [
        {
          start: match.index,
          end: match.index + match[0].length,
          reason: 'repeated-title' as const,
        },
      ]
    }
    seen.add(plain)
    return []
  })
}

function couldBeTitle(plain: string): boolean {
  return plain.length >= SHORTEST_TITLE && plain.length <= LONGEST_TITLE && !/[。；;]$/.test(plain)
}

/** Equal rows of a table are different rows. */
function isTableRow(line: string): boolean {
  return line.includes(' | ') || line.startsWith('|')
}

function gluedTitle(text: string, isGlued: boolean, knownTitle: string | undefined): Edit[] {
  const line = /^[^\n]*/.exec(text)?.[0] ?? ''
  const end = titleEnd(line, isGlued, knownTitle)
  if (end === undefined || end >= line.length) return []
  const title = line.slice(0, end)
  const space = /^\s*/.exec(line.slice(end))?.[0].length ?? 0
  const repeats = line.slice(end + space).startsWith(title)
  const again: Span = { start: end, end: end + space + (repeats ? title.length : 0) }
  return [
    { ...again, replacement: '\n', ...(repeats ? { reason: 'repeated-title' as const } : {}) },
  ]
}

function titleEnd(
  line: string,
  isGlued: boolean,
  knownTitle: string | undefined,
): number | undefined {
  if (knownTitle !== undefined && line.startsWith(knownTitle)) return knownTitle.length
  const doubled = doubledHead(line)
  if (doubled !== undefined) return doubled
  return isGlued ? guessedEnd(line) : undefined
}

/** Length of the longest head of a line that stands there twice in a row. */
function doubledHead(line: string): number | undefined {
  for (
    let length = Math.min(LONGEST_TITLE, Math.floor(line.length / 2));
    length >= SHORTEST_TITLE;
    length -= 1
  ) {
    const head = line.slice(0, length)
    if (line.slice(length).trimStart().startsWith(head)) return length
  }
  return undefined
}

function guessedEnd(line: string): number | undefined {
  const head = line.slice(0, LONGEST_TITLE + 20)
  const ends = BODY_BEGINS.flatMap((cue) => {
    const match = cue.exec(head.slice(SHORTEST_TITLE))
    return match === null ? [] : [match.index + SHORTEST_TITLE]
  })
  const end = Math.min(...ends)
  return Number.isFinite(end) && end <= LONGEST_TITLE ? end : undefined
}
