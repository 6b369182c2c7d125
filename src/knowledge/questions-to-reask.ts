/**
 * Which questions are asked again before a document is published: what people asked lately, what the
 * pinned answers are pinned to, and what the documents themselves lead one to ask. So many at most
 * that an admin need not wait.
 */
import { READERSHIPS, type Readership, ROLES, type Role } from '../domain/person.ts'
import type { PinnedAnswer } from '../domain/pinned-answer.ts'
import type { Query } from '../domain/query.ts'
import type { QuestionRecord } from '../storage/question-store.ts'
import { foldWithoutSpaces } from '../text/fold-for-matching.ts'

export interface ReaskSources {
  /** Newest first, masked before they were kept. */
  readonly recent: readonly Pick<
    QuestionRecord,
    'question' | 'role' | 'jurisdictionCode' | 'kind'
  >[]
  readonly pinned: readonly PinnedAnswer[]
  /** Questions that the documents in force, the draft and what it replaces lead one to ask. */
  readonly suggested: readonly string[]
  /** Things that the draft says something else about: 职工书屋. */
  readonly disputed: readonly string[]
}

export interface ReaskOptions {
  readonly today: Temporal.PlainDate
  /** Who looks: nobody learns by a preview what they may not read. */
  readonly viewer: Role
  /** Who may read the draft: its own questions are asked by the least of them. */
  readonly readableBy: Readership
}

/** Questions of each source that are asked at most. */
const MOST = { recent: 40, pinned: 20, suggested: 12, disputed: 12 } as const

export interface ReaskedQuestions {
  /** Each wording once, those of people first. */
  readonly open: readonly Query[]
  /** What an admin pinned an answer to, and what looks like it. */
  readonly pinned: readonly Query[]
}

export function questionsToReask(
  { recent, pinned, suggested, disputed }: ReaskSources,
  { today, viewer, readableBy }: ReaskOptions,
): ReaskedQuestions {
  const ask = (question: string, role: Role, jurisdictionCode?: string): Query => ({
    question,
    history: [],
    role: lesser(role, viewer),
    askedOn: today,
    ...(jurisdictionCode !== undefined && { jurisdictionCode }),
  })
  const reader = leastReader(readableBy)
  const asked = recent
    .filter(({ kind }) => kind !== 'refused')
    .map(({ question, role, jurisdictionCode }) => ask(question, role, jurisdictionCode))
  const doubted = disputed.map((subject) => ask(`${subject}是多少？`, reader))
  const offered = suggested.map((question) => ask(question, reader))
  const fixed = pinned.flatMap(
    ({ questions, notQuestions, jurisdictionCode, readableBy: readers }) =>
      [...questions, ...notQuestions].map((question) =>
        ask(question, leastReader(readers), jurisdictionCode),
      ),
  )
  return {
    open: distinct([
      ...distinct(asked).slice(0, MOST.recent),
      ...distinct(doubted).slice(0, MOST.disputed),
      ...distinct(offered).slice(0, MOST.suggested),
    ]),
    pinned: distinct(fixed).slice(0, MOST.pinned),
  }
}

function distinct(queries: readonly Query[]): readonly Query[] {
  const first = new Map<string, Query>()
  for (const query of queries) {
    const wording = foldWithoutSpaces(query.question)
    if (wording !== '' && !first.has(wording)) first.set(wording, query)
  }
  return [...first.values()]
}

function lesser(a: Role, b: Role): Role {
  return ROLES.indexOf(a) < ROLES.indexOf(b) ? a : b
}

function leastReader(readableBy: Readership): Role {
  return ROLES[READERSHIPS.indexOf(readableBy)] ?? 'worker'
}
