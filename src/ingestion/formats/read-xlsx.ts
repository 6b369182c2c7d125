/** Excel files: each sheet a heading and its rows as lines 「单元格 | 单元格」. Cached values only; formulas are not run. */
import readXlsxFile from 'read-excel-file/node'
import type { ReadingWarning } from '../../domain/document.ts'
import { BadInputError } from '../../errors.ts'
import type { SourceText } from './source-text.ts'
import { rowsToLines, sheetSource } from './table-lines.ts'
import { unzip, xmlPart } from './unzip.ts'
import { type NumberFormat, type SheetDetails, sheetDetails } from './xlsx-sheets.ts'

const MOST_ROWS = 20_000

export async function readXlsx(bytes: Uint8Array): Promise<SourceText> {
  const parts = await unzip(bytes)
  for (const name of parts.keys()) if (name.endsWith('.xml')) xmlPart(parts, name)
  const sheets = await readXlsxFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const details = sheetDetails(parts)
  const shown = sheets.filter((_, index) => details[index]?.isHidden !== true)
  const texts = sheets.flatMap(({ sheet, data }, index) => {
    if (details[index]?.isHidden) return []
    const lines = rowsToLines(cellsOf(data.slice(0, MOST_ROWS), details[index]))
    if (lines.length === 0) return []
    return shown.length > 1 ? [`## ${sheet}`, ...lines] : lines
  })
  if (texts.length === 0) throw new BadInputError('no_text', '这个表格是空的。请检查后重新上传。')
  return {
    ...sheetSource(texts),
    warnings: [
      ...hiddenSheets(sheets.length - shown.length),
      ...cutRows(sheets.map(({ data }) => data.length)),
    ],
  }
}

/** Values as they are shown, merged areas filled with what stands in their corner. */
function cellsOf(data: readonly (readonly unknown[])[], details: SheetDetails | undefined) {
  const cells = data.map((row, y) => row.map((cell, x) => cellText(cell, details?.formatAt(y, x))))
  for (const { top, left, bottom, right } of details?.merges ?? []) {
    const value = cells[top]?.[left] ?? ''
    // A title over the whole table stays one cell.
    const isTitle = left === 0 && right >= (cells[top]?.length ?? 0) - 1
    if (value === '' || isTitle) continue
    for (const row of cells.slice(top, bottom + 1)) {
      const last = Math.min(right, row.length - 1)
      for (let x = left; x <= last; x++) row[x] = value
    }
  }
  return cells
}

function cellText(cell: unknown, format: NumberFormat | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return dateText(cell)
  if (typeof cell === 'number') return numberText(cell, format)
  return String(cell).replace(/\s+/g, ' ').trim()
}

/** Twelve digits: sums like 0.1 + 0.2 are shown as Excel shows them. */
function numberText(value: number, format: NumberFormat | undefined): string {
  const shown = Number((format?.isPercent ? value * 100 : value).toPrecision(12))
  return `${shown}${format?.isPercent ? '%' : ''}${format?.suffix ?? ''}`
}

function dateText(date: Date): string {
  const written = date.toISOString()
  const time = written.slice(11, 16)
  return time === '00:00' ? written.slice(0, 10) : `${written.slice(0, 10)} ${time}`
}

function hiddenSheets(count: number): ReadingWarning[] {
  const message = `表格里有 ${count} 张隐藏的工作表，没有收进来。需要的话请取消隐藏后重新上传。`
  return count === 0 ? [] : [{ code: 'hidden_text', message }]
}

function cutRows(lengths: readonly number[]): ReadingWarning[] {
  const message = `表格太长，每张工作表只读了前 ${MOST_ROWS} 行。请拆分后分别上传。`
  return lengths.every((length) => length <= MOST_ROWS) ? [] : [{ code: 'partial', message }]
}
