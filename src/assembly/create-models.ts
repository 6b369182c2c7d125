/**
 * The models a configuration asks for, ready to use; nothing is loaded and nobody is called when it
 * asks for none. Part of the composition root: only app.ts calls it.
 */
import { randomBytes } from 'node:crypto'
import type { WritingTools } from '../answering/write-answer.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { GroundedAnswer } from '../domain/answer.ts'
import type { DocumentReading } from '../domain/document.ts'
import type { Query } from '../domain/query.ts'
import type { Logger } from '../logger.ts'
import type { Spending } from '../models/count-spending.ts'
import type { ModelUsage } from '../models/model-caller.ts'
import { createHybridSearch, type HybridSearch } from '../retrieval/hybrid-search.ts'
import type { SearchIndex } from '../retrieval/search-index.ts'
import type { Cache } from '../storage/cache.ts'
import type { WorkCalendar } from '../text/working-days.ts'

export interface Models {
  /** Words a quoted answer more smoothly, or returns it as it is; absent without a language model. */
  readonly write?: (
    answer: GroundedAnswer,
    query: Query,
    signal: AbortSignal,
  ) => Promise<GroundedAnswer>
  /** Says in full what a follow-up asks; undefined when it stands as it is. Absent without a language model. */
  readonly restate?: (query: Query, signal: AbortSignal) => Promise<string | undefined>
  /** Tidies the tasks read out of a document, or returns it as it is; absent without a language model. */
  readonly refine?: (reading: DocumentReading, calendar: WorkCalendar) => Promise<DocumentReading>
  /** Absent without an embedding model. */
  readonly hybrid?: HybridSearch
  /** For /health and /metrics; undefined without any model. */
  readonly state: () => ModelState | undefined
  /** Resolves when what was spent is kept: before the store closes. */
  readonly settled: () => Promise<void>
}

export interface ModelState {
  readonly usage: ModelUsage
  /** The endpoint keeps failing and is left alone for a while: answers are quoted, search is by words. */
  readonly resting: boolean
  /** How often each outcome came up: written, fault:figure, error:model_timeout, restating:restated … */
  readonly writing: Readonly<Record<string, number>>
  /** Passages that have a vector; undefined without an embedding model. */
  readonly vectors?: number
}

interface Surroundings extends Pick<WritingTools, 'tagger' | 'gazetteer'> {
  readonly clock: Pick<Clock, 'now'>
  readonly logger: Logger
  readonly index: SearchIndex
  readonly cache: Cache
}

/** Asking an embedding model how long its vectors are must not hold up the start. */
const PROBE_MS = 5_000

export async function createModels(config: Config, around: Surroundings): Promise<Models> {
  const { OPENAI_MODEL, OPENAI_EMBEDDING_MODEL } = config
  if (OPENAI_MODEL === undefined && OPENAI_EMBEDDING_MODEL === undefined) {
    return { state: () => undefined, settled: async () => {} }
  }
  const { createModelCaller } = await import('../models/model-caller.ts')
  const spending = await spendingOf(config, around)
  const caller = createModelCaller({
    dailyTokens: config.OPENAI_DAILY_TOKENS,
    spending,
    onRest: (resting) => around.logger.warn(resting ? 'model_resting' : 'model_back'),
  })
  const writing: Record<string, number> = {}
  const hybrid = await hybridOf(config, caller, around)
  const write = await writerOf(config, caller, around, (outcome) => {
    writing[outcome] = (writing[outcome] ?? 0) + 1
    if (outcome !== 'written') around.logger.info('answer_kept_quoted', { outcome })
  })
  const restate = await restaterOf(config, caller, around, (outcome) => {
    const name = `restating:${outcome}`
    writing[name] = (writing[name] ?? 0) + 1
    around.logger.info('follow_up_restated', { outcome })
  })
  const refine = await refinerOf(config, caller, around)
  return {
    ...(write && { write }),
    ...(restate && { restate }),
    ...(refine && { refine }),
    ...(hybrid && { hybrid }),
    settled: () => spending.kept(),
    state: () => ({
      usage: caller.usage(),
      resting: caller.resting,
      writing: { ...writing },
      ...(hybrid && { vectors: hybrid.size }),
    }),
  }
}

/** What was spent outlives a restart: a process that keeps starting again must keep to the day's budget. */
async function spendingOf(config: Config, { clock, cache }: Surroundings): Promise<Spending> {
  const { createSpending } = await import('../models/count-spending.ts')
  const { OPENAI_PRICE_PROMPT, OPENAI_PRICE_COMPLETION, OPENAI_PRICE_EMBEDDING } = config
  return createSpending({
    prices: {
      ...(OPENAI_PRICE_PROMPT !== undefined && { prompt: OPENAI_PRICE_PROMPT }),
      ...(OPENAI_PRICE_COMPLETION !== undefined && { completion: OPENAI_PRICE_COMPLETION }),
      ...(OPENAI_PRICE_EMBEDDING !== undefined && { embedding: OPENAI_PRICE_EMBEDDING }),
    },
    today: () => clock.now().toZonedDateTimeISO(config.TIME_ZONE).toPlainDate().toString(),
    store: cache.keyv('model-spending'),
  })
}

