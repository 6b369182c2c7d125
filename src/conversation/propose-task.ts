/** 「提醒我下周五前交驿站总结」, 「每月5日前报经费」: a task, or a series, for whoever says it. */
import type { Person } from '../domain/person.ts'
import type { TaskSetup } from '../domain/task.ts'
import type { DateValue } from '../text/dates/expression.ts'
import type { Command } from './command.ts'
import type { CommandTools } from './command-tools.ts'
import type { Proposal } from './keep-pending.ts'
import { sayWithWeekday } from './propose-change.ts'

export function proposeTask(
  { title, date }: Extract<Command, { kind: 'remind' }>,
  person: Person,
  tools: CommandTools,
): Proposal {
  const { value, text } = date
  if (value.kind === 'recur') {
    const [next] = value.next
    if (!next) return ask(`「${text}」没有明确到哪一天，请说具体日期，例如「每月5日前」。`)
    const setup = setupOf(title, person, tools)
    const understood = `${text}${title}，下一次是${sayWithWeekday(next, tools)}。`
    return {
      kind: 'propose',
      effect: { kind: 'series', setup, rule: value.rrule, phrase: text },
      understood,
    }
  }
  const dueOn = dayOf(value)
  if (!dueOn) {
    return ask(
      value.kind === 'invalid'
        ? `「${text}」这一天不存在，请核对日期。`
        : `「${text}」没有明确到哪一天，请说具体日期，例如「12月25日前」。`,
    )
  }
  if (Temporal.PlainDate.compare(dueOn, tools.today()) < 0) {
    return ask(`${dueOn.month}月${dueOn.day}日已经过去了，请说一个以后的日期。`)
  }
  const setup = { ...setupOf(title, person, tools), deadline: { phrase: text, dueOn } }
  const understood = `${sayWithWeekday(dueOn, tools)}前${title}，到时提醒您。`
  return { kind: 'propose', effect: { kind: 'create', setup }, understood }
}

function dayOf(value: DateValue): Temporal.PlainDate | undefined {
  if (value.kind === 'datetime') return value.at.toPlainDate()
  return value.kind === 'due' || value.kind === 'date' ? value.on : undefined
}

function setupOf(title: string, person: Person, tools: CommandTools): TaskSetup {
  return {
    title,
    assignees: [{ kind: 'person', personId: person.id }],
    startsOn: tools.today(),
    // What somebody notes for themselves is not for everybody's eyes.
    readableBy: 'cadres',
  }
}

function ask(text: string): Proposal {
  return { kind: 'ask', text }
}
