import { readSheet } from 'read-excel-file/node'
import { BadInputError } from '../errors.ts'
import { parseCsv } from '../text/parse-csv.ts'
import { readBytes } from './read-text-file.ts'

/**
 * The cells of an xlsx (first sheet) or csv file as text, row by row, by what the bytes are.
 *
 * @throws {BadInputError} when the file cannot be read as a table.
 */
export async function readTableFile(path: string): Promise<string[][]> {
  const bytes = await readBytes(path)
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  try {
    if (isZip) {
      const rows = await readSheet(Buffer.from(bytes))
      return rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell).trim())))
    }
    return parseCsv(decode(bytes)).map((row) => row.map((cell) => cell.trim()))
  } catch (cause) {
    throw new BadInputError('bad_table', `${path} 不是能读的表格，请另存为 xlsx 或 UTF-8 的 csv`, {
      cause,
    })
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes) // what office programs in China write
  }
}
