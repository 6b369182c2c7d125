/** Two answers to one question in a line each, cut where they differ. */
import type { Answer } from '../domain/answer.ts'
import type { ChangedAnswer } from './changed-answers.ts'

/** UTF-16 units of a line: what an admin reads at a glance. */
const LONGEST = 60
/** Kept of what both say before the first difference. */
const LEAD = 12

export interface AnswerChangeLines {
  readonly before: string
  readonly after: string
}

export function wordAnswerChange({ before, after }: ChangedAnswer): AnswerChangeLines {
  const [own, other] = [said(before), said(after)]
  const from = Math.max(0, firstDifference(own, other) - LEAD)
  const start = from + LEAD < LONGEST / 2 ? 0 : from
  return {
    before: `${window(own, start)}${sources(before)}`,
    after: `${window(other, start)}${sources(after)}`,
  }
}

function said({ summary, notices }: Answer): string {
  return [summary, ...notices.map(({ text }) => text)].join(' ').replace(/\s+/g, ' ').trim()
}

function sources(answer: Answer): string {
  if (answer.kind !== 'grounded') return ''
  const titles = new Set(answer.citations.map(({ documentTitle }) => `《${documentTitle}》`))
  return `（${[...titles].join('、')}）`
}

function firstDifference(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a.charAt(i) !== b.charAt(i)) return i
  return length
}

function window(text: string, start: number): string {
  const cut = text.slice(start, start + LONGEST)
  return `${start > 0 ? '…' : ''}${cut}${start + LONGEST < text.length ? '…' : ''}`
}
