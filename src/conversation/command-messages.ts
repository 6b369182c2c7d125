/** What the bot says around commands: an echo to confirm, a choice, a list, a plain sentence. */
import type { Action, OutboundMessage } from '../domain/message.ts'
import type { Task } from '../domain/task.ts'
import { sayStanding } from '../tasks/describe-task.ts'

/** Rows of a list; the rest is counted. */
const LONGEST_LIST = 20

export function say(text: string, actions: readonly Action[] = []): OutboundMessage {
  const paragraph = { kind: 'paragraph', text } as const
  return { blocks: actions.length > 0 ? [paragraph, { kind: 'actions', actions }] : [paragraph] }
}

/** 「我的理解:…… 对吗?」 with one tap to save. */
export function askToConfirm(id: string, understood: string): OutboundMessage {
  return say(`我的理解：${understood}\n对的话请回复「是」，不对请回复「不对」。`, [
    { label: '是，保存', name: 'pending-yes', values: { id }, style: 'primary' },
    { label: '不对', name: 'pending-no', values: { id } },
  ])
}

export function askWhich(id: string, question: string, tasks: readonly Task[]): OutboundMessage {
  const lines = tasks.map(({ title }, index) => `${index + 1}. ${title}`)
  return say(
    [question, ...lines, '请回复序号。'].join('\n'),
    tasks.map(({ title }, index) => ({
      label: `${index + 1}. ${title}`,
      name: 'pending-choose',
      values: { id, index: String(index + 1) },
    })),
  )
}

export function listTasks(
  heading: string,
  tasks: readonly Task[],
  today: Temporal.PlainDate,
): OutboundMessage {
  const rows = tasks.slice(0, LONGEST_LIST).map((task) => ({
    label: task.title,
    value: sayStanding(task, today),
  }))
  const rest = tasks.length - rows.length
  return {
    blocks: [
      { kind: 'heading', text: heading },
      { kind: 'rows', rows },
      ...(rest > 0 ? [{ kind: 'paragraph', text: `另有 ${rest} 件。` } as const] : []),
    ],
  }
}
