/**
 * The composition root: the only file that names concrete adapters. Everything below it receives
 * values and functions. Two apps can live in one process.
 */
import { join } from 'node:path'
import type { ExplanationStep } from './answering/explain-answer.ts'
import { createAsker } from './assembly/create-asker.ts'
import { createModels, type Models } from './assembly/create-models.ts'
import { followTerms } from './assembly/follow-terms.ts'
import { createIndexKeeper } from './assembly/keep-index.ts'
import { loadGazetteer } from './assembly/load-gazetteer.ts'
import { loadHolidayNotices } from './assembly/load-work-calendar.ts'
import { type AnswersPreview, createAnswersPreview } from './assembly/preview-answers.ts'
import { createReadAside } from './assembly/read-aside.ts'
import { contactOf, homeOf, storeOptions } from './assembly/read-settings.ts'
import { seedSamples, takeIn } from './assembly/take-in.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Answer } from './domain/answer.ts'
import type { Contact } from './domain/contact.ts'
import type { DocumentReading } from './domain/document.ts'
import type { Gazetteer } from './domain/jurisdiction.ts'
import type { Query } from './domain/query.ts'
import { type DocumentSource, ingestDocument } from './ingestion/ingest-document.ts'
import type { FrontMatter } from './ingestion/read-front-matter.ts'
import type { Arrival, ArrivalOptions, ChangeContext } from './knowledge/publish-document.ts'
import type { Logger } from './logger.ts'
import { createKnowledgeBase, type KnowledgeBase } from './retrieval/knowledge-base.ts'
import { createQueryRepairer } from './retrieval/repair-query.ts'
import { createSearchIndex } from './retrieval/search-index.ts'
import { createStage } from './retrieval/stage-documents.ts'
import type { TermDictionary } from './retrieval/term-dictionary.ts'
import type { Cache } from './storage/cache.ts'
import { openRedisCache } from './storage/redis/open-redis-cache.ts'
import { openStore } from './storage/sql/open-store.ts'
import type { Store } from './storage/store.ts'
import { createTokenizer, type Tokenizer } from './text/tokenize.ts'
import { type WorkCalendar, workCalendar } from './text/working-days.ts'

export interface AskReply {
  readonly answer: Answer
  readonly text: string
  readonly latencyMs: number
}

export interface QuotedReply extends AskReply {
  /** undefined when the quoted answer stands. */
  readonly reword?: (signal: AbortSignal) => Promise<Answer | undefined>
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
  /** The term dictionary as it is now. */
  terms(): TermDictionary
  /** The day it is in the union's time zone. */
  today(): Temporal.PlainDate
  /** Questions that the documents in force answer: offered to whoever has none. */
  readonly exampleQuestions: readonly string[]
  /** Answers in full at once without a model; with one, waits {@link MODEL_PATIENCE_MS} at most. */
  ask(query: Query, signal?: AbortSignal): Promise<AskReply>
  /** The answer by quotation, at once; `reword` is a model's wording of it, when one is configured. */
  quote(query: Query, signal?: AbortSignal): Promise<QuotedReply>
  /** Calls `listener` after every answer, whichever channel asked; milliseconds. */
  onAnswer(listener: (answer: Answer, latencyMs: number) => void): void
  readonly models: Models
  /** How an answer comes about, in words: 「为什么这样答」. */
  explain(query: Query): Promise<readonly ExplanationStep[]>
  /** Which answers would change if a draft were published; publishes nothing. */
  readonly previewAnswers: AnswersPreview
  /** Reads a file; stores nothing. A long one is read on another thread. */
  read(source: DocumentSource, overrides?: FrontMatter): Promise<DocumentReading>
  /** The same on another thread, however short: of many files one is read while another is stored. */
  readAside(source: DocumentSource, overrides?: FrontMatter): Promise<DocumentReading>
  /** Stores what was read; a first real document takes the samples out of force. */
  add(reading: DocumentReading, options: ArrivalOptions, actor: string): Promise<Arrival>
  /** Who changes what, now: for the functions of knowledge/. */
  change(actor: string): ChangeContext
  /** Puts the sample documents into a store that never had any document. */
  seedSamples(): Promise<void>
  close(): Promise<void>
}

const DATA = join(import.meta.dirname, '../data')
/** Bytes that are read in some 50 ms: a thread would take longer to start. */
const SHORT = 50_000

/** @throws {BotError} when the store cannot be opened, or a setting names a place that does not exist. */
export async function createApp(
  config: Config,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): Promise<App> {
  const gazetteer = loadGazetteer()
  const contact = contactOf(config)
  const home = homeOf(config, gazetteer)
  const terms = followTerms(
    { shipped: join(DATA, 'terms.txt'), dataDir: config.DATA_DIR },
    { clock, logger },
  )
  const tokenizer = createTokenizer()
  const store = await openStore(storeOptions(config))
  const redis = config.REDIS_URL && (await openRedisCache(config.REDIS_URL, logger))
  const stage = createStage(createSearchIndex(tokenizer))
  const { index } = stage
  const closing = new AbortController()
  const repairer = createQueryRepairer({
    index,
    dictionary: terms,
    tokenizer,
    placesIn: (text) => gazetteer.findIn(text),
    placeNames: () => gazetteer.names(),
  })
  const knowledge = createKnowledgeBase(store.knowledge, index, {
    learn: (most) => repairer.learn(most),
    keeper: createIndexKeeper(config.DATA_DIR, logger),
    signal: closing.signal,
    onStale: (error) => logger.warn('knowledge_stale', { error }),
  })
  const models = await createModels(config, {
    clock,
    logger,
    index,
    cache: store.cache,
    tagger: tokenizer,
    gazetteer,
  })
  const holidays = loadHolidayNotices(config.DATA_DIR)
  const calendar = workCalendar(holidays)
  const asker = createAsker({
    store,
    knowledge,
    tokenizer,
    gazetteer,
    contact,
    models,
    terms,
    repair: (text) => repairer.repair(text),
    timeZone: config.TIME_ZONE,
    homeCode: home?.code,
    signal: closing.signal,
  })
  const aside = createReadAside(holidays)
  const refined = async (reading: DocumentReading) =>
    models.refine ? models.refine(reading, calendar) : reading
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
    terms,
    get exampleQuestions() {
      return asker.exampleQuestions
    },
    ask: asker.ask,
    quote: asker.quote,
    explain: asker.explain,
    previewAnswers: createAnswersPreview({
      store,
      knowledge,
      stage,
      asker,
      today: () => app.today(),
      signal: closing.signal,
    }),
    onAnswer: asker.onAnswer,
    read: async (source, overrides) => {
      if (source.bytes.length > SHORT) return app.readAside(source, overrides)
      const tools = { tokenizer, gazetteer, calendar, ...(overrides && { overrides }) }
      return refined(await ingestDocument(source, tools))
    },
    readAside: async (source, overrides) => refined(await aside.read(source, overrides)),
    change: (actor) => ({ store, actor, at: clock.now() }),
    add: (reading, options, actor) =>
      takeIn(reading, options, { context: app.change(actor), today: app.today() }),
    seedSamples: () => seedSamples(app, join(DATA, 'samples')),
    today: () => clock.now().toZonedDateTimeISO(config.TIME_ZONE).toPlainDate(),
    close: async () => {
      closing.abort()
      await aside.close()
      await models.hybrid?.follow(closing.signal)
      await models.settled()
      if (redis) await redis.close()
      await store.close()
    },
  }
  return app
}
