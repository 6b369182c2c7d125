/**
 * What was read as a task in a document that comes into force is put before a cadre. Drafts ping
 * nobody.
 *
 * Key: document, title and quoted sentence. Publishing again, or a new version that keeps the
 * sentence, proposes nothing twice, and what a cadre decided stays decided. Drafts whose sentence no
 * version in force has fall away, and are put up again when it comes back.
 */
import { createHash } from 'node:crypto'
import type { DocumentVersion } from '../domain/document.ts'
import { contains } from '../domain/span.ts'
import type { Task, TaskProposal, TaskSetup } from '../domain/task.ts'
import type { ChangeContext } from './change-task.ts'
import { createTask, type LedgerDependencies, recordChange } from './record-change.ts'

export type ProposingVersion = Pick<
  DocumentVersion,
  'documentId' | 'metadata' | 'lists' | 'proposals'
>

export interface ProposalContext {
  readonly at: Temporal.Instant
  readonly today: Temporal.PlainDate
  readonly ledger: LedgerDependencies
}

const READER = { kind: 'system', name: '读文件' } as const
const BASIS = '文件发布'
/** More unconfirmed tasks than one document ever has. */
const MOST_DRAFTS = 1000

/** The tasks of the version as they stand now, new and known. */
export async function proposeTasks(
  version: ProposingVersion,
  { at, today, ledger }: ProposalContext,
): Promise<readonly Task[]> {
  const tasks: Task[] = []
  const context = { actor: READER, at, today, basis: BASIS }
  for (const proposal of version.proposals) {
    const setup = setupOf(proposal, version, today)
    const id = taskIdOf(version.documentId, proposal)
    const task = await createTask(id, { setup, status: 'draft' }, context, ledger)
    tasks.push(await putUpAgain(task, context, ledger))
  }
  const kept = new Set(tasks.map(({ id }) => id))
  await dropDrafts(
    version.documentId,
    '新版文件里没有这一句了',
    (id) => kept.has(id),
    context,
    ledger,
  )
  return tasks
}

/** What nobody has confirmed of a document that is out of force. */
export function dropProposals(
  documentId: string,
  { at, today, ledger }: ProposalContext,
): Promise<void> {
  const context = { actor: READER, at, today, basis: BASIS }
  return dropDrafts(documentId, '文件已撤下', () => false, context, ledger)
}

async function dropDrafts(
  documentId: string,
  reason: string,
  isKept: (id: string) => boolean,
  context: ChangeContext,
  ledger: LedgerDependencies,
): Promise<void> {
  const drafts = await ledger.store.tasks.find({
    documentId,
    statuses: ['draft', 'proposed'],
    limit: MOST_DRAFTS,
  })
  for (const { id } of drafts.filter((draft) => !isKept(draft.id))) {
    await recordChange(id, { kind: 'superseded', reason }, context, ledger)
  }
}

/** A draft that fell away with its sentence; not one that somebody closed. */
async function putUpAgain(task: Task, context: ChangeContext, ledger: LedgerDependencies) {
  if (task.status !== 'superseded') return task
  const last = (await ledger.store.tasks.events(task.id)).at(-1)
  const fellAway =
    last?.change.kind === 'superseded' &&
    last.actor.kind === 'system' &&
    last.actor.name === READER.name
  if (!fellAway) return task
  const result = await recordChange(task.id, { kind: 'proposed' }, context, ledger)
  return result.kind === 'recorded' ? result.task : task
}

function taskIdOf(documentId: string, proposal: TaskProposal): string {
  const { title, quote } = proposal.readAs ?? proposal
  const key = JSON.stringify([documentId, title, quote])
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}

/** Time counts from the plan year's first day, else from the document's date, else from today. */
function setupOf(
  { title, owner, deadline, target, span, quote }: TaskProposal,
  { documentId, metadata, lists }: ProposingVersion,
  today: Temporal.PlainDate,
): TaskSetup {
  const planStart =
    metadata.planYear === undefined
      ? undefined
      : Temporal.PlainDate.from({ year: metadata.planYear, month: 1, day: 1 })
  return {
    title,
    source: { documentId, documentTitle: metadata.title, span, quote, ...placeIn(lists, span) },
    assignees: [],
    startsOn: planStart ?? metadata.issuedOn?.on ?? today,
    readableBy: metadata.readableBy,
    ...(owner !== undefined && { ownerPhrase: owner }),
    ...(deadline && { deadline }),
    ...(target && { target }),
  }
}

/** Which list the sentence is an item of, and its number there: 八件实事, 3. */
function placeIn(lists: ProposingVersion['lists'], span: TaskProposal['span']) {
  for (const { title, items } of lists) {
    const item = items.find((other) => contains(other.span, span) || contains(span, other.span))
    if (item) return { listTitle: title, ordinal: item.ordinal }
  }
  return {}
}
