/**
 * `dates parse --batch FILE.jsonl`: rows `{id, text, ref, tz}` become `{id, results}`, in order. The
 * results are in the form of the evaluation files (text/dates/to-want.ts).
 */
import { z } from 'zod'
import { parseDates } from '../text/dates/parse-dates.ts'
import { toWant } from '../text/dates/to-want.ts'
import { STATE_COUNCIL_HOLIDAYS } from '../text/state-council-holidays.ts'
import { type WorkCalendar, workCalendar } from '../text/working-days.ts'

const Row = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  /** The moment the text is relative to, with its offset: 2024-12-16T09:00:00+08:00. */
  ref: z.string(),
  tz: z.string().default('Asia/Shanghai'),
  /** The year the text is a plan for, where it is one. */
  plan_year: z.int().optional(),
})

/** One JSON line for each row that is not empty. @throws when a row is not of this form. */
export function datesParseBatch(
  lines: Iterable<string>,
  calendar: WorkCalendar = workCalendar(STATE_COUNCIL_HOLIDAYS),
): string[] {
  return [...lines]
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const row = Row.parse(JSON.parse(line))
      const ref = Temporal.Instant.from(row.ref).toZonedDateTimeISO(row.tz)
      const planYear = row.plan_year === undefined ? {} : { planYear: row.plan_year }
      const results = parseDates(row.text, { ref, calendar, ...planYear }).map(toWant)
      return JSON.stringify({ id: row.id, results })
    })
}
