/** Comma or tab separated values: quotes, doubled quotes, line ends inside quotes. */
import type { SourceText } from './source-text.ts'
import { rowsToLines, sheetSource } from './table-lines.ts'

const LEAST_ROWS = 2
const SAMPLE_ROWS = 30

/** The table a text is, if its lines all have the same number of separated cells and read like no prose. */
export function readCsv(content: string): SourceText | undefined {
  const separator = separatorOf(content)
  if (separator === undefined) return undefined
  const rows = parseRows(content, separator)
  return sheetSource(rowsToLines(rows))
}

function separatorOf(content: string): string | undefined {
  const sample = content.slice(0, 20_000)
  if (/[。！？]\s*$/m.test(sample)) return undefined
  return [',', '\t', ';'].find((separator) => {
    const rows = parseRows(sample, separator).filter((row) => row.length > 1 || row[0] !== '')
    const whole = rows.slice(0, Math.min(SAMPLE_ROWS, Math.max(LEAST_ROWS, rows.length - 1)))
    const width = whole[0]?.length ?? 0
    return whole.length >= LEAST_ROWS && width >= 2 && whole.every((row) => row.length === width)
  })
}

function parseRows(content: string, separator: string): string[][] {
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`,
    'gy',
  )
  const rows: string[][] = []
  let row: string[] = []
  for (;;) {
    const match = cell.exec(content)
    if (match === null) break
    row.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').replace(/\s+/g, ' ').trim())
    if (match[3] === separator) continue
    rows.push(row)
    row = []
    if (match[3] === '' || cell.lastIndex >= content.length) break
  }
  return rows
}
