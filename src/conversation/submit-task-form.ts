/** A form that was filled in under a task → what it asks to be done; the words of a fault otherwise. */
import type { Task } from '../domain/task.ts'
import { sayDay } from '../tasks/describe-task.ts'
import { findQuantities, parseNumber } from '../text/parse-number.ts'
import type { Command } from './command.ts'
import type { CommandTools } from './command-tools.ts'

const SUBMIT = /-submit$/

/** `task-report-submit` → `task-report`; undefined for a button that submits nothing. */
export const formOf = (name: string) => (SUBMIT.test(name) ? name.replace(SUBMIT, '') : undefined)

export type FormCommand = Extract<Command, { readonly kind: 'report' | 'extend' | 'transfer' }>

/** The command, or why what was filled in is none. */
export function readTaskForm(
  form: string,
  values: Readonly<Record<string, string>>,
  task: Task,
  tools: Pick<CommandTools, 'today'>,
): FormCommand | string {
  const field = (name: string) => (values[name] ?? '').normalize('NFKC').trim()
  if (form === 'task-report') return readReport(field('value'), task)
  if (form === 'task-later') return readDay(field('due'), tools.today())
  const to = field('to')
  return to === '' ? '请写明转给谁。' : { kind: 'transfer', subject: '', to }
}

/** 「12」, 「12个」, 「十二」; a figure in another unit is for the command to object to. */
function readReport(text: string, task: Task): FormCommand | string {
  const report = { kind: 'report', subject: '', added: false } as const
  const [quantity, ...more] = findQuantities(text)
  const plain = parseNumber(text)
  if (plain !== undefined) return { ...report, value: plain, unit: '' }
  if (quantity === undefined || more.length > 0) return `「${text}」不是数，请填累计完成了多少。`
  const unit = quantity.isPercent ? '%' : text.slice(quantity.end).trim()
  const known = task.target?.unit ?? task.progress.at(-1)?.unit
  return { ...report, value: quantity.value, unit: unit === known ? '' : unit }
}

function readDay(text: string, today: Temporal.PlainDate): FormCommand | string {
  try {
    const on = Temporal.PlainDate.from(text)
    const words = sayDay(on, today)
    const value = { kind: 'date', on } as const
    const date = { offset: 0, text: words, value, basis: { rule: 'form', assumptions: [] } }
    return { kind: 'extend', subject: '', date }
  } catch {
    return '请选延到哪一天。' // left empty, or not a day of the calendar
  }
}
