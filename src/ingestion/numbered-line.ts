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
