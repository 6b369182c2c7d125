/** Questions whose answers would change: asked of what is in force now, and of what would be. */
import type { Answer } from '../domain/answer.ts'
import { foldWithoutSpaces } from '../text/fold-for-matching.ts'

export interface ReaskTools {
  /** Recent, pinned and evaluation questions; repeated ones are asked once. */
  readonly questions: readonly string[]
  /** The answer from what is in force now. */
  askNow(question: string): Promise<Answer>
  /** The answer as it would be after publishing. */
  askAfter(question: string): Promise<Answer>
  readonly signal?: AbortSignal
}

export interface ChangedAnswer {
  readonly question: string
  readonly before: Answer
  readonly after: Answer
  /** lost: answered before, not after. found: the other way. changed: another text, quote or source. */
  readonly change: 'lost' | 'found' | 'changed'
}

/** Losses first, because they are what an admin has to prevent; stops early when aborted. */
export async function findChangedAnswers(tools: ReaskTools): Promise<readonly ChangedAnswer[]> {
  const changed: ChangedAnswer[] = []
  for (const question of distinct(tools.questions)) {
    if (tools.signal?.aborted) break
    const before = await tools.askNow(question)
    const after = await tools.askAfter(question)
    const change = changeBetween(before, after)
    if (change) changed.push({ question, before, after, change })
  }
  const order = ['lost', 'changed', 'found'] as const
  return changed.toSorted((a, b) => order.indexOf(a.change) - order.indexOf(b.change))
}

function changeBetween(before: Answer, after: Answer): ChangedAnswer['change'] | undefined {
  if (before.kind === 'grounded' && after.kind !== 'grounded') return 'lost'
  if (before.kind !== 'grounded' && after.kind === 'grounded') return 'found'
  return whatIsSaid(before) === whatIsSaid(after) ? undefined : 'changed'
}

/** Text, notices, and sources by document: the same sentence in a corrected version is no change. */
function whatIsSaid(answer: Answer): string {
  const sources =
    answer.kind === 'grounded'
      ? answer.citations.map(({ fileName, quote }) => [fileName, quote])
      : []
  return JSON.stringify([answer.kind, answer.summary, answer.notices, sources])
}

function distinct(questions: readonly string[]): readonly string[] {
  const byWording = new Map(questions.map((question) => [foldWithoutSpaces(question), question]))
  byWording.delete('')
  return [...byWording.values()]
}
