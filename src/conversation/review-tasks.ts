/**
 * The tasks that were read in a document, confirmed on one card: all at once, or one after the other
 * with whoever is responsible and by when put right. Nobody is pinged before.
 *
 * Safe to press twice: what is decided stays decided, and the card goes on with what is left.
 */
import type { Action, Block, OutboundMessage } from '../domain/message.ts'
import { mayRead, type Person } from '../domain/person.ts'
import type { Task, TaskCorrections } from '../domain/task.ts'
import type { Store } from '../storage/store.ts'
import { recordChange } from '../tasks/record-change.ts'
import { contextOf } from './apply-effect.ts'
import { say } from './command-messages.ts'
import { type CommandTools, isHandler, type Speaker } from './command-tools.ts'
import { findAssignees } from './find-assignees.ts'
import { placeOf, showProposal, showSummary } from './show-proposals.ts'

const UNCONFIRMED = ['draft', 'proposed'] as const
/** More than one document ever has. */
const MOST_TASKS = 1_000

/** The line and the button below 「已发布」. */
export function offerReview(file: {
  readonly documentId: string
  readonly unconfirmed: number
}): readonly Block[] {
  if (file.unconfirmed === 0) return []
  const action: Action = {
    label: '核对任务',
    name: 'review-tasks',
    values: { document: file.documentId },
    style: 'primary',
  }
  const text = `读出 ${file.unconfirmed} 项任务，确认之前谁也不催。`
  return [
    { kind: 'paragraph', text },
    { kind: 'actions', actions: [action] },
  ]
}

interface Review {
  readonly person: Person
  readonly speaker: Speaker
  readonly store: Store
  readonly tools: CommandTools
  readonly values: Readonly<Record<string, string>>
}

/** Undefined for a button that is not of a review. */
export async function reviewTasks(
  name: string,
  values: Readonly<Record<string, string>>,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  const step = STEPS[name]
  if (step === undefined) return undefined
  const { person, conversation } = speaker
  if (!(person && isHandler(person))) return say('只有工会干部可以核对任务。')
  if (conversation.kind === 'group') return say('请私聊我核对任务。')
  return step({ person, speaker, store, tools, values })
}

