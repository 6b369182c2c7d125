/**
 * The composition root: the only file that names concrete adapters. Everything below it receives
 * values and functions. Two apps can live in one process.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answerQuestion } from './answering/answer-question.ts'
import { type ExplanationStep, explainAnswer } from './answering/explain-answer.ts'
import { createModels, type Models } from './assembly/create-models.ts'
import { loadWorkCalendar } from './assembly/load-work-calendar.ts'
import { afterPublication } from './assembly/publish-version.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { renderAnswer } from './conversation/render-answer.ts'
import type { Answer } from './domain/answer.ts'
import type { Contact } from './domain/contact.ts'
import type { DocumentReading } from './domain/document.ts'
import type { Gazetteer } from './domain/jurisdiction.ts'
import { toPlainText } from './domain/plain-text.ts'
import type { Query } from './domain/query.ts'
import { BadInputError } from './errors.ts'
import { type DocumentSource, ingestDocument } from './ingestion/ingest-document.ts'
import type { FrontMatter } from './ingestion/read-front-matter.ts'
import { followFile } from './knowledge/follow-file.ts'
import { pinnedAnswerTo } from './knowledge/give-pinned-answer.ts'
import {
  type Arrival,
  type ArrivalOptions,
  addDocument,
  type ChangeContext,
} from './knowledge/publish-document.ts'
import type { Logger } from './logger.ts'
import { createUnitReader } from './retrieval/evidence-units.ts'
import { createKnowledgeBase, type KnowledgeBase } from './retrieval/knowledge-base.ts'
import { createQueryRepairer } from './retrieval/repair-query.ts'
import { createSearchIndex, type SearchIndex } from './retrieval/search-index.ts'
import { standardTerms } from './retrieval/standard-terms.ts'
import { suggestQuestions } from './retrieval/suggest-questions.ts'
import { parseTermDictionary } from './retrieval/term-dictionary.ts'
import type { Cache } from './storage/cache.ts'
import { openRedisCache } from './storage/redis/open-redis-cache.ts'
import { openStore, type StoreOptions } from './storage/sql/open-store.ts'
import type { Store } from './storage/store.ts'
import { ledgerFigures } from './tasks/ledger-figures.ts'
import { createGazetteer } from './text/gazetteer.ts'
import { createTokenizer, type Tokenizer } from './text/tokenize.ts'
import type { WorkCalendar } from './text/working-days.ts'

export interface AskReply {
  readonly answer: Answer
  readonly text: string
  readonly latencyMs: number
}

export interface App {
  readonly config: Config
  readonly clock: Clock
  readonly logger: Logger
  readonly store: Store
  /** What may be lost: Redis when it is configured, else the main store. */
  readonly cache: Cache
  readonly gazetteer: Gazetteer
  /** Working days; an admin's own notices in DATA_DIR/holidays win. */
  readonly calendar: WorkCalendar
  readonly tokenizer: Tokenizer
  readonly knowledge: KnowledgeBase
  readonly contact: Contact
  /** The day it is in the union's time zone. */
  today(): Temporal.PlainDate
  /** Questions that the documents in force answer: offered to whoever has none. */
  readonly exampleQuestions: readonly string[]
  /** Answers in full at once without a model; with one, waits {@link MODEL_PATIENCE_MS} at most. */
  ask(query: Query, signal?: AbortSignal): Promise<AskReply>
  /** Calls `listener` after every answer, whichever channel asked; milliseconds. */
  onAnswer(listener: (answer: Answer, latencyMs: number) => void): void
  readonly models: Models
  /** How an answer comes about, in words: 「为什么这样答」. */
  explain(query: Query): Promise<readonly ExplanationStep[]>
  /** Reads a file; stores nothing. */
  read(source: DocumentSource, overrides?: FrontMatter): Promise<DocumentReading>
  /** Stores what was read; a first real document takes the samples out of force. */
  add(reading: DocumentReading, options: ArrivalOptions, actor: string): Promise<Arrival>
  /** Who changes what, now: for the functions of knowledge/. */
  change(actor: string): ChangeContext
  /** Puts the sample documents into a store that never had any document. */
  seedSamples(): Promise<void>
  close(): Promise<void>
}

const DATA = join(import.meta.dirname, '../data')
/** Offered while the documents name no lists. */
const GENERAL_EXAMPLES = ['工会驿站有什么要求？', '对困难职工有哪些帮扶？', '劳动竞赛怎么开展？']

