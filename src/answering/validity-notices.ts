/**
 * What must be said about whether a document still holds on the day of asking: its period is over,
 * it is news of more than twelve months ago, it bears no date, or the very window it gives is over.
 */
import type { Notice } from '../domain/answer.ts'
import type { Span } from '../domain/span.ts'
import type { IndexedDocument } from '../retrieval/search-index.ts'
import { isEnd } from '../retrieval/values-in-text.ts'
import type { Evidence } from '../retrieval/weigh-units.ts'
import { CALENDAR_DATE, lastDay } from '../text/calendar-words.ts'
import { parseNumber } from '../text/parse-number.ts'

/** News older than this may no longer be so (the rule of the question sets). */
const NEWS_LASTS = { months: 12 }

/** @param mayName whether the asker may know the title of the document that took its place. */
export function validityNotice(
  document: IndexedDocument,
  askedOn: Temporal.PlainDate,
  mayName: (documentId: string) => boolean = () => true,
): Notice | undefined {
  const { metadata } = document
  const { validity, planYear, issuedOn } = metadata
  const { supersededBy } = validity
  const begins = beginsAfter(document, askedOn)
  if (begins !== undefined) return { kind: 'not-yet', text: begins }
  if (supersededBy && (validity.to === undefined || isBefore(validity.to, askedOn))) {
    const by = mayName(supersededBy.documentId) ? `《${supersededBy.title}》` : '新的文件'
    return { kind: 'superseded', text: `这份材料已被${by}代替，不能当作现在的规定。` }
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
    return { kind: 'expired', text: `这是 ${planYear} 年的材料，已过期，不能当作现在的安排。` }
  }
  if (issuedOn === undefined) {
    return { kind: 'undated', text: '这份材料没有写明发布日期，现在是否还有效请核实。' }
  }
  if (isBefore(issuedOn.on.add(NEWS_LASTS), askedOn)) {
    return {
      kind: 'old-news',
      text: `这是 ${issuedOn.on.year} 年 ${issuedOn.on.month} 月的材料，距今已超过一年，情况可能已变化，请核实。`,
    }
  }
  return undefined
}

const DATE = new RegExp(CALENDAR_DATE, 'g')
const STARTS_OR_RECURS = /每(?:年|月|周|季)|起$|开始$/

/** 「申报时间将于9月4日结束」, asked on the 10th: the window that the sentence itself gives is over. */
export function windowNotice(
  { unit, judgement }: Evidence,
  askedOn: Temporal.PlainDate,
): Notice | undefined {
  const year = unit.document.metadata.issuedOn?.on.year
  const closing = judgement.values.filter((value) => closes(unit.folded, value))
  const ends = (closing.length > 0 ? closing : judgement.values).flatMap((value) => {
    const words = unit.folded.slice(Math.max(0, value.start - 4), value.end)
    const dates = isEnd(unit.folded, value) ? [...words.matchAll(DATE)] : []
    return STARTS_OR_RECURS.test(words) ? [] : (lastDay(dates.at(-1)?.groups, year) ?? [])
  })
  const last = [...ends, ...lastsUntil(unit)].toSorted(Temporal.PlainDate.compare).at(-1)
  if (last === undefined || !isBefore(last, askedOn)) return undefined
  return { kind: 'expired', text: windowText(last) }
}

const LASTS = /为期([一二两三四五六七八九十半]{1,2}|\d{1,2})个?(月|周|星期|天)/

/** 「为期两个月」 from the day the text was published on. */
function lastsUntil({ folded, document }: Evidence['unit']): Temporal.PlainDate[] {
  const { issuedOn } = document.metadata
  const [, written = '', measure] = LASTS.exec(folded) ?? []
  const count = parseNumber(written)
  if (issuedOn?.precision !== 'day' || count === undefined) return []
  if (measure === '月') return [issuedOn.on.add({ months: count })]
  return [issuedOn.on.add(measure === '天' ? { days: count } : { weeks: count })]
}

/** 「2014年怎么规定」 answered from a document of 2016 must say so. */
function beginsAfter(
  { metadata }: IndexedDocument,
  askedOn: Temporal.PlainDate,
): string | undefined {
  const { validity, issuedOn } = metadata
  if (validity.from !== undefined && isBefore(askedOn, validity.from)) {
    const { year, month, day } = validity.from
    return `这份材料自 ${year} 年 ${month} 月 ${day} 日起才施行，在您问的日子还不管用。`
  }
  if (issuedOn?.precision === 'day' && isBefore(askedOn, issuedOn.on)) {
    const { year, month, day } = issuedOn.on
    return `这份材料是 ${year} 年 ${month} 月 ${day} 日发布的，晚于您问的日子。`
  }
  return undefined
}

/** 「到8月20日截止」: of several dates, the one by which it closes. */
function closes(text: string, { start, end }: Span): boolean {
  return /截止|结束|为止|截至/.test(text.slice(Math.max(0, start - 4), end + 3))
}

function speaksForYear(document: IndexedDocument): boolean {
  return document.metadata.kind === 'plan' || document.metadata.kind === 'meeting-report'
}

function expiredText(document: IndexedDocument, to: Temporal.PlainDate): string {
  const { planYear } = document.metadata
  const isYearEnd = to.month === 12 && to.day === 31
  if (isYearEnd && planYear === to.year)
    return `这是 ${to.year} 年的年度材料，已过期，不能当作现在的安排。`
  if (isYearEnd) return `这份材料管到 ${to.year} 年底，已过期，不能当作现在的安排。`
  return windowText(to)
}

function windowText(to: Temporal.PlainDate): string {
  return `这项安排到 ${to.year} 年 ${to.month} 月 ${to.day} 日为止，已结束。`
}

function isBefore(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) < 0
}
