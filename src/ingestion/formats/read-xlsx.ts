/** Excel files: each sheet a heading and its rows as lines 「单元格 | 单元格」. Cached values only; formulas are not run. */
import readXlsxFile from 'read-excel-file/node'
import { BadInputError } from '../../errors.ts'
import { plainSource, type SourceText } from './source-text.ts'
import { rowsToLines } from './table-lines.ts'
import { unzip, xmlPart } from './unzip.ts'

const MOST_ROWS = 20_000

export async function readXlsx(bytes: Uint8Array): Promise<SourceText> {
  const parts = await unzip(bytes)
  for (const name of parts.keys()) if (name.endsWith('.xml')) xmlPart(parts, name)
  const sheets = await readXlsxFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const texts = sheets.flatMap(({ sheet, data }) => {
    const lines = rowsToLines(data.slice(0, MOST_ROWS).map((row) => row.map(cellText)))
    if (lines.length === 0) return []
    return sheets.length > 1 ? [`## ${sheet}`, ...lines] : lines
  })
  if (texts.length === 0) throw new BadInputError('no_text', '这个表格是空的。请检查后重新上传。')
  return plainSource(texts.join('\n'))
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return String(cell).replace(/\s+/g, ' ').trim()
}
