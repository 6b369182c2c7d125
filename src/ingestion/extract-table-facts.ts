/**
 * Figures in tables: the row's first cell says what is counted, the header what the column holds and, in
 * brackets, in which unit: 「职工书屋 | 30个」, or 「数量(个)」 over 「30」.
 */
import type { Fact } from '../domain/fact.ts'
import type { Span } from '../domain/span.ts'
import { findQuantities, readBound } from '../text/parse-number.ts'
import { type CellSpan, cellsOf, headsOf, type Table, type TableHead } from '../text/table-rows.ts'
import { unitAfter } from './read-unit.ts'

/** Column heads that say nothing about what is counted. */
const PLAIN_HEAD = /^(?:数量|数目|数值|金额|标准|目标|指标|任务|合计|总数|个数|人数)?$/
/** 标准市级 over a column says 市级. */
const PLAIN_WORDS = /^(?:数量|数目|数值|金额|标准|目标|指标|任务)(?=.)/
const ORDINAL_HEAD = /^(?:序号|编号|No\.?|年份|年度|日期|时间|电话|联系电话|备注)$/i

/** 「单位：元」 over a table holds for its bare numbers. */
const UNIT_ABOVE = /[(（]?(?:计量|金额)?单位[:：]\s*([^\s()（）|\d]{1,6})[)）]?\s*$/
const ABOVE = 60

export function extractTableFacts(text: string, table: Table, year?: number): Fact[] {
  const { heads, headCount } = headsOf(text, table)
  const rows = table.rows.map((row) => ({ row, cells: cellsOf(text, row) }))
  const above = text.slice(Math.max(0, table.start - ABOVE), table.start)
  const unitAbove = UNIT_ABOVE.exec(above)?.[1]
  return rows.slice(headCount).flatMap(({ row, cells }, at, body) => {
    const neighbours = [body[at - 1]?.cells, body[at + 1]?.cells]
    return cells.flatMap((cell, index) => {
      const label = labelOf(cells, index, neighbours)
      if (label === undefined) return []
      return factOf({ row, cell, head: heads[index] ?? NO_HEAD, label, year, text, unitAbove })
    })
  })
}

/** What a row is about: its first words, and the second where the first only name a group of rows. */
function labelOf(
  cells: readonly CellSpan[],
  index: number,
  neighbours: readonly (readonly CellSpan[] | undefined)[],
): string | undefined {
  const named = cells.filter(({ text }) => /[\u4e00-\u9fff]/.test(text))
  const [first, second] = named
  const cell = cells[index]
  if (first === undefined || cell === undefined || first === cell) return undefined
  const column = cells.indexOf(first)
  const isGroup = neighbours.some((row) => row?.[column]?.text === first.text)
  const isBefore = second !== undefined && cells.indexOf(second) < index
  return isGroup && isBefore && !/\d/.test(second.text) ? `${first.text}${second.text}` : first.text
}

const NO_HEAD: TableHead = { text: '', unit: undefined }

interface Cell {
  readonly text: string
  readonly row: Span
  readonly cell: CellSpan
  readonly head: TableHead
  readonly label: string
  readonly year: number | undefined
  readonly unitAbove: string | undefined
}

function factOf({ text, row, cell, head, label, year, unitAbove }: Cell): Fact[] {
  if (ORDINAL_HEAD.test(head.text)) return []
  const [quantity, ...others] = findQuantities(cell.text)
  if (quantity === undefined || quantity.start > MOST_BEFORE) return []
  const written = unitAfter(cell.text, quantity)
  const isAlone = others.length === 0 && quantity.start === 0 && quantity.end === cell.text.length
  const unit = written?.name ?? (isAlone ? (head.unit ?? unitAbove) : undefined)
  if (unit === undefined) return []
  const end = written?.end ?? quantity.end
  return [
    {
      subject: PLAIN_HEAD.test(head.text) ? label : `${label}${head.text.replace(PLAIN_WORDS, '')}`,
      value: quantity.value * (written === undefined && unit.startsWith('万') ? 10_000 : 1),
      bound: quantity.isVague
        ? 'about'
        : readBound(
            cell.text.slice(0, quantity.start),
            cell.text.slice(quantity.end),
            cell.text.slice(end),
          ),
      unit: unit.replace(/^万(?=元|人|户)/, ''),
      ...(year === undefined ? {} : { year }),
      span: { start: row.start, end: row.start + text.slice(row.start, row.end).trimEnd().length },
      valueSpan: { start: cell.start + quantity.start, end: cell.start + end },
      damaged: /\d[?？\ufffd]|[?？\ufffd]\d/.test(cell.text),
    },
  ]
}

/** A cell that begins with other words tells something else with a number in it. */
const MOST_BEFORE = 4
