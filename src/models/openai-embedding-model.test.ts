import { afterEach, describe, expect, it } from 'vitest'
import { FAKE_DIMENSIONS } from '../../test/support/fake-model-replies.ts'
import { type FakeModelServer, startFakeModel } from '../../test/support/fake-model-server.ts'
import { createSpending } from './count-spending.ts'
import { createModelCaller } from './model-caller.ts'
import { createOpenAiEmbeddingModel, probeDimensions } from './openai-embedding-model.ts'

let server: FakeModelServer
afterEach(() => server.stop())
const signal = new AbortController().signal

async function embedderNamed(model: string) {
  server = await startFakeModel()
  const spending = await createSpending({ prices: {}, today: () => '2014-05-08' })
  const caller = createModelCaller({ spending, retryAfterMs: 1 })
  const endpoint = { apiKey: 'test', baseUrl: server.url, model }
  return {
    caller,
    endpoint,
    embedder: createOpenAiEmbeddingModel({ ...endpoint, dimensions: FAKE_DIMENSIONS }, caller),
  }
}

describe('the embedding model', () => {
  it('gives one vector of length 1 a text, in order, in as many requests as it takes', async () => {
    const { embedder } = await embedderNamed('embedding')
    const texts = Array.from({ length: 23 }, (_, i) => `职工书屋${i}`)
    const vectors = await embedder.embed(texts, signal)
    expect(vectors).toHaveLength(23)
    expect(server.requests).toHaveLength(3)
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1)
    expect(vectors[4]).toEqual((await embedder.embed(['职工书屋4'], signal))[0])
  })

  it('refuses vectors of another length', async () => {
    const { embedder } = await embedderNamed('embedding-short')
    await expect(embedder.embed(['驿站'], signal)).rejects.toMatchObject({
      code: 'model_bad_reply',
    })
  })

  it('finds out how long the vectors of an endpoint are', async () => {
    const { endpoint, caller } = await embedderNamed('embedding')
    expect(await probeDimensions(endpoint, caller, signal)).toBe(FAKE_DIMENSIONS)
  })
})
