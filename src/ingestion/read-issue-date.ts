/**
 * The date of a document: the stamp the page put over it, the date at its foot, or the meeting's day.
 *
 * The day of an event is no date of publication. For the report of a meeting it is taken all the
 * same, because the meeting is the document; where its year is not written, the year follows from
 * the plan the meeting made (「谋划2025年工会工作」 in December speaks of the year before), and the date
 * is marked as inferred with these words.
 */
import type { DocumentDate, DocumentKind } from '../domain/document.ts'
import { CALENDAR_DATE, firstDay } from '../text/calendar-words.ts'
import { startsRelatedLinks } from './chrome-lines.ts'

export interface DateSources {
  readonly text: string
  readonly chrome: readonly string[]
  readonly kind: DocumentKind
  readonly plan?: { readonly year: number; readonly words: string } | undefined
}

export function readIssueDate(sources: DateSources): DocumentDate | undefined {
  const on = stampDate(sources.chrome) ?? footDate(sources.text) ?? headDate(sources.text)
  return on === undefined ? meetingDate(sources) : { on, precision: 'day' }
}

/** An ISO date, month or year as front matter gives it. */
export function parseIsoDate(written: string): DocumentDate | undefined {
  const match = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?)?/.exec(written.trim())
  if (match === null) return undefined
  const [, year = '', month, day] = match
  const on = safeDate(Number(year), Number(month ?? 1), Number(day ?? 1))
  if (on === undefined) return undefined
  return { on, precision: day === undefined ? (month === undefined ? 'year' : 'month') : 'day' }
}

const STAMP =
  /(?<!\d)((?:19|20)?\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?=\s*\d{1,2}[:：]\d{2}|\D|$)/
const LABELLED =
  /(?:时间|日期|发布|发表|印发|更新)[^\d]{0,6}\d{4}|\d{1,2}[:：]\d{2}|^\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*$/
const NOT_THE_STAMP = /copyright|©|版权|备案|分辨率/i

/** The first stamp over the text; what stands among related links belongs to other articles. */
function stampDate(chrome: readonly string[]): Temporal.PlainDate | undefined {
  for (const cut of chrome) {
    if (startsRelatedLinks(cut)) return undefined
    const match = LABELLED.test(cut) && !NOT_THE_STAMP.test(cut) ? STAMP.exec(cut) : null
    if (match === null) continue
    const [, year = '', month, day] = match
    const date = safeDate(
      Number(year.length === 2 ? `20${year}` : year),
      Number(month),
      Number(day),
    )
    if (date !== undefined) return date
  }
  return undefined
}

const FOOT_LINES = 8
const HEAD_LINES = 8
const LONE_DATE = new RegExp(`^[^。，,；;：:]{0,30}?(?:${CALENDAR_DATE})(?:印发|发布|公布)?[）)]?$`)
const HEAD_DATE = new RegExp(
  `^[（(]?(?:${CALENDAR_DATE})[^。]{0,60}(?:通过|发布|公布|印发|修订|修正|批准)[^。]*[）)]?$`,
)

/** 「某某总工会 2022年6月30日」 on a line of its own near the end. */
function footDate(text: string): Temporal.PlainDate | undefined {
  return lastDated(text.split('\n').slice(-FOOT_LINES), LONE_DATE)
}

/** 「(2014年3月13日 第二次全体会议通过)」 or a bare date under the title. */
function headDate(text: string): Temporal.PlainDate | undefined {
  const lines = text.split('\n').slice(0, HEAD_LINES)
  return lastDated(lines, HEAD_DATE) ?? lastDated(lines.slice(1), LONE_DATE)
}

function lastDated(lines: readonly string[], shape: RegExp): Temporal.PlainDate | undefined {
  const dates = lines.flatMap((line) => {
    const groups = shape.exec(line.replace(/\s+/g, ''))?.groups
    if (groups?.['year'] === undefined || groups['day'] === undefined) return []
    return firstDay(groups, undefined) ?? []
  })
  return dates.at(-1)
}

const OPENING = 80
const MEETING_DAY = new RegExp(`(?:${CALENDAR_DATE})`)

function meetingDate({ text, kind, plan }: DateSources): DocumentDate | undefined {
  if (kind !== 'meeting-report') return undefined
  const groups = MEETING_DAY.exec(text.slice(0, OPENING))?.groups
  if (groups?.['day'] === undefined) return undefined
  if (groups['year'] !== undefined) return dayOf(firstDay(groups, undefined))
  if (plan === undefined) return undefined
  const inPlanYear = firstDay(groups, plan.year)
  if (inPlanYear === undefined) return undefined
  const on =
    inPlanYear.month >= FIRST_MONTH_OF_PLANNING ? inPlanYear.subtract({ years: 1 }) : inPlanYear
  return { on, precision: 'day', inferredFrom: plan.words }
}

/** Next year's work is planned from September on; an earlier meeting speaks of its own year. */
const FIRST_MONTH_OF_PLANNING = 9

function dayOf(on: Temporal.PlainDate | undefined): DocumentDate | undefined {
  return on === undefined ? undefined : { on, precision: 'day' }
}

function safeDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return undefined // 2023-02-30 is no date: the text has none
  }
}
