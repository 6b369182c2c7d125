import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { loadWorkCalendar } from './load-work-calendar.ts'

const folders: string[] = []
const dataDir = () => {
  const folder = mkdtempSync(join(tmpdir(), 'holidays-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

describe('loadWorkCalendar', () => {
  it('knows the notices that come with the bot where the admin has none', () => {
    expect(loadWorkCalendar(dataDir()).knownThrough).toBe(2026)
  })

  it('takes the admin’s notice for a new year, and for a year of ours', () => {
    const folder = dataDir()
    mkdirSync(join(folder, 'holidays'))
    const write = (year: number, from: string) =>
      writeFileSync(
        join(folder, 'holidays', `CN-${year}.json`),
        JSON.stringify({ year, periods: [{ name: '元旦', from, to: from }] }),
      )
    write(2027, '2027-01-01')
    write(2026, '2026-01-01')
    const calendar = loadWorkCalendar(folder)
    expect(calendar.knownThrough).toBe(2027)
    expect(calendar.isWorkingDay(Temporal.PlainDate.from('2026-01-02'))).toBe(true)
  })
})
