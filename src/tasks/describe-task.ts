/** Short Chinese sentences about a task, the same in every reminder, list, answer and export. */
import type { Task } from '../domain/task.ts'
import { chinesePunctuation } from '../text/chinese-punctuation.ts'
import { COLOUR_NAMES, type Standing, standingOf } from './standing.ts'

/** 12月31日, with the year when it is another one. */
export function sayDay(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const monthAndDay = `${day.month}月${day.day}日`
  return day.year === today.year ? monthAndDay : `${day.year}年${monthAndDay}`
}

/** 12月31日(「年底」,推定), 近期(未明确日期), 未明确时限. */
export function sayDeadline(
  { deadline }: Pick<Task, 'deadline'>,
  today: Temporal.PlainDate,
): string {
  if (!deadline) return '未明确时限'
  if (!deadline.dueOn) return `「${deadline.phrase}」（未明确日期）`
  const day = sayDay(deadline.dueOn, today)
  if (deadline.inferredFrom === undefined) return day
  const reason = chinesePunctuation(deadline.inferredFrom)
  return reason.endsWith('推定') ? `${day}（${reason}）` : `${day}（由${reason}推定）`
}

/** 还有7天, 今天到期, 逾期3天; empty without a day. */
export function sayDaysLeft({ daysLeft }: Pick<Standing, 'daysLeft'>): string {
  if (daysLeft === undefined) return ''
  if (daysLeft > 0) return `还有${daysLeft}天`
  return daysLeft === 0 ? '今天到期' : `逾期${-daysLeft}天`
}

/** 12/30个, 12个, 尚未报数; empty for a task without a figure. */
export function sayFigure(task: Pick<Task, 'target' | 'progress'>): string {
  const latest = task.progress.at(-1)
  const { target } = task
  if (target) return `${latest?.value ?? 0}/${target.value}${target.unit}`
  return latest ? `${latest.value}${latest.unit}` : ''
}

/** 黄 · 12/30个 · 还有7天: what fits behind a title. */
export function sayStanding(task: Task, today: Temporal.PlainDate): string {
  const standing = standingOf(task, today)
  const parts = [
    standing.colour ? COLOUR_NAMES[standing.colour] : CLOSED[task.status],
    sayFigure(task),
    standing.colour ? sayDaysLeft(standing) : '',
  ]
  return parts.filter(Boolean).join(' · ')
}

const CLOSED: Readonly<Partial<Record<Task['status'], string>>> = {
  draft: '待确认',
  proposed: '待确认',
  rejected: '已退回',
  completed: '已办结',
  cancelled: '已取消',
  superseded: '已并入其他事项',
}