type Caller = ReturnType<typeof import('../models/model-caller.ts').createModelCaller>

async function writerOf(
  config: Config,
  caller: Caller,
  { tagger, gazetteer }: Surroundings,
  onOutcome: (outcome: string) => void,
): Promise<Models['write']> {
  const { OPENAI_MODEL, PUBLIC_URL } = config
  if (OPENAI_MODEL === undefined) return undefined
  const { createOpenAiLanguageModel } = await import('../models/openai-language-model.ts')
  const { writeAnswer } = await import('../answering/write-answer.ts')
  const { loadPrompt } = await import('../answering/load-prompt.ts')
  const tools = {
    model: createOpenAiLanguageModel({ ...endpointOf(config), model: OPENAI_MODEL }, caller),
    prompt: loadPrompt('write-answer'),
    tagger,
    gazetteer,
    allowedHosts: PUBLIC_URL === undefined ? [] : [new URL(PUBLIC_URL).host],
    randomId: () => randomBytes(6).toString('hex'),
    onOutcome,
  }
  return (answer, query, signal) => writeAnswer(answer, query, { ...tools, signal })
}

async function restaterOf(
  config: Config,
  caller: Caller,
  { tagger, gazetteer }: Surroundings,
  onOutcome: (outcome: string) => void,
): Promise<Models['restate']> {
  const { OPENAI_MODEL } = config
  if (OPENAI_MODEL === undefined) return undefined
  const { createOpenAiLanguageModel } = await import('../models/openai-language-model.ts')
  const { restateQuestion } = await import('../answering/restate-question.ts')
  const { loadPrompt } = await import('../answering/load-prompt.ts')
  const tools = {
    model: createOpenAiLanguageModel({ ...endpointOf(config), model: OPENAI_MODEL }, caller),
    prompt: loadPrompt('restate-question'),
    tagger,
    gazetteer,
    randomId: () => randomBytes(6).toString('hex'),
    onOutcome,
  }
  return (query, signal) => restateQuestion(query, { ...tools, signal })
}

/** Somebody waits for the page that shows the tasks. */
const REFINING_MS = 20_000

async function refinerOf(
  config: Config,
  caller: Caller,
  { cache, logger }: Surroundings,
): Promise<Models['refine']> {
  const { OPENAI_MODEL } = config
  if (OPENAI_MODEL === undefined) return undefined
  const { createOpenAiLanguageModel } = await import('../models/openai-language-model.ts')
  const { refineTasks } = await import('../ingestion/refine-tasks.ts')
  const { loadPrompt } = await import('../answering/load-prompt.ts')
  const replies = cache.keyv('refined-tasks')
  const tools = {
    model: createOpenAiLanguageModel({ ...endpointOf(config), model: OPENAI_MODEL }, caller),
    prompt: loadPrompt('refine-tasks'),
    cache: {
      get: (key: string) => replies.get<string>(key),
      set: (key: string, reply: string) => replies.set(key, reply),
    },
    randomId: () => randomBytes(6).toString('hex'),
    onOutcome: (outcome: string) => logger.info('tasks_refined', { outcome }),
  }
  return (reading, calendar) =>
    refineTasks(reading, { ...tools, calendar, signal: AbortSignal.timeout(REFINING_MS) })
}

async function hybridOf(
  config: Config,
  caller: Caller,
  { index, cache, logger }: Surroundings,
): Promise<HybridSearch | undefined> {
  const model = config.OPENAI_EMBEDDING_MODEL
  if (model === undefined) return undefined
  const { createOpenAiEmbeddingModel, probeDimensions } = await import(
    '../models/openai-embedding-model.ts'
  )
  const endpoint = { ...endpointOf(config), model }
  const stored = cache.keyv('vectors')
  const onFault = (error: unknown) => logger.warn('embedding_failed', { error })
  try {
    const signal = AbortSignal.timeout(PROBE_MS)
    const dimensions = await probeDimensions(endpoint, caller, signal)
    return createHybridSearch({
      index,
      model: createOpenAiEmbeddingModel({ ...endpoint, dimensions }, caller),
      cache: {
        getMany: async (keys) =>
          (await stored.getMany<string>(keys)).map((text) =>
            typeof text === 'string' ? Buffer.from(text, 'base64') : undefined,
          ),
        set: (key, vector) => stored.set(key, Buffer.from(vector).toString('base64')),
      },
      onFault,
    })
  } catch (error) {
    // Search by words is complete by itself; /health shows that there are no vectors.
    onFault(error)
    return undefined
  }
}

/** Endpoints on one's own machine want no key, but the protocol wants a header. */
function endpointOf({ OPENAI_API_KEY, OPENAI_BASE_URL }: Config) {
  return {
    apiKey: OPENAI_API_KEY ?? 'none',
    ...(OPENAI_BASE_URL !== undefined && { baseUrl: OPENAI_BASE_URL }),
  }
}
