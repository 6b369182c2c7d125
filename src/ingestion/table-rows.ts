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

/** A heading across all columns between two rows: 一、慰问类. */
const LONGEST_GROUP_LINE = 40

/** Runs of at least two rows; a short line between rows of one width belongs to the table. */
export function findTables(text: string): Table[] {
  const tables: { start: number; end: number; rows: Span[] }[] = []
  let group: Span | undefined
  for (const match of text.matchAll(/[^\n]*\n+|[^\n]+$/g)) {
    const row = { start: match.index, end: match.index + match[0].length }
    const last = tables.at(-1)
    if (!isTableRow(match[0])) {
      const isGroup = last?.end === row.start && isGroupLine(match[0])
      group = isGroup ? row : undefined
      continue
    }
    if (last !== undefined && last.end === row.start) {
      last.rows.push(row)
      last.end = row.end
    } else if (last !== undefined && group?.end === row.start && sameWidth(text, last, row)) {
      last.rows.push(group, row)
      last.end = row.end
    } else tables.push({ ...row, rows: [row] })
    group = undefined
  }
  return tables.filter(({ rows }) => rows.length >= 2)
}

function isGroupLine(line: string): boolean {
  return line.trim().length <= LONGEST_GROUP_LINE && !/[。；;：:]\s*$|\n\s*\n/.test(line)
}

function sameWidth(text: string, table: { readonly rows: readonly Span[] }, row: Span): boolean {
  const [head] = table.rows
  return head !== undefined && cellsOf(text, head).length === cellsOf(text, row).length
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