/** @throws {BotError} when the store cannot be opened, or a setting names a place that does not exist. */
export async function createApp(
  config: Config,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): Promise<App> {
  const gazetteer = createGazetteer(JSON.parse(readFileSync(join(DATA, 'divisions.json'), 'utf8')))
  const contact = contactOf(config, gazetteer)
  const terms = followFile(join(DATA, 'terms.txt'), {
    clock,
    parse: parseTermDictionary,
    onChange: ({ faults }) => logger.info('terms_read', { faults: faults.length }),
    onFault: (error) => logger.warn('terms_unreadable', { error }),
  })
  const tokenizer = createTokenizer()
  const store = await openStore(storeOptions(config))
  const redis = config.REDIS_URL && (await openRedisCache(config.REDIS_URL, logger))
  const index = createSearchIndex(tokenizer)
  const closing = new AbortController()
  const listeners: ((answer: Answer, latencyMs: number) => void)[] = []
  const repairer = createQueryRepairer({
    index,
    dictionary: () => terms.current(),
    tokenizer,
    placesIn: (text) => gazetteer.findIn(text),
  })
  const knowledge = createKnowledgeBase(store.knowledge, index, {
    learn: (most) => repairer.learn(most),
    signal: closing.signal,
    onStale: (error) => logger.warn('knowledge_stale', { error }),
  })
  const tools = {
    index,
    reader: createUnitReader(),
    tagger: tokenizer,
    gazetteer,
    contact,
    get examples() {
      return examplesOf(index)
    },
    get terms() {
      return terms.current()
    },
    repair: (text: string) => repairer.repair(text).text,
  }
  const pinnedTools = {
    list: () => store.pinned.list(),
    wordsOf: (text: string) => tokenizer.tokens(text),
    standardize: (text: string) => standardTerms(text, terms.current()),
    unionName: contact.unionName,
  }
  const models = await createModels(config, {
    clock,
    logger,
    index,
    cache: store.cache,
    tagger: tokenizer,
    gazetteer,
  })
  const calendar = loadWorkCalendar(config.DATA_DIR)
  const app: App = {
    config,
    models,
    clock,
    logger,
    store,
    cache: redis || store.cache,
    gazetteer,
    calendar,
    tokenizer,
    knowledge,
    contact,
    get exampleQuestions() {
      return examplesOf(index)
    },
    read: (source, overrides) =>
      ingestDocument(source, { tokenizer, gazetteer, calendar, ...(overrides && { overrides }) }),
    change: (actor) => ({ store, actor, at: clock.now() }),
    add: (reading, options, actor) =>
      addReal(reading, options, { context: app.change(actor), today: app.today() }),
    seedSamples: () => seedSamples(app),
    today: () => clock.now().toZonedDateTimeISO(config.TIME_ZONE).toPlainDate(),
    ask: async (query, signal = closing.signal) => {
      await knowledge.refresh()
      void models.hybrid?.follow(closing.signal)
      const startedAt = performance.now()
      const fitting = (await models.hybrid?.indexFor(query.question, signal)) ?? index
      const pinned = await pinnedAnswerTo(query, pinnedTools)
      const found =
        pinned ??
        (await answerQuestion(query, fitting === index ? tools : { ...tools, index: fitting }))
      const isWritable = !pinned && found.kind === 'grounded' && models.write !== undefined
      const worded = isWritable ? await models.write(found, query, waiting(signal)) : found
      const answer = await withLedger(worded, query, store, config.TIME_ZONE)
      const text = toPlainText(renderAnswer(answer))
      const latencyMs = performance.now() - startedAt
      for (const listener of listeners) listener(answer, latencyMs)
      return { answer, text, latencyMs }
    },
    onAnswer: (listener) => {
      listeners.push(listener)
    },
    explain: async (query) => {
      await knowledge.refresh()
      return explainAnswer(query, tools)
    },
    close: async () => {
      closing.abort()
      await models.hybrid?.follow(closing.signal)
      if (redis) await redis.close()
      await store.close()
    },
  }
  return app
}

/** 「书屋建了多少」: what cadres have reported stands beside what the plan says. */
async function withLedger(
  answer: Answer,
  query: Query,
  { tasks }: Store,
  timeZone: string,
): Promise<Answer> {
  if (answer.kind === 'refused') return answer
  const options = { role: query.role, today: query.askedOn, timeZone }
  const figures = await ledgerFigures(query.question, tasks, options)
  return figures.length === 0 ? answer : { ...answer, ledger: figures.map(({ text }) => text) }
}

/** A person who asked does not wait longer for smoother wording. */
const MODEL_PATIENCE_MS = 10_000

function waiting(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(MODEL_PATIENCE_MS)])
}

function examplesOf(index: SearchIndex): readonly string[] {
  const suggested = suggestQuestions(index.documents(), { limit: 3 })
  return [...suggested, ...GENERAL_EXAMPLES].slice(0, 3)
}

/** Where the store is: the file in DATA_DIR, or PostgreSQL. */
export function storeOptions(config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>): StoreOptions {
  if (config.DATABASE_URL !== undefined) return { databaseUrl: config.DATABASE_URL }
  return { dataDir: config.DATA_DIR }
}

function contactOf(config: Config, gazetteer: Gazetteer): Contact {
  const place = config.UNION_JURISDICTION
  if (place !== undefined && gazetteer.resolve(place) === undefined) {
    throw new BadInputError(
      'bad_config',
      `UNION_JURISDICTION:不认识地区「${place}」,请写成 甘肃省/平凉市 或区划代码 620800`,
    )
  }
  return {
    unionName: config.UNION_NAME,
    ...(config.UNION_HOTLINE && { hotline: config.UNION_HOTLINE }),
    ...(config.UNION_CONTACT && { contact: config.UNION_CONTACT }),
  }
}

function addReal(
  reading: DocumentReading,
  options: ArrivalOptions,
  { context, today }: { readonly context: ChangeContext; readonly today: Temporal.PlainDate },
) {
  return context.store.transaction(async (store) => {
    const inner = { ...context, store }
    const arrival = await addDocument(reading, options, inner)
    const { status, versionId } = arrival.version
    if (status === 'in-force') await afterPublication(versionId, inner, today)
    return arrival
  })
}

async function seedSamples(app: App): Promise<void> {
  if ((await app.store.knowledge.list()).length > 0) return
  for (const fileName of readdirSync(join(DATA, 'samples'))) {
    const original = readFileSync(join(DATA, 'samples', fileName))
    const reading = await app.read({ fileName, bytes: original })
    await addDocument(reading, { publish: true, original }, app.change('first-start'))
  }
}
