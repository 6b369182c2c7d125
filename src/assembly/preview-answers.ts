/**
 * 「哪些已有回答会变」: questions asked again with a draft in the index and what it replaces out of it.
 * Nobody else's answers change meanwhile, and the event loop turns between any two questions.
 */
import { randomUUID } from 'node:crypto'
import type { App } from '../app.ts'
import { createBreather } from '../breathe.ts'
import type { Role } from '../domain/person.ts'
import type { Query } from '../domain/query.ts'
import { type AnswerChanges, findChangedAnswers, withPinned } from '../knowledge/changed-answers.ts'
import type { DraftChange } from '../knowledge/preview-document.ts'
import { questionsToReask } from '../knowledge/questions-to-reask.ts'
import type { IndexedDocument, SearchIndex } from '../retrieval/search-index.ts'
import type { Stage } from '../retrieval/stage-documents.ts'
import { suggestQuestions } from '../retrieval/suggest-questions.ts'
import type { Asker } from './create-asker.ts'

export type AnswersPreview = (draft: DraftChange, viewer: Role) => Promise<AnswerChanges>

interface PreviewParts extends Pick<App, 'store' | 'knowledge' | 'today'> {
  readonly stage: Stage
  readonly asker: Pick<Asker, 'quoteFrom' | 'pinnedTo'>
  readonly signal: AbortSignal
}

/** An admin looks at a page meanwhile; what was compared by then is shown. */
const PATIENCE_MS = 5_000
/** Kept questions that are looked through for different ones. */
const RECENT_READ = 200
/** Questions suggested by the documents in force, by the draft and by what it replaces. */
const SUGGESTED = { inForce: 4, own: 4 } as const
/** Index entries swept in one piece: about 5 ms. */
const TIDY_ENTRIES = 500_000

export function createAnswersPreview(parts: PreviewParts): AnswersPreview {
  const { store, knowledge, stage, asker } = parts
  return async (change, viewer) => {
    await knowledge.refresh()
    const breathe = createBreather()
    const draftId = `draft-${randomUUID()}`
    const { reading, replaces } = change
    const without = await endedBy(change, store)
    try {
      for (const _ of stage.staging({ ...reading, documentId: draftId, versionId: draftId })) {
        await breathe()
      }
      const after = stage.seenWith(draftId, without)
      const questions = questionsToReask(
        {
          recent: await store.questions.recent({ filter: 'all', limit: RECENT_READ }),
          pinned: await store.pinned.list(),
          suggested: suggestions(
            [after.document(draftId), stage.index.document(replaces?.versionId ?? '')],
            stage.index,
          ),
          disputed: change.disputed,
        },
        { today: parts.today(), viewer, readableBy: reading.metadata.readableBy },
      )
      const tools = {
        askNow: (query: Query) => asker.quoteFrom(stage.index, query),
        askAfter: (query: Query) => asker.quoteFrom(after, query),
        breathe,
        signal: AbortSignal.any([parts.signal, AbortSignal.timeout(PATIENCE_MS)]),
      }
      const isOpen = async (query: Query) => (await asker.pinnedTo(query)) === undefined
      const open = await findChangedAnswers(await whereOpen(questions.open, isOpen), tools)
      return withPinned(open, await findChangedAnswers(questions.pinned, tools))
    } finally {
      stage.clear(draftId)
      while (!stage.index.tidy(TIDY_ENTRIES)) await breathe()
    }
  }
}

/** Without questions that a pinned answer stands over: those are asked apart. */
async function whereOpen(
  queries: readonly Query[],
  isOpen: (query: Query) => Promise<boolean>,
): Promise<readonly Query[]> {
  const open = await Promise.all(queries.map(isOpen))
  return queries.filter((_, i) => open[i])
}

/** The version before, and the samples when the first real document comes. */
async function endedBy(
  { reading, replaces }: DraftChange,
  store: App['store'],
): Promise<ReadonlySet<string>> {
  const samples = reading.metadata.sample
    ? []
    : await store.knowledge.inForce({ samplesOnly: true })
  return new Set([...samples, ...(replaces ? [replaces] : [])].map(({ versionId }) => versionId))
}

function suggestions(
  own: readonly (IndexedDocument | undefined)[],
  index: SearchIndex,
): readonly string[] {
  const real = [...index.documents()].filter(({ metadata }) => !metadata.sample)
  return [
    ...own.flatMap((document) =>
      document ? suggestQuestions([document], { limit: SUGGESTED.own }) : [],
    ),
    ...suggestQuestions(real, { limit: SUGGESTED.inForce }),
  ]
}
