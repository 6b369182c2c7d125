/**
 * The answer to an echo or a choice: 「是」, 「不对」, 「2」, or the button that says so.
 *
 * A request is answered once. Whoever presses again sees what the first answer did; whoever did not
 * ask cannot answer.
 */
import type { OutboundMessage } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import type { Task } from '../domain/task.ts'
import type { Pending } from '../storage/pending-store.ts'
import type { Store } from '../storage/store.ts'
import { taskCard } from '../tasks/task-card.ts'
import { applyEffect, type Effect } from './apply-effect.ts'
import type { Command } from './command.ts'
import { say } from './command-messages.ts'
import type { CommandTools, Speaker } from './command-tools.ts'
import { confirm, type Request } from './keep-pending.ts'
import { proposeChange } from './propose-change.ts'

/** Undefined for an action that is not about a request. */
export async function answerPending(
  name: string,
  values: Readonly<Record<string, string>>,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  if (!name.startsWith('pending-')) return undefined
  const pending = await store.pending.byId(values['id'] ?? '')
  if (!(pending && isAsker(pending, speaker) && speaker.person)) {
    return say('这条确认不是给您的，或已失效。请重新说一遍。')
  }
  if (pending.outcome !== undefined) return say(pending.outcome)
  if (Temporal.Instant.compare(pending.expiresAt, tools.now()) <= 0) {
    return closed(pending, '这条确认已过期，没有保存。请重新说一遍。', store)
  }
  const request = pending.request as Request
  if (name === 'pending-no') {
    const reply = await closed(pending, '好的，没有保存。要改就请再说一遍。', store)
    return request.kind === 'save' ? withTask(reply, request.effect, store, tools) : reply
  }
  if (name === 'pending-yes' && request.kind === 'save') {
    const outcome = await applyEffect(request.effect, speaker.person, speaker, store, tools)
    return withTask(await closed(pending, outcome, store), request.effect, store, tools)
  }
  if (name === 'pending-choose' && request.kind === 'choose') {
    return chosen(request, Number(values['index']), speaker.person, {
      pending,
      speaker,
      store,
      tools,
    })
  }
  return say(request.kind === 'choose' ? '请回复序号，例如「1」。' : '请回复「是」或「不对」。')
}

/** The task that an echo is about. */
export async function taskOfEcho(pending: Pending, store: Store): Promise<Task | undefined> {
  const request = pending.request as Request
  if (request.kind !== 'save' || !('taskId' in request.effect)) return undefined
  return store.tasks.byId(request.effect.taskId)
}

/** 「书屋」 in answer to a numbered question: the number of the one task that has these words. */
export async function choiceNamed(
  pending: Pending,
  words: string,
  store: Store,
): Promise<number | undefined> {
  const request = pending.request as Request
  if (request.kind !== 'choose' || words.length < 2) return undefined
  const tasks = await store.tasks.byIds(request.options)
  const [only, ...others] = tasks.filter(({ title }) => title.includes(words))
  return only && others.length === 0 ? request.options.indexOf(only.id) + 1 : undefined
}

const isAsker = ({ account }: Pending, speaker: Speaker) =>
  account.channel === speaker.account.channel && account.accountId === speaker.account.accountId

async function closed(pending: Pending, outcome: string, store: Store): Promise<OutboundMessage> {
  await store.pending.close(pending.id, outcome)
  const said = say(outcome)
  return { ...said, card: said.blocks }
}

/** Where the question stood, the task it was about stands again. */
async function withTask(
  reply: OutboundMessage,
  effect: Effect,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage> {
  const task = 'taskId' in effect ? await store.tasks.byId(effect.taskId) : undefined
  if (!task) return reply
  return { ...reply, card: [...reply.blocks, ...taskCard(task, tools.today())] }
}

async function chosen(
  { command, options }: Extract<Request, { readonly kind: 'choose' }>,
  index: number,
  person: Person,
  {
    pending,
    speaker,
    store,
    tools,
  }: {
    readonly pending: Pending
    readonly speaker: Speaker
    readonly store: Store
    readonly tools: CommandTools
  },
): Promise<OutboundMessage> {
  const taskId = options[index - 1]
  const task = taskId === undefined ? undefined : await store.tasks.byId(taskId)
  if (!task || !('subject' in command)) return say(`请回复 1 到 ${options.length} 的序号。`)
  await store.pending.close(pending.id, `已选「${task.title}」。`)
  const named: Command & { readonly subject: string } = command
  const proposal = await proposeChange(named, task, person, store, tools)
  const question = await confirm(proposal, speaker, store, tools)
  return { ...question, card: question.blocks }
}
