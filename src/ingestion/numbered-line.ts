/** The numbered line (1. …, (一)…) that a span lies in: its heading and its labels hold for all of it. */
import type { Span } from '../domain/span.ts'

const NUMBERED =
  /^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．](?!\d))/

/** The line around `span` when it begins with a number; undefined otherwise. */
export function numberedLineAround(text: string, span: Span): Span | undefined {
  const start = text.lastIndexOf('\n', span.start - 1) + 1
  const stop = text.indexOf('\n', span.end)
  const line = { start, end: stop < 0 ? text.length : stop }
  return NUMBERED.test(text.slice(line.start, line.end)) ? line : undefined
}

/** The heading of a numbered line: its first sentence, where more follows. */
export function headingOf(text: string, line: Span): Span | undefined {
  const own = text.slice(line.start, line.end)
  const end = own.search(/。|[:：](?!\d)/)
  return end < 0 || end >= own.trimEnd().length - 1
    ? undefined
    : { start: line.start, end: line.start + end }
}

/** Numbered lines that one announcement stands over, at most. */
const LONGEST_LIST = 60

/** The sentence that announces the numbered lines among which `line` is: 「要抓好以下工作,年底前完成:」. */
export function announcementOf(text: string, line: Span): Span | undefined {
  let end = line.start - 1
  for (let lines = 0; end > 0 && lines < LONGEST_LIST; lines += 1) {
    const start = text.lastIndexOf('\n', end - 1) + 1
    const own = text.slice(start, end)
    if (own.trim() !== '' && !NUMBERED.test(own)) {
      const from = start + own.lastIndexOf('。') + 1
      return /[:：]$/.test(own.trimEnd()) ? { start: from, end } : undefined
    }
    end = start - 1
  }
  return undefined
}

/** Units after a sentence in which the next line begins. */
const NEXT_LINE = 12

/** Whether a span ends with a colon and numbered lines follow it. */
export function announces(text: string, { start, end }: Span): boolean {
  if (!/[:：]$/.test(text.slice(Math.max(start, end - 2), end).trimEnd())) return false
  const after = text.slice(end, end + NEXT_LINE)
  return /^\s*\n/.test(after) && NUMBERED.test(after.trimStart())
}
