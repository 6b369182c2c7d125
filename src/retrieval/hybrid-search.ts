/**
 * Words and meaning together, when there is an embedding model: the lexical ranking and the nearest
 * vectors joined by reciprocal rank fusion. Words alone answer whenever the model does not, or not
 * in time.
 *
 * Vectors are made once and kept in a cache under the model's name, their length and the passage's
 * text; they are made behind the questions, never in front of them.
 */
import { createHash } from 'node:crypto'
import type { EmbeddingModel } from '../models/embedding-model.ts'
import { fuseRankings } from './fuse-rankings.ts'
import type {
  IndexedDocument,
  IndexedPassage,
  SearchHit,
  SearchIndex,
  SearchRequest,
} from './search-index.ts'
import { createVectorIndex } from './vector-index.ts'

/** Where vectors outlive the process; what it loses is made again. */
export interface VectorCache {
  getMany(keys: string[]): Promise<readonly (Uint8Array | undefined)[]>
  set(key: string, vector: Uint8Array): Promise<unknown>
}

export interface HybridSearch {
  /** The index to answer one question with: fused, or the lexical one when the model fails. */
  indexFor(question: string, signal: AbortSignal): Promise<SearchIndex>
  /** Takes in new passages and drops removed ones. Calls that overlap share one run. */
  follow(signal: AbortSignal): Promise<void>
  /** Passages that have a vector. */
  readonly size: number
}

export interface HybridSources {
  readonly index: SearchIndex
  readonly model: EmbeddingModel
  readonly cache: VectorCache
  /** Told of every failure of the model; the answer goes on without it. */
  readonly onFault: (cause: unknown) => void
}

/** A question is not kept waiting longer for its vector. */
const QUESTION_DEADLINE_MS = 1_500
const LONGEST_QUESTION = 500
/** Passages embedded at a time. */
const BATCH = 40
/** Neighbours fused with the words' ranking. */
const NEIGHBOURS = 50
/** Words weigh more: numbers, names and places are what is asked for. */
const WEIGHTS = { words: 1, vectors: 0.7 }

/** Hybrid search over a lexical index that others fill. */
export function createHybridSearch({ index, model, cache, onFault }: HybridSources): HybridSearch {
  const vectors = createVectorIndex(model.dimensions)
  /** Version → keys of its passages, in order. */
  const held = new Map<string, readonly string[]>()
  let running: Promise<void> | undefined
  /** What the index's `changes` were when all of it was taken in: asked after each question. */
  let followed = -1

  const takeIn = async (document: IndexedDocument, signal: AbortSignal): Promise<void> => {
    const keys = document.passages.map((_, place) => keyOf(document, place))
    for (let i = 0; i < keys.length; i += BATCH) {
      signal.throwIfAborted()
      const passages = document.passages.slice(i, i + BATCH)
      const found = await vectorsOf(passages, { model, cache }, signal)
      for (const [j, vector] of found.entries()) vectors.set(keys[i + j] ?? '', vector)
    }
    held.set(document.versionId, keys)
  }

  const follow = async (signal: AbortSignal): Promise<void> => {
    const { changes } = index
    if (changes === followed) return
    for (const [versionId, keys] of held) {
      if (index.document(versionId) !== undefined) continue
      for (const key of keys) vectors.delete(key)
      held.delete(versionId)
    }
    for (const document of [...index.documents()]) {
      signal.throwIfAborted()
      if (!held.has(document.versionId)) await takeIn(document, signal)
    }
    followed = changes
  }

  return {
    get size() {
      return vectors.size
    },
    follow(signal) {
      running ??= follow(signal)
        .catch((cause: unknown) => {
          if (!signal.aborted) onFault(cause)
        })
        .finally(() => {
          running = undefined
        })
      return running
    },
    async indexFor(question, signal) {
      if (vectors.size === 0) return index
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(QUESTION_DEADLINE_MS)])
      try {
        const [vector] = await model.embed([question.slice(0, LONGEST_QUESTION)], deadline)
        if (vector === undefined) return index
        const near = (request: SearchRequest) => neighbours(request, vector)
        return {
          ...index,
          search: (request) => fuse(request, index.search(request), near(request)),
        }
      } catch (cause) {
        // The words answer by themselves; the fault is counted where onFault leads.
        onFault(cause)
        return index
      }
    },
  }

  function neighbours({ accepts, prior }: SearchRequest, vector: Float32Array): SearchHit[] {
    const documentOf = (key: string) => index.document(key.slice(0, key.lastIndexOf('/')))
    const found = vectors.search(vector, NEIGHBOURS, (key) => {
      const document = documentOf(key)
      if (document === undefined || accepts?.(document) === false) return false
      return (prior?.(document) ?? 1) > 0
    })
    return found.flatMap(({ key, similarity }) => {
      const document = documentOf(key)
      const passage = document?.passages[Number(key.slice(key.lastIndexOf('/') + 1))]
      if (document === undefined || passage === undefined) return []
      return [{ document, passage, score: similarity, coverage: 0 }]
    })
  }
}

function keyOf({ versionId }: IndexedDocument, place: number): string {
  return `${versionId}/${place}`
}

/** Scores stay in the words' measure, so that nothing after the search need know of the fusion. */
function fuse(
  request: SearchRequest,
  byWords: readonly SearchHit[],
  byVectors: readonly SearchHit[],
): SearchHit[] {
  const top = byWords[0]?.score ?? 1
  const fused = fuseRankings(
    [
      { items: byWords, weight: WEIGHTS.words },
      { items: byVectors, weight: WEIGHTS.vectors },
    ],
    ({ document, passage }) => `${document.versionId}/${passage.ordinal}`,
  )
  return fused
    .slice(0, request.limit)
    .map(({ item, score }) => ({
      ...item,
      score: top * score * (request.prior?.(item.document) ?? 1),
    }))
    .sort((a, b) => b.score - a.score)
}

async function vectorsOf(
  passages: readonly IndexedPassage[],
  { model, cache }: Pick<HybridSources, 'model' | 'cache'>,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const keys = passages.map(({ text }) => cacheKey(model, text))
  const stored = await cache.getMany(keys)
  const known = stored.map((bytes) => readVector(bytes, model.dimensions))
  const missing = passages.filter((_, i) => known[i] === undefined)
  const made =
    missing.length === 0
      ? []
      : await model.embed(
          missing.map(({ text }) => text),
          signal,
        )
  const vectors: Float32Array[] = []
  for (const [i, vector] of known.entries()) {
    const own = vector ?? made.shift()
    if (own === undefined) throw new RangeError('the model gave fewer vectors than texts')
    if (vector === undefined) await cache.set(keys[i] ?? '', bytesOf(own))
    vectors.push(own)
  }
  return vectors
}

function cacheKey({ id, dimensions }: EmbeddingModel, text: string): string {
  return createHash('sha256').update(`${id}\n${dimensions}\n${text}`).digest('base64url')
}

function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
}

/** undefined for what is not a vector of this length. */
function readVector(bytes: Uint8Array | undefined, dimensions: number): Float32Array | undefined {
  if (bytes === undefined || bytes.byteLength !== dimensions * 4) return undefined
  return new Float32Array(Uint8Array.from(bytes).buffer)
}
