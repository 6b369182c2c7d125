/** Keeps what was asked for the console: masked, beside the answer, never in its way. */
import { type Answer, isGap } from '../domain/answer.ts'
import type { Query } from '../domain/query.ts'
import { type Logger, maskSecrets } from '../logger.ts'
import type { QuestionStore, QuestionVote } from '../storage/question-store.ts'

/** Longer questions are cut: the log is for seeing what people ask, not for keeping texts. */
const LONGEST_KEPT = 300
/** Rows that may wait for the store at once; while it stands still, further ones are given up. */
const MOST_WAITING = 500
/** Days that questions are kept. */
const RETENTION_DAYS = 180

export interface AskedQuestion {
  /** A vote names it. */
  readonly id: string
  readonly channel: string
  readonly query: Query
  readonly answer: Answer
  readonly latencyMs: number
}

export interface QuestionLog {
  /** Writes it in the background: a full disk must not cost anybody the answer. */
  note(asked: AskedQuestion): void
  vote(id: string, vote: QuestionVote): Promise<void>
  /** Forgets what is older than the retention time. */
  prune(): Promise<void>
  /** Resolves when everything noted so far is written. */
  settle(): Promise<void>
}

export function createQuestionLog({
  questions,
  logger,
  now,
}: {
  readonly questions: QuestionStore
  readonly logger: Logger
  now(): Temporal.Instant
}): QuestionLog {
  const waiting = new Set<Promise<void>>()
  const settle = async () => {
    await Promise.all(waiting)
  }
  const write = async (asked: AskedQuestion, askedAt: Temporal.Instant) => {
    try {
      await questions.record(recordOf(asked, askedAt))
    } catch (error) {
      logger.warn('question_not_recorded', { error })
    }
  }
  return {
    note: (asked) => {
      if (waiting.size >= MOST_WAITING) return
      const written = write(asked, now()).finally(() => waiting.delete(written))
      waiting.add(written)
    },
    vote: async (id, vote) => {
      await settle()
      await questions.vote(id, vote)
    },
    prune: async () => {
      await questions.prune(now().subtract({ hours: RETENTION_DAYS * 24 }))
    },
    settle,
  }
}

function recordOf(
  { id, channel, query, answer, latencyMs }: AskedQuestion,
  askedAt: Temporal.Instant,
) {
  const { jurisdictionCode, role } = query
  return {
    id,
    askedAt,
    channel,
    question: maskSecrets(query.question).slice(0, LONGEST_KEPT),
    role,
    ...(jurisdictionCode && { jurisdictionCode }),
    ...outcomeOf(answer),
    latencyMs,
  }
}

/** What is kept of an answer: what only comes close is a gap there too. */
export function outcomeOf(answer: Answer) {
  return {
    kind: isGap(answer) ? ('not-found' as const) : answer.kind,
    ...(answer.kind === 'refused' && { reason: answer.reason }),
    documentIds: documentsOf(answer),
  }
}

function documentsOf(answer: Answer): readonly string[] {
  if (answer.kind === 'refused') return []
  const citations = answer.kind === 'grounded' ? answer.citations : answer.nearest
  return [...new Set(citations.map(({ documentId }) => documentId))]
}
