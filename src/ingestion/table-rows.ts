/** Tables in the cleaned text: neighbouring lines 「甲 | 乙」; the first one is the header. */
import type { Span } from '../domain/span.ts'

export const CELL_SEPARATOR = ' | '

export interface Table extends Span {
  /** Lines with their line ends; the first is the header. */
  readonly rows: readonly Span[]
}

export function isTableRow(line: string): boolean {
  return line.includes(CELL_SEPARATOR) || /^\|.*\|\s*$/.test(line)
}

/** Runs of at least two rows. */
export function findTables(text: string): Table[] {
  const tables: { start: number; end: number; rows: Span[] }[] = []
  for (const match of text.matchAll(/[^\n]*\n+|[^\n]+$/g)) {
    const row = { start: match.index, end: match.index + match[0].length }
    if (!isTableRow(match[0])) continue
    const last = tables.at(-1)
    if (last !== undefined && last.end === row.start) {
      last.rows.push(row)
      last.end = row.end
    } else tables.push({ ...row, rows: [row] })
  }
  return tables.filter(({ rows }) => rows.length >= 2)
}

/** The cells of a row with their places in the text. */
export function cellsOf(text: string, row: Span): (Span & { readonly text: string })[] {
  const line = text.slice(row.start, row.end).replace(/\n+$/, '')
  let position = row.start
  return line.split('|').map((part) => {
    const start = position + (part.length - part.trimStart().length)
    position += part.length + 1
    const own = part.trim()
    return { start, end: start + own.length, text: own }
  })
}
