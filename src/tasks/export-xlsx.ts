/** A table as an Excel file. Texts are written as texts, so that none is taken for a formula. */
import writeXlsxFile from 'write-excel-file/node'
import type { Cell } from './export-table.ts'

export async function exportXlsx(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<Uint8Array> {
  const bold = headings.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))
  const cells = rows.map((row) =>
    row.map((value) =>
      typeof value === 'number' ? { value, type: Number } : { value, type: String },
    ),
  )
  return writeXlsxFile([bold, ...cells], { stickyRowsCount: 1 }).toBuffer()
}
