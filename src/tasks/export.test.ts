import fc from 'fast-check'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { buildTask } from '../../test/support/build-task.ts'
import type { Person } from '../domain/person.ts'
import { parseCsv } from '../text/parse-csv.ts'
import { exportCsv } from './export-csv.ts'
import { exportIcs } from './export-ics.ts'
import { exportSummary } from './export-summary.ts'
import { TABLE_HEADINGS, tableRows } from './export-table.ts'
import { exportXlsx } from './export-xlsx.ts'
import { createDirectory } from './find-recipients.ts'

const li: Person = { id: 'li', name: '李明', role: 'cadre', unit: '宣教部', accounts: [] }
const at = Temporal.Instant.from('2026-06-30T02:00:00Z')
const by = { kind: 'person', personId: 'li', name: '李明' } as const
const context = {
  today: Temporal.PlainDate.from('2026-07-01'),
  timeZone: 'Asia/Shanghai',
  directory: createDirectory([li]),
}
const rooms = buildTask({
  id: 'rooms',
  title: '新建职工书屋',
  startsOn: Temporal.PlainDate.from('2026-01-01'),
  deadline: { phrase: '年底', dueOn: Temporal.PlainDate.from('2026-12-31') },
  target: { value: 30, bound: 'exact', unit: '个' },
  progress: [{ value: 12, unit: '个', by, at }],
})
const done = buildTask({ id: 'done', title: '慰问困难职工', status: 'completed' })

describe('the table', () => {
  it('has figures, shares, colour and who reported when', () => {
    const [row = []] = tableRows([rooms], context)
    const named = Object.fromEntries(TABLE_HEADINGS.map((heading, index) => [heading, row[index]]))
    expect(row).toHaveLength(TABLE_HEADINGS.length)
    expect(named).toMatchObject({
      事项: '新建职工书屋',
      责任人: '李明',
      到期日: '2026-12-31',
      目标: 30,
      最新进度: 12,
      颜色: '黄',
      最近报数日期: '2026-06-30',
    })
  })
})

describe('a CSV file', () => {
  it.each(['=1+1', '+8613800000000', '-2+3', '@SUM(A1)', '\t=1', ' =1', '\uff1d1', '\r=1'])(
    'makes the formula %j a text',
    (text) => {
      const [, row] = parseCsv(exportCsv(['事项'], [[text]]))
      expect(row?.[0]).toBe(`'${text}`)
    },
  )

  it('keeps numbers as numbers and every other text as it is', () => {
    expect(exportCsv(['数'], [[-3]])).toBe('\ufeff数\r\n-3\r\n')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [, row] = parseCsv(exportCsv(['事项'], [[`项${text}`]]))
        expect(row?.[0]).toBe(`项${text}`)
      }),
    )
  })
})

describe('an Excel file', () => {
  it('is read back with its texts as texts, formulas among them', async () => {
    const bytes = await exportXlsx(['事项', '目标'], [['=1+1', 30]])
    const [sheet] = await readXlsxFile(Buffer.from(bytes))
    expect(sheet?.data).toEqual([
      ['事项', '目标'],
      ['=1+1', 30],
    ])
  })
})

describe('a calendar file', () => {
  const now = Temporal.Instant.from('2026-07-01T00:00:00.123Z')
  const options = { now, timeZone: 'Asia/Shanghai', unionName: '示例市总工会' }
  const unfold = (ics: string) => ics.replaceAll('\r\n ', '')

  it('has one all-day event for each open task with a day, and instants in Z', () => {
    const ics = unfold(exportIcs([rooms, done, buildTask({ id: 'undated' })], options))
    expect(ics.match(/BEGIN:VEVENT/gu)).toHaveLength(1)
    expect(ics).toContain('DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101')
    expect(ics).toContain('DTSTAMP:20260701T000000Z')
    expect(ics).toContain('TRIGGER;VALUE=DATE-TIME:20261230T010000Z')
  })

  it('folds every line at 75 bytes without breaking a character, and escapes what has a meaning', () => {
    // U+FFFD in the result must come from a broken character, so none may be in the text itself.
    const texts = fc
      .string({ unit: 'grapheme', maxLength: 200 })
      .filter((text) => !text.includes('\ufffd'))
    fc.assert(
      fc.property(texts, (text) => {
        const ics = exportIcs([{ ...rooms, title: `书屋,${text}` }], options)
        expect(ics.endsWith('\r\n')).toBe(true)
        for (const line of ics.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          expect(line).not.toMatch(/\p{Cc}/u)
        }
        expect(unfold(ics)).toContain('SUMMARY:书屋\\,')
        expect(ics).not.toContain('\ufffd')
      }),
    )
  })
})

describe('the summary', () => {
  it('states what the ledger holds and leaves the rest to be filled in', () => {
    const text = exportSummary([rooms, done], { ...context, unionName: '示例市总工会' })
    expect(text).toContain('共 2 件事项')
    expect(text).toContain('12/30个')
    expect(text).toContain('李明6月30日报')
    expect(text).toContain('请补充')
  })
})
