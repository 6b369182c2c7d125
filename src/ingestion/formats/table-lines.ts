/** Rows of cells as lines 「甲 | 乙 | 丙」: the shape in which tables of every format reach the cleaner. */
import { plainSource, type SourceText } from './source-text.ts'

export function rowsToLines(rows: readonly (readonly string[])[]): string[] {
  const filled = rows.filter((row) => row.some((cell) => cell !== ''))
  const width = Math.max(0, ...filled.map((row) => row.findLastIndex((cell) => cell !== '') + 1))
  return filled.map((row) => {
    const cells = row.slice(0, width)
    return cells.filter((cell) => cell !== '').length === 1 && cells[0] !== ''
      ? (cells[0] ?? '')
      : cells
          .map((cell) => cell.replaceAll('|', '¦'))
          .join(' | ')
          .trimEnd()
  })
}

/** A first line without cells, as long as a title may be. */
const TITLE_LINE = /^(?!#)[^|]{4,60}$/

/** A file that is one table, or several: a line over the first one is its title. */
export function sheetSource(lines: readonly string[]): SourceText {
  const [first = ''] = lines.filter((line) => !line.startsWith('## '))
  const title = TITLE_LINE.test(first) ? first.trim() : undefined
  return {
    ...plainSource(lines.join('\n')),
    isSheet: true,
    ...(title !== undefined && { titleHint: title }),
  }
}
