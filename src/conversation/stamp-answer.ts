/** What an answer holds for, in a few words each: place, date, and what is wrong with its source. */
import type { Citation, Notice } from '../domain/answer.ts'
import type { Block, Stamp } from '../domain/message.ts'

const WARNINGS: Readonly<Record<Notice['kind'], Stamp>> = {
  expired: { text: '已过期', tone: 'warning' },
  'not-yet': { text: '尚未施行', tone: 'warning' },
  superseded: { text: '已有新文件', tone: 'warning' },
  undated: { text: '年份不明', tone: 'warning' },
  'old-news': { text: '旧报道', tone: 'warning' },
  'other-place': { text: '外地文件', tone: 'warning' },
  conflict: { text: '说法不一', tone: 'warning' },
  damaged: { text: '原文有缺损', tone: 'warning' },
  sample: { text: '示例', tone: 'warning' },
}
/** A phone shows two lines of them. */
const MOST_PLACES = 2

/** Nothing for an answer without citations. */
export function stampAnswer(
  citations: readonly Citation[],
  notices: readonly Notice[],
): readonly Block[] {
  if (citations.length === 0) return []
  const places = citations.map(({ jurisdictionName }) => jurisdictionName)
  const years = citations.map(({ issuedOn }) => issuedOn && `${issuedOn.on.year}年发布`)
  const plain = [...distinct(places).slice(0, MOST_PLACES), ...distinct(years).slice(0, 2)]
  const warnings = distinct(notices.map(({ kind }) => kind)).map((kind) => WARNINGS[kind])
  const stamps = [...plain.map((text): Stamp => ({ text, tone: 'plain' })), ...warnings]
  return stamps.length === 0 ? [] : [{ kind: 'stamps', stamps }]
}

function distinct<T>(values: readonly (T | undefined)[]): readonly T[] {
  return [...new Set(values.filter((value) => value !== undefined))]
}
