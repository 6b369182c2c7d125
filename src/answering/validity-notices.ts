/**
 * What must be said about whether a document still holds on the day of asking: its period is over,
 * it is news of more than twelve months ago, or it bears no date.
 */
import type { Notice } from '../domain/answer.ts'
import type { IndexedDocument } from '../retrieval/search-index.ts'

/** News older than this may no longer be so (the rule of the question sets). */
const NEWS_LASTS = { months: 12 }

export function validityNotice(
  document: IndexedDocument,
  askedOn: Temporal.PlainDate,
): Notice | undefined {
  const { metadata } = document
  const { validity, planYear, issuedOn } = metadata
  const { supersededBy } = validity
  if (supersededBy && (validity.to === undefined || isBefore(validity.to, askedOn))) {
    return {
      kind: 'superseded',
      text: `这份材料已被《${supersededBy.title}》代替,不能当作现在的规定。`,
    }
  }
  if (validity.to !== undefined && isBefore(validity.to, askedOn)) {
    return { kind: 'expired', text: expiredText(document, validity.to) }
  }
  if (
    validity.to === undefined &&
    planYear !== undefined &&
    planYear < askedOn.year &&
    speaksForYear(document)
  ) {
    return { kind: 'expired', text: `这是 ${planYear} 年的材料,已过期,不能当作现在的安排。` }
  }
  if (issuedOn === undefined) {
    return { kind: 'undated', text: '这份材料没有写明发布日期,现在是否还有效请核实。' }
  }
  if (isBefore(issuedOn.on.add(NEWS_LASTS), askedOn)) {
    return {
      kind: 'old-news',
      text: `这是 ${issuedOn.on.year} 年 ${issuedOn.on.month} 月的材料,距今已超过一年,情况可能已变化,请核实。`,
    }
  }
  return undefined
}

function speaksForYear(document: IndexedDocument): boolean {
  return document.metadata.kind === 'plan' || document.metadata.kind === 'meeting-report'
}

function expiredText(document: IndexedDocument, to: Temporal.PlainDate): string {
  const { planYear } = document.metadata
  const isYearEnd = to.month === 12 && to.day === 31
  if (isYearEnd && planYear === to.year)
    return `这是 ${to.year} 年的年度材料,已过期,不能当作现在的安排。`
  if (isYearEnd) return `这份材料管到 ${to.year} 年底,已过期,不能当作现在的安排。`
  return `这项安排到 ${to.year} 年 ${to.month} 月 ${to.day} 日为止,已结束。`
}

function isBefore(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) < 0
}
