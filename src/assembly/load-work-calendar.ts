/**
 * The working calendar: the notices that come with the bot, and an admin's own in DATA_DIR/holidays, which
 * win for their year. A new year's notice is one file there, CN-2027.json, and a restart.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readHolidayNotice } from '../text/read-holiday-notice.ts'
import { STATE_COUNCIL_HOLIDAYS } from '../text/state-council-holidays.ts'
import { type HolidayNotice, type WorkCalendar, workCalendar } from '../text/working-days.ts'

/** @throws {BadInputError} when a file of the admin's is not a notice; names the file. */
export function loadHolidayNotices(dataDir: string): readonly HolidayNotice[] {
  const folder = join(dataDir, 'holidays')
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => /^CN-\d{4}\.json$/.test(name))
    : []
  const own = files
    .toSorted()
    .map((name) => readHolidayNotice(readFileSync(join(folder, name), 'utf8'), name))
  return [...STATE_COUNCIL_HOLIDAYS, ...own]
}

/** @throws {BadInputError} as {@link loadHolidayNotices} */
export function loadWorkCalendar(dataDir: string): WorkCalendar {
  return workCalendar(loadHolidayNotices(dataDir))
}
