/**
 * What was asked and how it ended: for the console's log, the gaps to fill and the weekly digest. The
 * text is masked before it comes here, and rows are forgotten after the retention time.
 */
import type { Answer, RefusalReason } from '../domain/answer.ts'
import type { Role } from '../domain/person.ts'

export interface QuestionRecord {
  /** The answer's id: a vote names it. Recording twice under one id keeps the first. */
  readonly id: string
  readonly askedAt: Temporal.Instant
  readonly channel: string
  /** Personal numbers are masked before it is kept. */
  readonly question: string
  readonly role: Role
  readonly jurisdictionCode?: string
  readonly kind: Answer['kind']
  readonly reason?: RefusalReason
  /** Documents that the answer cited, or came nearest. */
  readonly documentIds: readonly string[]
  readonly latencyMs: number
}

export interface QuestionVote {
  readonly helpful: boolean
  /** outdated, wrong, unanswered, unclear. */
  readonly reason?: string
}

export interface LoggedQuestion extends QuestionRecord {
  readonly vote?: QuestionVote
}

export interface QuestionCounts {
  readonly asked: number
  readonly grounded: number
  readonly notFound: number
  readonly refused: number
  readonly helpful: number
  readonly unhelpful: number
}

/** `gaps`: the material did not have it. `unhelpful`: somebody said so. */
export type QuestionFilter = 'all' | 'gaps' | 'unhelpful'

export interface QuestionStore {
  record(question: QuestionRecord): Promise<void>
  /** The last vote counts. False when there is no such answer. */
  vote(id: string, vote: QuestionVote): Promise<boolean>
  /** Newest first; `before` continues a page at the moment it ended with. */
  recent(options: {
    readonly filter: QuestionFilter
    readonly limit: number
    readonly before?: Temporal.Instant
  }): Promise<readonly LoggedQuestion[]>
  counts(since: Temporal.Instant): Promise<QuestionCounts>
  /** Forgets what is older; returns how many. */
  prune(before: Temporal.Instant): Promise<number>
}
