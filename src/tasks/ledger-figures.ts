/**
 * What the ledger knows of a promise: the latest figure, who reported it and when. Shown beside the
 * plan's quotation when somebody asks 「书屋建了多少」.
 */
import type { Role } from '../domain/person.ts'
import type { Task } from '../domain/task.ts'
import type { TaskStore } from '../storage/task-store.ts'
import { sayDay, sayStanding } from './describe-task.ts'
import { findTasks } from './find-tasks.ts'

export interface LedgerFigure {
  readonly taskId: string
  readonly title: string
  /** Where the task comes from, to set it beside the same document's quotation. */
  readonly documentId?: string
  /** 台账:12/30个(李明 12月24日报),黄,还有7天. */
  readonly text: string
}

export interface FigureOptions {
  readonly role: Role
  readonly today: Temporal.PlainDate
  readonly timeZone: string
}

/** Words of a question that are not its subject. */
const ASKING =
  /[?\uff1f!\uff01。,\uff0c\s]|今年|去年|明年|目前|现在|截至|一共|总共|已经|到底|请问|你们|我们|咱们|工会的?|(?:新建|建成|建好|建|办|完成|做|搞|救助|帮扶|慰问|发放|培训)?了?(?:多少|几)[个名户家人次件条场所]?|(?:完成|建|做|办)(?:得|的)?(?:怎么样|怎样|如何)|到哪一?步|进度|进展|情况|了|吗|呢|的/gu

const STATUSES = ['needs-action', 'in-process', 'in-review', 'completed'] as const
/** More tasks than this are not one promise: the question was too wide. */
const MOST = 3

/** Figures for a question; empty when it names no task, or too many. */
export async function ledgerFigures(
  question: string,
  store: Pick<TaskStore, 'find'>,
  options: FigureOptions,
): Promise<readonly LedgerFigure[]> {
  const subject = question.replaceAll(ASKING, '')
  if (Array.from(subject).length < 2) return []
  const tasks = await findTasks(subject, store, { statuses: STATUSES, role: options.role })
  if (tasks.length > MOST) return []
  return tasks.map((task) => ({
    taskId: task.id,
    title: task.title,
    ...(task.source && { documentId: task.source.documentId }),
    text: `台账：${sayLatest(task, options)}`,
  }))
}

/** 黄 · 12/30个 · 还有7天(李明12月24日报). */
export function sayLatest(task: Task, { today, timeZone }: Omit<FigureOptions, 'role'>): string {
  const latest = task.progress.at(-1)
  if (!latest) return `${sayStanding(task, today)}（尚无人报数）`
  const on = latest.at.toZonedDateTimeISO(timeZone).toPlainDate()
  return `${sayStanding(task, today)}（${latest.by.name}${sayDay(on, today)}报）`
}
