/** A pinned answer in the form of every answer: grounded in the admin's own words, quoted as such. */
import type { GroundedAnswer } from '../domain/answer.ts'
import type { PinnedAnswer } from '../domain/pinned-answer.ts'
import type { Query } from '../domain/query.ts'
import { type MatchingTools, matchPinnedAnswer } from './match-pinned-answer.ts'

/** Name under which a pinned answer is cited: the union vouches for it, no document does. */
export const PINNED_SOURCE = '工会置顶回答'

export function givePinnedAnswer(pinned: PinnedAnswer, unionName: string): GroundedAnswer {
  const on = pinned.updatedAt.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  return {
    kind: 'grounded',
    summary: pinned.answer,
    notices: [],
    suggestions: [],
    wording: 'quoted',
    citations: [
      {
        documentId: `pinned-${pinned.id}`,
        versionId: `pinned-${pinned.id}`,
        documentTitle: PINNED_SOURCE,
        fileName: PINNED_SOURCE,
        issuer: unionName,
        issuedOn: { on, precision: 'day' },
        ...(pinned.source !== undefined && { source: pinned.source }),
        sample: false,
        span: { start: 0, end: pinned.answer.length },
        quote: pinned.answer,
      },
    ],
  }
}

export interface PinnedAnsweringTools extends MatchingTools {
  list(): Promise<readonly PinnedAnswer[]>
  readonly unionName: string
}

/** The pinned answer to a question, when there is one for it. */
export async function pinnedAnswerTo(
  query: Query,
  tools: PinnedAnsweringTools,
): Promise<GroundedAnswer | undefined> {
  const all = await tools.list()
  if (all.length === 0) return undefined
  const { role, jurisdictionCode } = query
  const audience = { role, ...(jurisdictionCode !== undefined && { jurisdictionCode }) }
  const asker = { audience, today: query.askedOn }
  const pinned = matchPinnedAnswer(query.question, all, asker, tools)
  return pinned && givePinnedAnswer(pinned, tools.unionName)
}
