/** The ledger as a table, the same for CSV and Excel: one heading row, one row a task. */
import type { Task } from '../domain/task.ts'
import { STATUS_NAMES } from './change-task.ts'
import { sayDeadline } from './describe-task.ts'
import type { Directory } from './find-recipients.ts'
import { COLOUR_NAMES, standingOf } from './standing.ts'

export type Cell = string | number

export const TABLE_HEADINGS = [
  '序号',
  '事项',
  '责任单位（原文）',
  '责任人',
  '时限',
  '到期日',
  '目标',
  '单位',
  '最新进度',
  '完成率（%）',
  '序时进度（%）',
  '颜色',
  '状态',
  '最近报数人',
  '最近报数日期',
  '依据文件',
  '原文',
] as const

export interface ExportContext {
  readonly today: Temporal.PlainDate
  readonly timeZone: string
  readonly directory: Directory
}

export function tableRows(tasks: readonly Task[], context: ExportContext): readonly Cell[][] {
  return tasks.map((task, index) => [index + 1, ...cellsOf(task, context)])
}

function cellsOf(task: Task, { today, timeZone, directory }: ExportContext): readonly Cell[] {
  const { colour, elapsed, reached, latest } = standingOf(task, today)
  const reportedOn = latest?.at.toZonedDateTimeISO(timeZone).toPlainDate().toString()
  return [
    task.title,
    task.ownerPhrase ?? '',
    sayAssignees(task, directory),
    sayDeadline(task, today),
    task.deadline?.dueOn?.toString() ?? '',
    task.target?.value ?? '',
    task.target?.unit ?? latest?.unit ?? '',
    latest?.value ?? '',
    percent(reached),
    percent(elapsed),
    colour ? COLOUR_NAMES[colour] : '',
    STATUS_NAMES[task.status],
    latest?.by.name ?? '',
    reportedOn ?? '',
    task.source?.documentTitle ?? '',
    task.source?.quote ?? '',
  ]
}

/** Names of people, 单位 as it is. */
export function sayAssignees({ assignees }: Pick<Task, 'assignees'>, directory: Directory): string {
  return assignees
    .map((assignee) => {
      if (assignee.kind === 'unit') return assignee.unit
      if (assignee.kind === 'role') return assignee.role === 'admin' ? '管理员' : '工会干部'
      return directory.byId(assignee.personId)?.name ?? ''
    })
    .filter(Boolean)
    .join('、')
}

function percent(share: number | undefined): Cell {
  return share === undefined ? '' : Math.round(share * 100)
}
