/** A reported figure against its task: what would be saved, or what is odd about it. */
import type { Task } from '../domain/task.ts'
import { isSameUnit } from '../tasks/counting-units.ts'
import type { Command } from './command.ts'
import type { Proposal } from './keep-pending.ts'
import { ask, propose } from './make-proposal.ts'

type Report = Extract<Command, { kind: 'report' }>

export function proposeReport(command: Report, task: Task): Proposal {
  const latest = task.progress.at(-1)
  const counted = task.target?.unit ?? latest?.unit
  const unit = unitOf(command, counted)
  const objection = objectTo(command, task, counted, unit)
  if (objection !== undefined) return ask(objection)
  if (unit === undefined) {
    return ask(`「${task.title}」报的是什么单位？请连单位一起写，例如「${command.value}个」。`)
  }
  const value = command.added ? (latest?.value ?? 0) + command.value : command.value
  const sum = command.added && latest ? `（${latest.value} + ${command.value}）` : ''
  const total = task.target ? `${value}/${task.target.value}${unit}` : `${value}${unit}`
  const doubt = doubtAbout(value, unit, task)
  const understood = `「${task.title}」已完成 ${total}${sum}。${doubt}`
  const proposal = propose(task, { kind: 'progress-reported', value, unit }, understood)
  return doubt === '' ? proposal : { ...proposal, isOdd: true }
}

/** The task's own measure word where the speaker's means the same. */
function unitOf({ unit }: Report, counted: string | undefined): string | undefined {
  if (unit === '') return counted
  return counted !== undefined && isSameUnit(unit, counted) ? counted : unit
}

/** Why nothing can be saved of it. */
function objectTo(
  { value, outOf, isVague, unit: said }: Report,
  { title, target }: Task,
  counted: string | undefined,
  unit: string | undefined,
): string | undefined {
  if (isVague) return `「${title}」要报准确的数，例如「${value}${counted ?? '个'}」，没有保存。`
  if (outOf !== undefined && target && outOf !== target.value) {
    return `「${title}」的目标是 ${target.value}${target.unit}，您写的是 ${outOf}，没有保存。请核对是不是这件事项。`
  }
  if (counted === undefined || unit === counted) return undefined
  return `「${title}」按「${counted}」计数，您写的是「${said}」，没有保存。如果没写错事项，请按「${value}${counted}」再报一次。`
}

/** What is odd about a figure, said before it is saved. */
function doubtAbout(value: number, unit: string, { target, progress }: Task): string {
  const latest = progress.at(-1)
  if (target && target.bound !== 'at-least' && value > target.value) {
    return `这超过了目标 ${target.value}${unit}，请核对是超额完成还是写错了。`
  }
  if (latest && value < latest.value) {
    return `这比${latest.by.name}上次报的 ${latest.value}${latest.unit} 少，请核对是不是更正。`
  }
  return ''
}
