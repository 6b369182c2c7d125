/**
 * The way of a question inside the program: what is in force → a pinned answer or the documents' →
 * a model's wording when one is configured → what the ledger knows beside it.
 */
import { type AnsweringTools, answerQuestion } from '../answering/answer-question.ts'
import { type ExplanationStep, explainAnswer } from '../answering/explain-answer.ts'
import { needsRestating } from '../answering/restate-question.ts'
import type { App, AskReply } from '../app.ts'
import { renderAnswer } from '../conversation/render-answer.ts'
import { type Answer, isGap } from '../domain/answer.ts'
import { toPlainText } from '../domain/plain-text.ts'
import type { Query } from '../domain/query.ts'
import { pinnedAnswerTo } from '../knowledge/give-pinned-answer.ts'
import { createUnitReader } from '../retrieval/evidence-units.ts'
import type { QueryRepairer } from '../retrieval/repair-query.ts'
import type { IndexedDocument, SearchIndex } from '../retrieval/search-index.ts'
import { standardTerms } from '../retrieval/standard-terms.ts'
import { suggestQuestions } from '../retrieval/suggest-questions.ts'
import type { TermDictionary } from '../retrieval/term-dictionary.ts'
import { ledgerFigures } from '../tasks/ledger-figures.ts'

export interface AskerParts
  extends Pick<App, 'store' | 'knowledge' | 'tokenizer' | 'gazetteer' | 'contact' | 'models'> {
  /** The dictionary as it is now: an edited file counts at once. */
  terms(): TermDictionary
  readonly repair: QueryRepairer['repair']
  readonly timeZone: string
  /** Place of a person who does not say where they are: this union's own. */
  readonly homeCode: string | undefined
  /** Ends what runs behind the answers. */
  readonly signal: AbortSignal
}

export type Asker = Pick<App, 'ask' | 'quote' | 'onAnswer' | 'exampleQuestions'> & {
  explain(query: Query): Promise<readonly ExplanationStep[]>
  /** The answer in the documents' own words as an index gives it, without pinned answers and model. */
  quoteFrom(index: SearchIndex, query: Query): Promise<Answer>
  /** The pinned answer to a question, when there is one. */
  pinnedTo(query: Query): Promise<Answer | undefined>
}

/** Offered while the documents name no lists. */
const GENERAL_EXAMPLES = ['工会驿站有什么要求？', '对困难职工有哪些帮扶？', '劳动竞赛怎么开展？']
/** A person who asked does not wait longer for smoother wording. */
const MODEL_PATIENCE_MS = 10_000

/** Before anything is shown: longer than this the plain 「没有」 is better. */
const RESTATING_PATIENCE_MS = 3_000

