/**
 * Lists without numbers: three or more sentences of one paragraph that begin in one frame,
 * 「在组织领导上下功夫。…在宣传教育上下功夫。…在隐患排查上下功夫。」
 */
import type { Span } from '../domain/span.ts'
import { type BareList, itemOf } from './numbered-lists.ts'

const FRAME =
  /(?<=^|[。！；\n）)])在[^，。；\n]{2,14}上(下功夫|求突破|求实效|见实效|见成效|出实招|求提升|谋突破|做文章|发力|用力|着力)(?=[。，：:,])/g
const LEAST_ITEMS = 3

export function framedLists(text: string): BareList[] {
  const frames = new Map<string, Span[]>()
  for (const match of text.matchAll(FRAME)) {
    const ending = match[1] ?? ''
    const marks = frames.get(ending) ?? []
    marks.push({ start: match.index, end: match.index })
    frames.set(ending, marks)
  }
  return [...frames.values()]
    .filter((marks) => marks.length >= LEAST_ITEMS)
    .map((marks) => listOf(text, marks))
}

function listOf(text: string, marks: readonly Span[]): BareList {
  const stop = text.indexOf('\n', marks.at(-1)?.end ?? 0)
  const end = stop < 0 ? text.length : stop
  const items = marks.map((mark, index) =>
    itemOf(text, index + 1, mark, marks[index + 1]?.start ?? end),
  )
  return { span: { start: marks[0]?.start ?? 0, end: items.at(-1)?.span.end ?? end }, items }
}
