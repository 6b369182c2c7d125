/**
 * Commands of the ledger in any channel: understood, echoed, saved on 「是」 or one tap.
 *
 * Runs inside the transaction that settles the message, so a command takes effect with its reply or
 * not at all. Returns undefined for what is no command for this person: it goes on to be answered.
 * Who somebody is comes from the platform's account alone, never from what a message says.
 */
import type { InboundMessage, OutboundMessage } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import { OPEN_STATUSES, type Task } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'
import { findTasks } from '../tasks/find-tasks.ts'
import { sayLatest } from '../tasks/ledger-figures.ts'
import { answerPending } from './answer-pending.ts'
import { askWhich, listTasks, say } from './command-messages.ts'
import { type CommandTools, isHandler, type Speaker } from './command-tools.ts'
import { confirm, keepPending } from './keep-pending.ts'
import { type Command, parseCommand } from './parse-command.ts'
import { pressTaskButton } from './press-task-button.ts'
import { proposeChange } from './propose-change.ts'
import { proposeTask } from './propose-task.ts'
import { reviewTasks, reviewWaiting } from './review-tasks.ts'

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
  return command && runParsed(command, speaker, store, tools)
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

/** Everybody may ask how a promise stands, as far as they may read where it was made. */
async function showProgress(
  subject: string,
  { person }: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  const statuses = [...OPEN_STATUSES, 'completed'] as const
  const role = person?.role ?? 'worker'
  const tasks = await findTasks(subject, store.tasks, { statuses, role })
  const [only, ...others] = tasks
  if (!only) return undefined
  const today = tools.today()
  if (others.length > 0) return listTasks(`「${subject}」的进度`, tasks, today)
  const latest = sayLatest(only, { today, timeZone: tools.timeZone })
  const quote = only.source
    ? [{ kind: 'quote', text: only.source.quote, source: only.source.documentTitle } as const]
    : []
  return { blocks: [{ kind: 'paragraph', text: `${only.title}:${latest}` }, ...quote] }
}

async function showOwn(
  person: Person,
  { conversation }: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage> {
  if (conversation.kind === 'group') return say('您的任务请私聊我查看。')
  const tasks = await store.tasks.find({
    statuses: OPEN_STATUSES,
    assignedTo: assignmentsOf(person),
    limit: 200,
  })
  if (tasks.length === 0) return say('您名下没有在办的事项。')
  return listTasks(`您有 ${tasks.length} 件在办事项`, tasks, tools.today())
}

function assignmentsOf(person: Person) {
  return [
    { kind: 'person', personId: person.id } as const,
    { kind: 'role', role: person.role } as const,
    ...(person.unit !== undefined && isHandler(person)
      ? [{ kind: 'unit', unit: person.unit } as const]
      : []),
  ]
}

async function changeTask(
  command: Command & { readonly subject: string },
  person: Person,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  const meant = await tasksMeant(command.subject, person, speaker, store)
  const tasks = command.kind === 'report' ? withUnit(command.unit, meant) : meant
  const [only, ...others] = tasks
  if (!only) return isHandler(person) ? nothingFound(command) : undefined
  if (others.length > 0) return choice(command, tasks, speaker, store, tools)
  return confirm(await proposeChange(command, only, person, store, tools), speaker, store, tools)
}

/** 「12个」 after a digest of many tasks can only mean those counted in 个, if there are any. */
function withUnit(unit: string, tasks: readonly Task[]): readonly Task[] {
  const counted = tasks.filter(({ target }) => target?.unit === unit)
  return counted.length > 0 ? counted : tasks
}

/** Named by words, or, when the sentence names none, those last spoken of in this conversation. */
async function tasksMeant(
  subject: string,
  person: Person,
  { conversation }: Speaker,
  store: Store,
): Promise<readonly Task[]> {
  if (subject !== '') {
    return findTasks(subject, store.tasks, { statuses: OPEN_STATUSES, role: person.role })
  }
  const said = await store.outbox.list({ to: conversation, limit: 10 })
  const last = said.find(({ content }) => content.kind === 'reminders')
  if (last?.content.kind !== 'reminders') return []
  const ids = new Set(last.content.reminders.map(({ taskId }) => taskId))
  const tasks = await store.tasks.byIds([...ids])
  return tasks.filter(({ status }) => OPEN_STATUSES.some((open) => open === status))
}

/** Only a sentence that can be nothing else is told off; the rest may be a question. */
function nothingFound(
  command: Command & { readonly subject: string },
): OutboundMessage | undefined {
  const isPlain = ['extend', 'transfer', 'snooze', 'split', 'remark'].includes(command.kind)
  if (!isPlain) return undefined
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
