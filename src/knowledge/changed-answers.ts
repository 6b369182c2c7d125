/** Questions whose answers would change: asked of what is in force now, and of what would be. */
import { type Answer, isAnswered } from '../domain/answer.ts'
import type { Query } from '../domain/query.ts'

export interface ReaskTools {
  /** The answer from what is in force now. */
  askNow(query: Query): Promise<Answer>
  /** The answer as it would be after publishing. */
  askAfter(query: Query): Promise<Answer>
  /** Called between questions: lets the event loop turn. */
  breathe(): Promise<void>
  /** Ends it early: what was found so far counts. */
  readonly signal: AbortSignal
}

export interface ChangedAnswer {
  readonly question: string
  readonly before: Answer
  readonly after: Answer
  /** lost: answered before, not after. found: the other way. changed: another text, quote or source. */
  readonly change: 'lost' | 'found' | 'changed'
  /** An admin pinned an answer to it, which stays: what changes is what the documents say. */
  readonly pinned?: true
}

export interface AnswerChanges {
  /** How many questions were asked again. */
  readonly asked: number
  /** Losses first, because they are what an admin has to prevent. */
  readonly changes: readonly ChangedAnswer[]
}

export async function findChangedAnswers(
  queries: readonly Query[],
  { askNow, askAfter, breathe, signal }: ReaskTools,
): Promise<AnswerChanges> {
  const changes: ChangedAnswer[] = []
  let asked = 0
  for (const query of queries) {
    if (signal.aborted) break
    const before = await askNow(query)
    await breathe()
    const after = await askAfter(query)
    await breathe()
    asked += 1
    const change = changeBetween(before, after)
    if (change) changes.push({ question: query.question, before, after, change })
  }
  return { asked, changes: lossesFirst(changes) }
}

/** Both together: questions left to the documents, and questions that a pinned answer stands over. */
export function withPinned(open: AnswerChanges, pinned: AnswerChanges): AnswerChanges {
  const marked = pinned.changes.map((change) => ({ ...change, pinned: true as const }))
  return {
    asked: open.asked + pinned.asked,
    changes: lossesFirst([...open.changes, ...marked]),
  }
}

function lossesFirst(changes: readonly ChangedAnswer[]): readonly ChangedAnswer[] {
  const order = ['lost', 'changed', 'found'] as const
  return changes.toSorted((a, b) => order.indexOf(a.change) - order.indexOf(b.change))
}

function changeBetween(before: Answer, after: Answer): ChangedAnswer['change'] | undefined {
  if (isAnswered(before) && !isAnswered(after)) return 'lost'
  if (!isAnswered(before) && isAnswered(after)) return 'found'
  return whatIsSaid(before) === whatIsSaid(after) ? undefined : 'changed'
}

/** Text, notices, and what is quoted: the same sentence in a corrected version is no change. */
function whatIsSaid(answer: Answer): string {
  const quotes = answer.kind === 'grounded' ? answer.citations.map(({ quote }) => quote) : []
  return JSON.stringify([answer.kind, answer.summary, answer.notices, quotes])
}
