/**
 * A task as it is shown to whoever handles it: how it stands, the sentence it rests on, what one tap
 * does. Reminders and answers to taps show the same, so that a card is always read the same way.
 */
import type { Action, Block } from '../domain/message.ts'
import { isOpen, type Task } from '../domain/task.ts'
import { sayDeadline, sayStanding } from './describe-task.ts'

/** The whole card; without buttons when nothing can be done any more. */
export function taskCard(task: Task, today: Temporal.PlainDate): readonly Block[] {
  const rows = [
    { label: '时限', value: sayDeadline(task, today) },
    { label: '情况', value: sayStanding(task, today) },
  ]
  return [
    { kind: 'heading', text: task.title },
    { kind: 'rows', rows },
    ...taskQuote(task),
    ...(isOpen(task) ? [{ kind: 'actions', actions: taskActions(task) } as const] : []),
  ]
}

export function taskQuote({ source }: Pick<Task, 'source'>): readonly Block[] {
  return source ? [{ kind: 'quote', text: source.quote, source: source.documentTitle }] : []
}

/** The buttons of an open task, the likeliest first. Their names are what press-task-button.ts knows. */
export function taskActions(task: Task): readonly Action[] {
  const values = { task: task.id }
  const isNew = task.status === 'needs-action'
  const accept: Action = { label: '签收', name: 'task-accept', values, style: 'primary' }
  const decline: Action = { label: '退回', name: 'transfer-decline', values }
  const isCounted = task.target !== undefined || task.progress.length > 0
  return [
    isNew ? accept : { label: '知道了', name: 'task-acknowledge', values },
    ...(isCounted ? [{ label: '报进度', name: 'task-report', values }] : []),
    { label: '完成', name: 'task-complete', values },
    { label: '延后', name: 'task-later', values },
    isNew && task.transferredFrom ? decline : { label: '转交', name: 'task-transfer', values },
  ]
}

/** Opens the card of one task; for a list of several. */
export function openTaskAction({ id, title }: Pick<Task, 'id' | 'title'>): Action {
  const label = title.length > LONGEST_LABEL ? `${title.slice(0, LONGEST_LABEL - 1)}…` : title
  return { label, name: 'task-open', values: { task: id } }
}

/** Characters of a button that a phone shows beside another one. */
const LONGEST_LABEL = 12