export function createAsker(parts: AskerParts): Asker {
  const { knowledge, models, store } = parts
  const tools = answeringTools(parts)
  const listeners: ((answer: Answer, latencyMs: number) => void)[] = []
  const pinned = {
    list: () => store.pinned.list(),
    wordsOf: (text: string) => parts.tokenizer.tokens(text),
    standardize: (text: string) => standardTerms(text, parts.terms()),
    unionName: parts.contact.unionName,
  }
  const place = (query: Query): Query =>
    query.jurisdictionCode === undefined && parts.homeCode !== undefined
      ? { ...query, jurisdictionCode: parts.homeCode }
      : query

  const quoteFrom = (index: SearchIndex, query: Query): Promise<Answer> =>
    answerQuestion(query, index === tools.index ? tools : { ...tools, index })

  const quoted = async (query: Query, signal: AbortSignal): Promise<Quoted> => {
    const fixed = await pinnedAnswerTo(query, pinned)
    if (fixed) return { answer: fixed }
    const index = (await models.hybrid?.indexFor(query.question, signal)) ?? tools.index
    const { found, asked } = await restated(await quoteFrom(index, query), query, index, signal)
    const { write } = models
    if (found.kind !== 'grounded' || write === undefined || isDamaged(found)) {
      return { answer: found }
    }
    return { answer: found, write: (patience) => write(found, asked, patience) }
  }

  /** A follow-up that found nothing, asked again in the model's full words when they answer it. */
  const restated = async (found: Answer, query: Query, index: SearchIndex, signal: AbortSignal) => {
    const asIs = { found, asked: query }
    if (models.restate === undefined || !needsRestating(query, found)) return asIs
    const patience = AbortSignal.any([signal, AbortSignal.timeout(RESTATING_PATIENCE_MS)])
    const question = await models.restate(query, patience)
    if (question === undefined) return asIs
    const asked = { ...query, question, history: [] }
    const better = await quoteFrom(index, asked)
    if (better.kind !== 'grounded' || (isGap(better) && found.kind !== 'not-found')) return asIs
    return { found: { ...better, understoodAs: question.replace(/[?？。]$/, '') }, asked }
  }

  const begin = async (): Promise<number> => {
    await knowledge.refresh()
    void models.hybrid?.follow(parts.signal)
    return performance.now()
  }
  const finish = (answer: Answer, startedAt: number): AskReply => {
    const text = toPlainText(renderAnswer(answer))
    const latencyMs = performance.now() - startedAt
    for (const listener of listeners) listener(answer, latencyMs)
    return { answer, text, latencyMs }
  }

  return {
    ask: async (asked, signal = parts.signal) => {
      const startedAt = await begin()
      const query = place(asked)
      const { answer, write } = await quoted(query, signal)
      const worded = write ? await write(waiting(signal)) : answer
      return finish(await withLedger(worded, query, parts), startedAt)
    },
    quote: async (asked, signal = parts.signal) => {
      const startedAt = await begin()
      const query = place(asked)
      const { answer, write } = await quoted(query, signal)
      const reply = finish(await withLedger(answer, query, parts), startedAt)
      if (write === undefined) return reply
      const reword = async (patience: AbortSignal) => {
        const worded = await write(AbortSignal.any([patience, parts.signal]))
        const isBetter = worded.kind === 'grounded' && worded.wording === 'model'
        return isBetter ? withLedger(worded, query, parts) : undefined
      }
      return { ...reply, reword }
    },
    onAnswer: (listener) => {
      listeners.push(listener)
    },
    quoteFrom: (index, query) => quoteFrom(index, place(query)),
    pinnedTo: (query) => pinnedAnswerTo(place(query), pinned),
    explain: async (query) => {
      await knowledge.refresh()
      return explainAnswer(place(query), tools)
    },
    get exampleQuestions() {
      return tools.examples
    },
  }
}

/** A model must not smooth over a number that the text has lost. */
const isDamaged = ({ notices }: Answer) => notices.some(({ kind }) => kind === 'damaged')

/** What the documents say, and how a model may word it: absent where it stands as it is. */
interface Quoted {
  readonly answer: Answer
  readonly write?: (signal: AbortSignal) => Promise<Answer>
}

function answeringTools({ knowledge, ...parts }: AskerParts): AnsweringTools {
  const { index } = knowledge
  const suggested = suggestFrom(index)
  return {
    index,
    reader: createUnitReader(),
    tagger: parts.tokenizer,
    gazetteer: parts.gazetteer,
    contact: parts.contact,
    get examples() {
      return [...suggested(), ...GENERAL_EXAMPLES].slice(0, 3)
    },
    get terms() {
      return parts.terms()
    },
    repair: (text) => parts.repair(text).text,
  }
}

/** All documents are gone through once after each change, not for each stranger. */
function suggestFrom(index: SearchIndex): () => readonly string[] {
  let known: readonly string[] = []
  let knownAt = -1
  return () => {
    if (index.changes !== knownAt) known = suggestQuestions(openDocuments(index), { limit: 3 })
    knownAt = index.changes
    return known
  }
}

/** Examples are shown to whoever comes: even the name of a list tells something. */
function* openDocuments(index: SearchIndex): Generator<IndexedDocument> {
  for (const document of index.documents()) {
    if (document.metadata.readableBy === 'all') yield document
  }
}

/** 「书屋建了多少」: what cadres have reported stands beside what the plan says. */
async function withLedger(
  answer: Answer,
  query: Query,
  { store, timeZone }: Pick<AskerParts, 'store' | 'timeZone'>,
): Promise<Answer> {
  if (answer.kind === 'refused') return answer
  const options = { role: query.role, today: query.askedOn, timeZone }
  const figures = await ledgerFigures(query.question, store.tasks, options)
  return figures.length === 0 ? answer : { ...answer, ledger: figures.map(({ text }) => text) }
}

function waiting(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(MODEL_PATIENCE_MS)])
}
