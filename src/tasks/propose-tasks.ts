/**
 * What was read as a task in a document that comes into force is put before a cadre. Drafts ping
 * nobody.
 *
 * Key: document, title and quoted sentence. Publishing again, or a new version that keeps the
 * sentence, proposes nothing twice, and what a cadre decided stays decided. Drafts whose sentence the
 * new version no longer has fall away.
 */
import { createHash } from 'node:crypto'
import type { DocumentVersion } from '../domain/document.ts'
import { contains } from '../domain/span.ts'
import type { Actor, Task, TaskProposal, TaskSetup } from '../domain/task.ts'
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

const READER: Actor = { kind: 'system', name: '读文件' }
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
    tasks.push(await createTask(id, { setup, status: 'draft' }, context, ledger))
  }
  const kept = new Set(tasks.map(({ id }) => id))
  const drafts = await ledger.store.tasks.find({
    documentId: version.documentId,
    statuses: ['draft', 'proposed'],
    limit: MOST_DRAFTS,
  })
  const change = { kind: 'superseded', reason: '新版文件里没有这一句了' } as const
  for (const { id } of drafts.filter((draft) => !kept.has(draft.id))) {
    await recordChange(id, change, context, ledger)
  }
  return tasks
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
