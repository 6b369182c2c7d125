/** Rows of cells as lines 「甲 | 乙 | 丙」: the shape in which tables of every format reach the cleaner. */

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
