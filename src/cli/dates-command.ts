/**
 * `dates parse --batch FILE.jsonl`: rows `{id, text, ref, tz}` become `{id, results}`, in order. The
 * results are in the form of the evaluation files (text/dates/to-want.ts).
 */
import type { Command } from 'commander'
import { z } from 'zod'
import { BadInputError } from '../errors.ts'
import { parseDates } from '../text/dates/parse-dates.ts'
import { toWant } from '../text/dates/to-want.ts'
import { STATE_COUNCIL_HOLIDAYS } from '../text/state-council-holidays.ts'
import { type WorkCalendar, workCalendar } from '../text/working-days.ts'
import type { Terminal } from './program.ts'
import { readTextFile } from './read-text-file.ts'

const Row = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  /** The moment the text is relative to, with its offset: 2024-12-16T09:00:00+08:00. */
  ref: z.iso.datetime({ offset: true }),
  tz: z.string().default('Asia/Shanghai'),
  /** The year the text is a plan for, where it is one. */
  plan_year: z.int().optional(),
})

export function addDatesCommand(program: Command, terminal: Terminal): void {
  program
    .command('dates')
    .description('读文字里的日期和时限')
    .command('parse')
    .description('逐行读一个文件里的文字')
    .requiredOption('--batch <文件>', '每行一个 JSON：{id, text, ref, tz}')
    .action(async ({ batch }: { readonly batch: string }) => {
      const text = await readTextFile(batch)
      for (const line of datesParseBatch(text.split('\n'))) terminal.print(line)
    })
}

/**
 * One JSON line for each row that is not empty.
 *
 * @throws {BadInputError} `bad_row` when a row is not of this form; names the line.
 */
export function datesParseBatch(
  lines: Iterable<string>,
  calendar: WorkCalendar = workCalendar(STATE_COUNCIL_HOLIDAYS),
): string[] {
  return [...lines].flatMap((line, index) =>
    line.trim() === '' ? [] : [parseRow(line, index + 1, calendar)],
  )
}

function parseRow(line: string, number: number, calendar: WorkCalendar): string {
  const row = readRow(line, number)
  const ref = Temporal.Instant.from(row.ref).toZonedDateTimeISO(row.tz)
  const planYear = row.plan_year === undefined ? {} : { planYear: row.plan_year }
  const results = parseDates(row.text, { ref, calendar, ...planYear }).map(toWant)
  return JSON.stringify({ id: row.id, results })
}

function readRow(line: string, number: number): z.infer<typeof Row> {
  try {
    return Row.parse(JSON.parse(line))
  } catch (cause) {
    throw new BadInputError(
      'bad_row',
      `第 ${number} 行不是 {id, text, ref, tz};ref 要写成 2024-12-16T09:00:00+08:00`,
      { cause },
    )
  }
}
