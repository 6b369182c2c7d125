/** The log of questions in SQL. */
import { sql } from 'kysely'
import type { Answer, RefusalReason } from '../../domain/answer.ts'
import type { Role } from '../../domain/person.ts'
import { maskSecrets } from '../../logger.ts'
import type {
  LoggedQuestion,
  QuestionCounts,
  QuestionRecord,
  QuestionStore,
} from '../question-store.ts'
import type { Database } from './database.ts'
import { readInstant, readJson, storedInstant, storedJson } from './stored-values.ts'

interface QuestionsTable {
  readonly id: string
  readonly asked_at: number
  readonly channel: string
  readonly question: string
  readonly role: Role
  readonly jurisdiction_code: string | null
  readonly kind: Answer['kind']
  readonly reason: RefusalReason | null
  readonly document_ids: string
  readonly latency_ms: number
  readonly helpful: number | null
  readonly vote_reason: string | null
}

export interface QuestionTables {
  questions: QuestionsTable
}

export function sqlQuestionStore(database: Database): QuestionStore {
  return {
    record: (question) => record(database, question),
    vote: async (id, { helpful, reason }) => {
      const update = database.db.updateTable('questions')
      const { numUpdatedRows } = await update
        .set({ helpful: helpful ? 1 : 0, vote_reason: reason ?? null })
        .where('id', '=', id)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    recent: (options) => recent(database, options),
    counts: (since) => counts(database, since),
    prune: async (before) => {
      const rows = database.db.deleteFrom('questions').where('asked_at', '<', storedInstant(before))
      return Number((await rows.executeTakeFirst()).numDeletedRows)
    },
  }
}

async function record({ db }: Database, question: QuestionRecord): Promise<void> {
  await db
    .insertInto('questions')
    .values({
      id: question.id,
      asked_at: storedInstant(question.askedAt),
      channel: question.channel,
      question: maskSecrets(question.question),
      role: question.role,
      jurisdiction_code: question.jurisdictionCode ?? null,
      kind: question.kind,
      reason: question.reason ?? null,
      document_ids: storedJson(question.documentIds),
      latency_ms: question.latencyMs,
      helpful: null,
      vote_reason: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

async function recent({ db }: Database, options: Parameters<QuestionStore['recent']>[0]) {
  const { filter, limit, before } = options
  const rows = await db
    .selectFrom('questions')
    .selectAll()
    .$if(filter === 'gaps', (query) => query.where('kind', '=', 'not-found'))
    .$if(filter === 'unhelpful', (query) => query.where('helpful', '=', 0))
    .$if(before !== undefined, (query) =>
      query.where('asked_at', '<', before ? storedInstant(before) : 0),
    )
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(readQuestion)
}

async function counts({ db }: Database, since: Temporal.Instant): Promise<QuestionCounts> {
  const rows = await db
    .selectFrom('questions')
    .select(['kind', 'helpful', sql<number>`count(*)`.as('number')])
    .where('asked_at', '>=', storedInstant(since))
    .groupBy(['kind', 'helpful'])
    .execute()
  const sum = (matches: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(matches).reduce((total, { number }) => total + Number(number), 0)
  return {
    asked: sum(() => true),
    grounded: sum(({ kind }) => kind === 'grounded'),
    notFound: sum(({ kind }) => kind === 'not-found'),
    refused: sum(({ kind }) => kind === 'refused'),
    helpful: sum(({ helpful }) => helpful === 1),
    unhelpful: sum(({ helpful }) => helpful === 0),
  }
}

function readQuestion(row: QuestionsTable): LoggedQuestion {
  const reason = row.vote_reason
  const vote = { helpful: row.helpful === 1, ...(reason !== null && { reason }) }
  return {
    id: row.id,
    askedAt: readInstant(row.asked_at),
    channel: row.channel,
    question: row.question,
    role: row.role,
    ...(row.jurisdiction_code !== null && { jurisdictionCode: row.jurisdiction_code }),
    kind: row.kind,
    ...(row.reason !== null && { reason: row.reason }),
    documentIds: readJson<readonly string[]>(row.document_ids),
    latencyMs: row.latency_ms,
    ...(row.helpful !== null && { vote }),
  }
}
