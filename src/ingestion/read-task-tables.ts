/**
 * Tables that divide work (任务分解表, 责任清单): each row is a task, its columns say what, how much, who and
 * by when. Columns are known by their heads; a table without one for who or by when divides no work.
 *
 * An empty cell under what or who means the cell above it (merged cells). Nothing else is filled in.
 */
import type { Span } from '../domain/span.ts'
import { textAt } from '../domain/span.ts'
import type { Target, TaskProposal } from '../domain/task.ts'
import type { DateExpression } from '../text/dates/expression.ts'
import { findQuantities, readBound } from '../text/parse-number.ts'
import { cellsOf, findTables, type Table } from '../text/table-rows.ts'
import { readTaskDeadline } from './read-task-deadline.ts'
import { unitAfter } from './read-unit.ts'

type Column = 'task' | 'detail' | 'target' | 'owner' | 'deadline'

const HEADS: readonly (readonly [RegExp, Column])[] = [
  [
    /时限|完成时间|截止|时间节点|时间要求|时间安排|完成日期|进度安排|期限|^(?:计划)?时间$/,
    'deadline',
  ],
  [/^(?:责任|牵头|承办|主办|负责|落实)(?:单位|部门|处室|科室|人|领导)?|^(?:单位|部门)$/, 'owner'],
  [/目标|指标|数量|任务数|任务量|计划数/, 'target'],
  [/任务|事项|项目|工作内容|重点工作|实事|活动|举措|内容名称|^(?:内容|工作)$/, 'task'],
  [/内容|措施|要求|标准|具体/, 'detail'],
]
/** 配合单位 helps, 序号 and 备注 say nothing of the task. */
const NO_COLUMN = /^(?:序号|编号|备注|类别|配合|协助|责任领导|分管领导|联系)/
const NOTHING = /^[-—/、\s]*$/

/** The proposals of every table that divides work, in order. */
export function readTaskTables(text: string, limits: readonly DateExpression[]): TaskProposal[] {
  return findTables(text).flatMap((table) => rowsOf(text, table, limits))
}

/** Where such tables stand: their rows are read here and nowhere else. */
export function findTaskTables(text: string): Span[] {
  return findTables(text).filter((table) => columnsOf(text, table) !== undefined)
}

type Columns = ReadonlyMap<Column, number>

function columnsOf(text: string, { rows: [head] }: Table): Columns | undefined {
  if (!head) return undefined
  const columns = new Map<Column, number>()
  for (const [index, cell] of cellsOf(text, head).entries()) {
    if (NO_COLUMN.test(cell.text)) continue
    const found = HEADS.find(([pattern]) => pattern.test(cell.text))?.[1]
    if (found && !columns.has(found)) columns.set(found, index)
  }
  const divides = columns.has('owner') || columns.has('deadline')
  return divides && (columns.has('task') || columns.has('detail')) ? columns : undefined
}

function rowsOf(text: string, table: Table, limits: readonly DateExpression[]): TaskProposal[] {
  const columns = columnsOf(text, table)
  if (!columns) return []
  const above = new Map<Column, string>()
  return table.rows.slice(1).flatMap((row): TaskProposal[] => {
    const cells = cellsOf(text, row)
    const cellAt = (column: Column) => {
      const index = columns.get(column)
      const cell = index === undefined ? undefined : cells[index]
      return cell && !NOTHING.test(cell.text) ? cell : undefined
    }
    const inherited = (column: Column) => {
      const own = cellAt(column)?.text ?? above.get(column)
      if (own !== undefined) above.set(column, own)
      return own
    }
    const what = inherited('task') ?? cellAt('detail')?.text
    const owner = inherited('owner')
    if (!what || /^(?:合计|总计|小计)$/.test(what)) return []
    const when = cellAt('deadline')
    const deadline = when && deadlineOf(when, limits)
    const figures = cellAt('target')?.text ?? cellAt('detail')?.text ?? what
    const span = trimmed(text, row)
    const own = cellAt('task') ? what : (cellAt('detail')?.text ?? what)
    return partsOf(own, figures).map(({ title, target }) => ({
      title,
      ...(owner ? { owner } : {}),
      ...(deadline ? { deadline } : {}),
      ...(target ? { target } : {}),
      span,
      quote: textAt(text, span),
    }))
  })
}

/** One task, or one for each clause with a figure of its own: 新建12个,提标改造8个. */
function partsOf(what: string, figures: string): { title: string; target?: Target | undefined }[] {
  const title = what.replace(/[。;；]+$/, '')
  const clauses = figures.split(/[,，;；。]/).filter((clause) => targetOf(clause))
  if (clauses.length < 2) return [{ title, target: targetOf(figures) }]
  return clauses.map((clause) => ({ title: `${title}:${clause.trim()}`, target: targetOf(clause) }))
}

function deadlineOf(cell: Span & { readonly text: string }, limits: readonly DateExpression[]) {
  const inside = limits.filter(({ offset }) => cell.start <= offset && offset < cell.end)
  return readTaskDeadline(inside) ?? { phrase: cell.text }
}

/** The one figure of a cell; of several none is the target. */
function targetOf(cell: string): Target | undefined {
  const figures = findQuantities(cell).flatMap((quantity) => {
    const unit = unitAfter(cell, quantity)
    return unit ? [{ quantity, unit }] : []
  })
  const [figure, ...others] = figures
  if (!figure || others.length > 0) return undefined
  const { quantity, unit } = figure
  const before = cell.slice(0, quantity.start)
  const bound = readBound(before, cell.slice(quantity.end), cell.slice(unit.end))
  return { value: quantity.value, bound: quantity.isVague ? 'about' : bound, unit: unit.name }
}

function trimmed(text: string, row: Span): Span {
  return { start: row.start, end: row.start + textAt(text, row).trimEnd().length }
}
