/** Tables in the cleaned text: neighbouring lines 「甲 | 乙」; the first one is the header. */
import type { Span } from '../domain/span.ts'

export type CellSpan = Span & { readonly text: string }

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
export function cellsOf(text: string, row: Span): CellSpan[] {
  const line = text.slice(row.start, row.end).replace(/\n+$/, '')
  let position = row.start
  return line.split('|').map((part) => {
    const start = position + (part.length - part.trimStart().length)
    position += part.length + 1
    const own = part.trim()
    return { start, end: start + own.length, text: own }
  })
}

const UNIT_IN_HEAD = /[(（](?:单位[:：])?([^()（）\d]{1,6})[)）]\s*$/

/** The heads of a table's columns, and how many rows they take. */
export function headsOf(
  text: string,
  table: Table,
): { readonly heads: readonly TableHead[]; readonly headCount: number } {
  const rows = table.rows.slice(0, MOST_HEADS + 1).map((row) => cellsOf(text, row))
  const headCount = countHeads(rows)
  return { heads: joinHeads(rows.slice(0, headCount)), headCount }
}

/** Most rows that a head has: 补助标准 over 在职 and 退休. */
const MOST_HEADS = 3

/** A row under a merged cell of the head belongs to the head, as long as it holds no figure. */
function countHeads(rows: readonly (readonly CellSpan[])[]): number {
  let count = 1
  while (count < Math.min(MOST_HEADS, rows.length - 1)) {
    const above = rows[count - 1] ?? []
    const row = rows[count] ?? []
    const isSplit = above.some(({ text }, i) => text !== '' && text === above[i + 1]?.text)
    const goesDown = row.some(({ text }, i) => text === above[i]?.text)
    const isUnder = row[0]?.text === '' && above[0]?.text !== '' && row.length >= above.length
    const hasFigure = row.some(({ text }) => /\d/.test(text))
    if (!(isSplit || goesDown || isUnder) || hasFigure) break
    count += 1
  }
  return count
}

/** What stands over a column. */
export interface TableHead {
  readonly text: string
  readonly unit: string | undefined
}

/** The rows of a head one under the other; where merged cells were not filled in, the last one reaches to the right. */
function joinHeads(rows: readonly (readonly CellSpan[])[]): TableHead[] {
  const width = Math.max(0, ...rows.map((row) => row.length))
  return Array.from({ length: width }, (_, index) => {
    const parts = rows.map((row) => (row[index] ?? row.at(-1))?.text ?? '')
    const unit = parts.flatMap((part) => UNIT_IN_HEAD.exec(part)?.[1] ?? []).at(-1)
    const plain = parts.map((part) => part.replace(UNIT_IN_HEAD, '').trim())
    const told = plain.filter(
      (part, i) => !plain.slice(i + 1).some((later) => later.includes(part)),
    )
    return { text: told.join(''), unit }
  })
}
