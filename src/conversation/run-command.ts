/**
 * Commands of the ledger in any channel: understood, echoed, saved on 「是」 or one tap.
 *
 * Runs inside the transaction that settles the message, so a command takes effect with its reply or
 * not at all. Returns undefined for what is no command for this person: it goes on to be answered.
 * Who somebody is comes from the platform's account alone, never from what a message says.
 */
import type { InboundMessage, OutboundMessage } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import type { Task } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'
import { answerPending, taskOfEcho } from './answer-pending.ts'
import { chooseByName } from './choose-by-name.ts'
import type { Command } from './command.ts'
import { askWhich, say } from './command-messages.ts'
import { type CommandTools, isHandler, type Speaker } from './command-tools.ts'
import { confirm, keepPending, type Proposal } from './keep-pending.ts'
import { parseCommand } from './parse-command.ts'
import { pressTaskButton } from './press-task-button.ts'
import { proposeChange } from './propose-change.ts'
import { proposeTask } from './propose-task.ts'
import { reviewTasks, reviewWaiting } from './review-tasks.ts'
import { showOwn, showProgress } from './show-tasks.ts'
import { tasksMeant, withUnit } from './tasks-meant.ts'

/** Tasks offered by number; more are too many to choose among. */
const MOST_CHOICES = 6

export async function runCommand(
  message: InboundMessage,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  const { content, conversation, sender } = message
  const account = { channel: conversation.channel, accountId: sender.accountId }
  const person = withOffice(await store.people.byAccount(account), account, tools)
  const speaker: Speaker = { account, conversation, person, messageId: message.id }
  if (content.kind === 'action') {
    return (
      (await answerPending(content.name, content.values, speaker, store, tools)) ??
      (await reviewTasks(content.name, content.values, speaker, store, tools)) ??
      (await pressTaskButton(content.name, content.values, speaker, store, tools))
    )
  }
  if (content.kind !== 'text') return undefined
  const command = parseCommand(content.text, tools.dateContext())
  return command
    ? runParsed(command, speaker, store, tools)
    : chooseByName(content.text, speaker, store, tools)
}

/** Who is an admin by configuration is one in the ledger too, with or without an entry among the people. */
function withOffice(
  person: Person | undefined,
  account: Speaker['account'],
  { isAdmin }: CommandTools,
): Person | undefined {
  if (!isAdmin?.(account)) return person
  const id = `${account.channel}:${account.accountId}`
  return { ...(person ?? { id, name: '管理员', accounts: [account] }), role: 'admin' }
}

async function runParsed(
  command: Command,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  switch (command.kind) {
    case 'yes':
    case 'no':
    case 'choose':
      return answerOpenQuestion(command, speaker, store, tools)
    case 'correct':
      return correctEcho(command.rest, speaker, store, tools)
    case 'progress-of':
      return showProgress(command.subject, speaker, store, tools)
    case 'review':
      return speaker.person && isHandler(speaker.person)
        ? reviewWaiting(speaker, store, tools)
        : undefined
    case 'my-tasks':
      return speaker.person && showOwn(speaker.person, speaker, store, tools)
    case 'remind':
      return speaker.person && isHandler(speaker.person)
        ? confirm(proposeTask(command, speaker.person, tools), speaker, store, tools)
        : undefined
    default:
      return speaker.person && changeTask(command, speaker.person, speaker, store, tools)
  }
}

/** A bare 「2」 that answers nothing may still be the figure that a reminder asked for. */
async function answerOpenQuestion(
  command: Extract<Command, { kind: 'yes' | 'no' | 'choose' }>,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  const { account, conversation, person } = speaker
  const open = await store.pending.open(account, conversation.conversationId, tools.now())
  if (open) {
    const name = `pending-${command.kind}`
    const index = command.kind === 'choose' ? { index: String(command.index) } : {}
    return answerPending(name, { id: open.id, ...index }, speaker, store, tools)
  }
  if (command.kind !== 'choose' || !person) return undefined
  const report = {
    kind: 'report',
    subject: '',
    value: command.index,
    unit: '',
    added: false,
  } as const
  return changeTask(report, person, speaker, store, tools)
}

/** 「不对,是13个」: the echo is dropped, and the rest is about the same task. */
async function correctEcho(
  rest: string,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  const { account, conversation, person } = speaker
  const open = await store.pending.open(account, conversation.conversationId, tools.now())
  if (!open || !person) return undefined
  const values = { id: open.id }
  const dropped = await answerPending('pending-no', values, speaker, store, tools)
  const command = parseCommand(rest, tools.dateContext())
  if (!command || !('subject' in command) || command.kind === 'progress-of') return dropped
  const task = command.subject === '' ? await taskOfEcho(open, store) : undefined
  if (!task) return (await changeTask(command, person, speaker, store, tools)) ?? dropped
  return confirm(await proposeChange(command, task, person, store, tools), speaker, store, tools)
}

async function changeTask(
  command: Command & { readonly subject: string },
  person: Person,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  const echoed = command.subject === '' ? await taskJustEchoed(speaker, store, tools) : undefined
  const meant = echoed ? [echoed] : await tasksMeant(command, person, speaker, store)
  const tasks = command.kind === 'report' ? withUnit(command.unit, meant) : meant
  const [only, ...others] = tasks
  if (!only) return isHandler(person) ? nothingFound(command) : undefined
  if (others.length > 0) {
    return command.kind === 'accept' && command.subject === ''
      ? confirm(acceptAll(tasks), speaker, store, tools)
      : choice(command, tasks, speaker, store, tools)
  }
  return confirm(await proposeChange(command, only, person, store, tools), speaker, store, tools)
}

/** 「13个」 after the echo of 12 is about the same task. */
async function taskJustEchoed(
  { account, conversation }: Speaker,
  store: Store,
  tools: CommandTools,
) {
  const open = await store.pending.open(account, conversation.conversationId, tools.now())
  return open && taskOfEcho(open, store)
}

function acceptAll(tasks: readonly Task[]): Proposal {
  const names = tasks.map(({ title }) => `「${title}」`).join('、')
  const effect = { kind: 'accept-all', taskIds: tasks.map(({ id }) => id) } as const
  return { kind: 'propose', effect, understood: `签收 ${tasks.length} 件事项：${names}。` }
}

/** Only a sentence that can be nothing else is told off; the rest may be a question. */
function nothingFound(
  command: Command & { readonly subject: string },
): OutboundMessage | undefined {
  const isPlain = ['extend', 'transfer', 'snooze', 'split', 'remark'].includes(command.kind)
  const isBareDone = command.kind === 'complete' && command.subject === ''
  const isShy = 'isShy' in command && command.isShy === true
  if ((!isPlain && !isBareDone) || isShy) return undefined
  const what = command.subject === '' ? '哪件事项' : `「${command.subject}」`
  return say(
    command.subject === ''
      ? `请说明是${what}，例如「书屋延到下周五」。回复「我的任务」可以看全部。`
      : `台账里没有找到${what}。回复「我的任务」可以看全部。`,
  )
}

async function choice(
  command: Command,
  tasks: readonly Task[],
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage> {
  if (tasks.length > MOST_CHOICES) {
    return say(`有 ${tasks.length} 件事项都像，请多说几个字，例如写出事项的全名。`)
  }
  const options = tasks.map(({ id }) => id)
  const id = await keepPending({ kind: 'choose', command, options }, speaker, store, tools)
  return askWhich(id, '您说的是哪一件？', tasks)
}
