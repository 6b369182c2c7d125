/**
 * Buttons of a task's card: 签收, 知道了, 报进度, 完成, 延后, 转交, and a leader's 同意延期. One tap acts, because
 * the button names its task, and the card shows at once how the task stands then. Asked about first:
 * closing a task whose figure is not reached, and a figure that looks odd.
 */
import type { OutboundMessage } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import type { Task, TaskChange } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'
import { createDirectory, findRecipients } from '../tasks/find-recipients.ts'
import { taskCard } from '../tasks/task-card.ts'
import { applyEffect } from './apply-effect.ts'
import { say } from './command-messages.ts'
import type { CommandTools, Speaker } from './command-tools.ts'
import { confirm, type Proposal } from './keep-pending.ts'
import { proposeChange } from './propose-change.ts'
import { formOf, readTaskForm } from './submit-task-form.ts'
import { openTaskForm } from './task-forms.ts'

const SNOOZE_TIME = new Temporal.PlainTime(9)

interface Pressing {
  readonly task: Task
  readonly person: Person
  readonly speaker: Speaker
  readonly store: Store
  readonly tools: CommandTools
}

/** Undefined for a button that is not a task's. */
export async function pressTaskButton(
  name: string,
  values: Readonly<Record<string, string>>,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  if (!/^(?:task|extension|transfer)-/u.test(name)) return undefined
  const task = await store.tasks.byId(values['task'] ?? '')
  if (!(task && speaker.person)) return say('这件事项不存在，或您没有权限。')
  if (!(await mayPress(name, task, speaker.person, store))) {
    return say(`「${task.title}」不由您负责，没有改动。`)
  }
  return act(name, values, { task, person: speaker.person, speaker, store, tools })
}

async function act(
  name: string,
  values: Readonly<Record<string, string>>,
  pressing: Pressing,
): Promise<OutboundMessage> {
  const { task, person, store, tools } = pressing
  if (name === 'task-open') return { blocks: taskCard(task, tools.today()) }
  if (name === 'task-show') return shown('', pressing)
  if (name === 'task-complete' && isUnfinished(task)) {
    const command = { kind: 'complete', subject: '' } as const
    return asked(await proposeChange(command, task, person, store, tools), pressing)
  }
  const form = formOf(name)
  if (form !== undefined) return submit(form, values, pressing)
  const change = changeOf(name, task, tools)
  if (change) return done({ kind: 'change', taskId: task.id, change }, pressing)
  return openTaskForm(name, task) ?? say('这个按钮已经失效。')
}

/** What is filled in leaves nothing to guess: it is saved, unless it looks odd. */
async function submit(
  form: string,
  values: Readonly<Record<string, string>>,
  pressing: Pressing,
): Promise<OutboundMessage> {
  const { task, person, store, tools } = pressing
  const command = readTaskForm(form, values, task, tools)
  const again = (fault: string) => openTaskForm(form, task, fault) ?? say(fault)
  if (typeof command === 'string') return again(command)
  const proposal = await proposeChange(command, task, person, store, tools)
  if (proposal.kind === 'ask') return again(proposal.text)
  if (proposal.isOdd) return asked(proposal, pressing)
  const { effect } = proposal
  const note = values['note']?.trim()
  return done(note ? withNote(effect, note) : effect, pressing)
}

type Effect = Extract<Proposal, { kind: 'propose' }>['effect']

const withNote = (effect: Effect, note: string): Effect =>
  effect.kind === 'change' && effect.change.kind === 'progress-reported'
    ? { ...effect, change: { ...effect.change, note: note.slice(0, LONGEST_NOTE) } }
    : effect

/** UTF-16 units; as in the console. */
const LONGEST_NOTE = 500

async function done(effect: Effect, pressing: Pressing): Promise<OutboundMessage> {
  const { person, speaker, store, tools } = pressing
  return shown(await applyEffect(effect, person, speaker, store, tools), pressing)
}

/** The words, and the card of the task as it is now. */
async function shown(text: string, { task, store, tools }: Pressing): Promise<OutboundMessage> {
  const now = (await store.tasks.byId(task.id)) ?? task
  const card = taskCard(now, tools.today())
  if (text === '') return { blocks: card, card: card }
  const said = say(text)
  return { ...said, card: [...said.blocks, ...card] }
}

async function asked(proposal: Proposal, pressing: Pressing): Promise<OutboundMessage> {
  const question = await confirm(proposal, pressing.speaker, pressing.store, pressing.tools)
  return { ...question, card: question.blocks }
}

async function mayPress(name: string, task: Task, person: Person, store: Store): Promise<boolean> {
  const directory = createDirectory(await store.people.all())
  const { owners, leaders } = findRecipients(task, directory)
  const decides = person.role === 'admin' || leaders.includes(person.id)
  return name.startsWith('extension-') ? decides : decides || owners.includes(person.id)
}

function isUnfinished({ target, progress }: Task): boolean {
  if (!target || target.bound === 'at-most') return false
  return (progress.at(-1)?.value ?? 0) < target.value
}

function changeOf(name: string, task: Task, tools: CommandTools): TaskChange | undefined {
  switch (name) {
    case 'task-accept':
      return task.status === 'needs-action' ? { kind: 'accepted' } : { kind: 'acknowledged' }
    case 'task-acknowledge':
      return { kind: 'acknowledged' }
    case 'task-complete':
      return { kind: 'completed' }
    case 'task-snooze': {
      const tomorrow = tools.today().add({ days: 1 })
      const at = tomorrow.toZonedDateTime({ timeZone: tools.timeZone, plainTime: SNOOZE_TIME })
      return { kind: 'snoozed', until: at.toInstant() }
    }
    case 'transfer-decline':
      return { kind: 'transfer-declined' }
    case 'extension-approve':
      return task.extensionRequest && { kind: 'extended', deadline: task.extensionRequest }
    case 'extension-decline':
      return { kind: 'extension-declined' }
    default:
      return undefined
  }
}