/** 「核对任务」 in words: the document that waits longest. */
export async function reviewWaiting(
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage> {
  const { person } = speaker
  const waiting = await store.tasks.find({ statuses: UNCONFIRMED, limit: MOST_TASKS })
  const [first] = waiting.filter((task) => person && mayRead(person.role, task.readableBy))
  const document = first?.source?.documentId
  if (document === undefined) return say('没有待核对的任务。')
  const reply = await reviewTasks('review-tasks', { document }, speaker, store, tools)
  return reply ?? say('没有待核对的任务。')
}

const STEPS: Readonly<Record<string, (review: Review) => Promise<OutboundMessage>>> = {
  'review-tasks': async (review) => showSummary(await waitingIn(review), ''),
  'review-next': (review) => showNext(review, ''),
  'review-confirm': confirmOne,
  'review-reject': rejectOne,
  'review-all': confirmAll,
}

/** What is left of the document, in the order of its text. */
async function waitingIn({ person, store, values }: Review): Promise<readonly Task[]> {
  const documentId = values['document'] ?? ''
  const found = await store.tasks.find({ documentId, statuses: UNCONFIRMED, limit: MOST_TASKS })
  return found
    .filter(({ readableBy }) => mayRead(person.role, readableBy))
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
}

/** The first one behind `after` in the text; behind the last one the summary of what was skipped. */
async function showNext(review: Review, said: string): Promise<OutboundMessage> {
  const waiting = await waitingIn(review)
  const after = review.values['after'] ?? ''
  const next = waiting.find((task) => placeOf(task) > after)
  if (next === undefined) return showSummary(waiting, said)
  const owner = await knownOwner(next, review)
  return showProposal(next, { said, left: waiting.length, today: review.tools.today(), owner })
}

/** The 责任单位 of the text, where it is somebody we know. */
async function knownOwner({ ownerPhrase }: Task, { store }: Review): Promise<string> {
  if (ownerPhrase === undefined) return ''
  const found = await findAssignees(ownerPhrase, store)
  return found.kind === 'found' ? ownerPhrase : ''
}

async function confirmOne(review: Review): Promise<OutboundMessage> {
  const { store, tools, values } = review
  const task = await store.tasks.byId(values['task'] ?? '')
  if (!task) return showNext(review, '')
  const again = (fault: string) =>
    showProposal(task, { said: '', fault, today: tools.today(), owner: values['owner'] ?? '' })
  const corrections = await readCorrections(task, review)
  if (typeof corrections === 'string') return again(corrections)
  const result = await recordConfirmed(task, corrections, review)
  if (result.kind === 'recorded') return showNext(behind(task, review), `已交办「${task.title}」。`)
  return result.code === 'wrong_state' ? showNext(behind(task, review), '') : again(result.text)
}

async function rejectOne(review: Review): Promise<OutboundMessage> {
  const { person, speaker, store, tools, values } = review
  const task = await store.tasks.byId(values['task'] ?? '')
  if (!task) return showNext(review, '')
  const ledger = { store, onScheduleChanged: tools.onScheduleChanged }
  await recordChange(task.id, { kind: 'rejected' }, contextOf(person, speaker, tools), ledger)
  return showNext(behind(task, review), `已去掉「${task.title}」。`)
}

/** Those that cannot be confirmed as they are (a limit that is over) stay, and are counted. */
async function confirmAll(review: Review): Promise<OutboundMessage> {
  const waiting = await waitingIn(review)
  const found = await findAssignees(review.values['owner'] ?? '', review.store)
  if (found.kind === 'unclear') return showSummary(waiting, '', found.text)
  const corrections = found.assignees.length > 0 ? { assignees: found.assignees } : {}
  let confirmed = 0
  for (const task of waiting) {
    const { kind } = await recordConfirmed(task, corrections, review)
    if (kind === 'recorded') confirmed += 1
  }
  const left = waiting.length - confirmed
  const rest = left > 0 ? `${left} 项没有交办（期限已过），请逐项核对。` : ''
  return showSummary(await waitingIn(review), `已交办 ${confirmed} 项。${rest}`)
}

function recordConfirmed(task: Task, corrections: TaskCorrections, review: Review) {
  const { person, speaker, store, tools } = review
  const ledger = { store, onScheduleChanged: tools.onScheduleChanged }
  const change = { kind: 'confirmed', corrections } as const
  return recordChange(task.id, change, contextOf(person, speaker, tools), ledger)
}

const behind = (task: Task, review: Review): Review => ({
  ...review,
  values: { document: task.source?.documentId ?? '', after: placeOf(task) },
})

/** What was filled in and differs from what was read; the words of a fault otherwise. */
async function readCorrections(
  task: Task,
  { store, values, tools }: Review,
): Promise<TaskCorrections | string> {
  const found = await findAssignees(values['owner'] ?? '', store)
  if (found.kind === 'unclear') return found.text
  const due = values['due']?.trim() ?? ''
  const dueOn = due === '' ? undefined : parseDay(due)
  if (due !== '' && dueOn === undefined) return '请重新选期限。'
  if (dueOn && Temporal.PlainDate.compare(dueOn, tools.today()) < 0) return '期限已经过去，请改期。'
  const isOther = dueOn !== undefined && due !== task.deadline?.dueOn?.toString()
  return {
    ...(found.assignees.length > 0 && { assignees: found.assignees }),
    ...(isOther && { deadline: { phrase: `${dueOn.month}月${dueOn.day}日`, dueOn } }),
  }
}

function parseDay(text: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return undefined // the form says so
  }
}
