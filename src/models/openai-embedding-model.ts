/** Any endpoint that speaks OpenAI's embeddings. Vectors come out with length 1. */
import OpenAI from 'openai'
import type { EmbeddingModel } from './embedding-model.ts'
import { ModelError } from './language-model.ts'
import type { ModelCaller } from './model-caller.ts'
import type { EndpointOptions } from './openai-language-model.ts'

/** Texts a request: the smallest limit among the endpoints we know (DashScope's is 10). */
const BATCH = 10

/**
 * @param dimensions what the model gives; a reply of another length is refused, because vectors of
 * two models must never be compared.
 */
export function createOpenAiEmbeddingModel(
  { apiKey, baseUrl, model, dimensions }: EndpointOptions & { readonly dimensions: number },
  caller: ModelCaller,
): EmbeddingModel {
  const client = new OpenAI({ apiKey, baseURL: baseUrl, maxRetries: 0 })
  const embedBatch = (texts: readonly string[], signal: AbortSignal) =>
    caller.call(async (either) => {
      const reply = await client.embeddings.create(
        { model, input: [...texts], encoding_format: 'float' },
        { signal: either },
      )
      caller.spend({ embedding: reply.usage?.prompt_tokens ?? 0 })
      return vectorsOf(reply, texts.length, dimensions)
    }, signal)
  return {
    id: model,
    dimensions,
    async embed(texts, signal) {
      const vectors: Float32Array[] = []
      for (let i = 0; i < texts.length; i += BATCH) {
        vectors.push(...(await embedBatch(texts.slice(i, i + BATCH), signal)))
      }
      return vectors
    },
  }
}

/** Asks the endpoint once how long its vectors are. */
export async function probeDimensions(
  { apiKey, baseUrl, model }: EndpointOptions,
  caller: ModelCaller,
  signal: AbortSignal,
): Promise<number> {
  const client = new OpenAI({ apiKey, baseURL: baseUrl, maxRetries: 0 })
  return caller.call(async (either) => {
    const reply = await client.embeddings.create(
      { model, input: ['工会'], encoding_format: 'float' },
      { signal: either },
    )
    const length = Array.isArray(reply.data) ? reply.data[0]?.embedding?.length : undefined
    if (length === undefined || length === 0) throw badReply()
    return length
  }, signal)
}

interface EmbeddingsReply {
  readonly data?: readonly { readonly index: number; readonly embedding: readonly number[] }[]
}

function vectorsOf(reply: EmbeddingsReply, wanted: number, dimensions: number): Float32Array[] {
  const rows = Array.isArray(reply.data) ? [...reply.data].sort((a, b) => a.index - b.index) : []
  if (rows.length !== wanted) throw badReply()
  return rows.map(({ embedding }) => {
    if (!Array.isArray(embedding) || embedding.length !== dimensions) throw badReply()
    return normalise(Float32Array.from(embedding))
  })
}

function normalise(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  if (!Number.isFinite(length) || length === 0) throw badReply()
  return vector.map((value) => value / length)
}

function badReply(): ModelError {
  return new ModelError('model_bad_reply', '向量模型的答复不对：条数或维数与所配置的模型不符。')
}
