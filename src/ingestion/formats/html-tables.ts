/** Tables of a web page: which rows hold data, and merged cells filled in at every place they span. */

/** What is needed of a node of the page. */
export interface NodeLike {
  readonly nodeType: number
  readonly nodeName: string
  readonly textContent: string | null
  readonly childNodes: Iterable<NodeLike>
  getAttribute?(name: string): string | null
  hasAttribute?(name: string): boolean
  querySelectorAll?(selector: string): Iterable<NodeLike>
}

/** Pages of old are laid out with tables: a cell that holds an article is no cell of data. */
const LONGEST_CELL = 300

export const isShortRow = (row: NodeLike) =>
  cellsOf(row).every((cell) => (cell.textContent ?? '').trim().length <= LONGEST_CELL)

export function isDataRow(cells: readonly NodeLike[]): boolean {
  return (
    cells.length >= 2 &&
    cells.every((cell) => (cell.textContent ?? '').trim().length <= LONGEST_CELL)
  )
}

export function rowsOf(table: NodeLike): NodeLike[] {
  return [...table.childNodes].flatMap((child) => {
    if (/^TR$/i.test(child.nodeName)) return [child]
    return /^T(?:HEAD|BODY|FOOT)$/i.test(child.nodeName) ? rowsOf(child) : []
  })
}

export function cellsOf(row: NodeLike): NodeLike[] {
  return [...row.childNodes].filter((child) => /^T[DH]$/i.test(child.nodeName))
}

/** No table has more columns or taller cells; an attribute may claim so. */
const WIDEST = 60
const TALLEST = 2000

/** The rows with a cell that spans columns or rows standing in each place it spans. */
export function spreadCells(rows: readonly NodeLike[]): NodeLike[][] {
  let carried: { cell: NodeLike; left: number }[] = []
  return rows.map((row) => {
    const own = cellsOf(row)
    const cells: NodeLike[] = []
    const next: typeof carried = []
    while (cells.length < WIDEST) {
      const above = carried[cells.length]
      if (above !== undefined && above.left > 0) {
        next[cells.length] = { cell: above.cell, left: above.left - 1 }
        cells.push(above.cell)
        continue
      }
      const cell = own.shift()
      if (cell === undefined) break
      const left = spanOf(cell, 'rowspan', TALLEST) - 1
      for (let n = spanOf(cell, 'colspan', WIDEST - cells.length); n > 0; n -= 1) {
        next[cells.length] = { cell, left }
        cells.push(cell)
      }
    }
    carried = next
    return cells
  })
}

function spanOf(cell: NodeLike, attribute: string, most: number): number {
  const span = Number(cell.getAttribute?.(attribute) ?? 1)
  return Number.isInteger(span) && span >= 1 ? Math.min(span, most) : 1
}
