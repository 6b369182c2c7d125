/**
 * What the card of a task asks for when a button needs more than a tap: a figure, a day, a name. Where
 * a channel has no forms the words say what to write instead; both end in the same command.
 */
import type { Action, Block, FormField, OutboundMessage } from '../domain/message.ts'
import type { Task } from '../domain/task.ts'
import { sayFigure } from '../tasks/describe-task.ts'

/** Buttons that open a form. */
const FORMS: Readonly<Record<string, (task: Task) => TaskForm>> = {
  'task-report': reportForm,
  'task-later': laterForm,
  'task-transfer': transferForm,
}

interface TaskForm {
  /** What to write where there is no form. */
  readonly words: string
  readonly fields: readonly FormField[]
  readonly submit: string
  /** What can be had by one tap instead. */
  readonly shortcuts: readonly Action[]
}

/** undefined for a button that opens none; `fault` is what was wrong with the last try. */
export function openTaskForm(
  name: string,
  task: Task,
  fault?: string,
): OutboundMessage | undefined {
  const form = FORMS[name]?.(task)
  if (form === undefined) return undefined
  const { words, fields, submit, shortcuts } = form
  const values = { task: task.id }
  const said = paragraph(fault ?? words)
  const heading: Block = { kind: 'heading', text: task.title }
  const filling: Block = {
    kind: 'form',
    fields,
    submit: { label: submit, name: `${name}-submit`, values, style: 'primary' },
  }
  const back: Action = { label: '返回', name: 'task-show', values }
  const warning: Block[] = fault ? [{ kind: 'notice', tone: 'warning', text: fault }] : []
  const actions: Block[] = shortcuts.length > 0 ? [{ kind: 'actions', actions: shortcuts }] : []
  return {
    blocks: [said, ...actions],
    card: [heading, ...warning, filling, { kind: 'actions', actions: [...shortcuts, back] }],
  }
}

function reportForm(task: Task): TaskForm {
  const unit = task.target?.unit ?? task.progress.at(-1)?.unit ?? ''
  const so = sayFigure(task)
  return {
    words: `「${task.title}」现在是 ${so}。请直接回复累计数，例如「12${unit}」。`,
    fields: [
      { name: 'value', label: `累计完成（现在 ${so}）`, kind: 'number', required: true },
      { name: 'note', label: '说明（可不填）', kind: 'text', required: false },
    ],
    submit: '报进度',
    shortcuts: [],
  }
}

function laterForm({ id, title }: Task): TaskForm {
  return {
    words: `「${title}」要延到哪一天？请回复「延到12月25日」这样的话，或者只推迟提醒：`,
    fields: [{ name: 'due', label: '延到哪一天', kind: 'date', required: true }],
    submit: '申请延期',
    shortcuts: [{ label: '明天再提醒', name: 'task-snooze', values: { task: id } }],
  }
}

function transferForm({ title }: Task): TaskForm {
  return {
    words: `「${title}」转给谁？请回复「转给 李明」或「转给 权益保障部」。`,
    fields: [{ name: 'to', label: '转给谁（姓名或单位）', kind: 'text', required: true }],
    submit: '转交',
    shortcuts: [],
  }
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
