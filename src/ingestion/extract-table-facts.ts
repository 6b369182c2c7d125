/**
 * Figures in tables: the row's first cell says what is counted, the header what the column holds and, in
 * brackets, in which unit: 「职工书屋 | 30个」, or 「数量(个)」 over 「30」.
 */
import type { Fact } from '../domain/fact.ts'
import type { Span } from '../domain/span.ts'
import { findQuantities, readBound } from '../text/parse-number.ts'
import { unitAfter } from './read-unit.ts'
import { cellsOf, type Table } from './table-rows.ts'

/** Column heads that say nothing about what is counted. */
const PLAIN_HEAD = /^(?:数量|数目|数值|金额|标准|目标|指标|任务|合计|总数|个数|人数)?$/
const ORDINAL_HEAD = /^(?:序号|编号|No\.?|年份|年度|日期|时间|电话|联系电话|备注)$/i
const UNIT_IN_HEAD = /[(（](?:单位[:：])?([^()（）\d]{1,6})[)）]\s*$/

export function extractTableFacts(text: string, table: Table, year?: number): Fact[] {
  const [headRow, ...rows] = table.rows
  const heads = headRow === undefined ? [] : cellsOf(text, headRow).map((cell) => cell.text)
  return rows.flatMap((row) => {
    const cells = cellsOf(text, row)
    const label = cells.find((cell) => /[\u4e00-\u9fff]/.test(cell.text))
    return cells.flatMap((cell, index) => {
      if (label === undefined || cell === label) return []
      return factOf({ row, cell, head: heads[index] ?? '', label: label.text, year, text })
    })
  })
}

interface Cell {
  readonly text: string
  readonly row: Span
  readonly cell: Span & { readonly text: string }
  readonly head: string
  readonly label: string
  readonly year: number | undefined
}

function factOf({ text, row, cell, head, label, year }: Cell): Fact[] {
  if (ORDINAL_HEAD.test(head)) return []
  const [quantity, ...others] = findQuantities(cell.text)
  if (quantity === undefined || quantity.start > MOST_BEFORE) return []
  const written = unitAfter(cell.text, quantity)
  const isAlone = others.length === 0 && quantity.start === 0 && quantity.end === cell.text.length
  const unit = written?.name ?? (isAlone ? UNIT_IN_HEAD.exec(head)?.[1] : undefined)
  if (unit === undefined) return []
  const plainHead = head.replace(UNIT_IN_HEAD, '').trim()
  const end = written?.end ?? quantity.end
  return [
    {
      subject: PLAIN_HEAD.test(plainHead) ? label : `${label}${plainHead}`,
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
