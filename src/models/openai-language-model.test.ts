import { afterEach, describe, expect, it } from 'vitest'
import { type FakeModelServer, startFakeModel } from '../../test/support/fake-model-server.ts'
import { createSpending } from './count-spending.ts'
import type { ModelError } from './language-model.ts'
import { type CallerOptions, createModelCaller } from './model-caller.ts'
import { createOpenAiLanguageModel } from './openai-language-model.ts'

const servers: FakeModelServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

const PROMPT = {
  system: '规则',
  user: '核对过的短答案:\n<x>\n30个。\n</x>',
  schema: { name: 'short_answer', json: { type: 'object' } },
}

async function modelNamed(
  model: string,
  options: Partial<CallerOptions> & { failsFirst?: number; today?: () => string } = {},
) {
  const server = await startFakeModel(options)
  servers.push(server)
  const spending = await createSpending({
    prices: {},
    today: options.today ?? (() => '2014-05-08'),
  })
  const caller = createModelCaller({ spending, retryAfterMs: 1, ...options })
  const language = createOpenAiLanguageModel({ apiKey: 'test', baseUrl: server.url, model }, caller)
  const complete = (signal = new AbortController().signal) =>
    language.complete(PROMPT, { maxTokens: 100, signal })
  const codeOf = async (signal?: AbortSignal) =>
    complete(signal).then(
      () => 'ok',
      (error: ModelError) => error.code,
    )
  return { server, caller, complete, codeOf }
}

describe('the language model', () => {
  it('completes and counts what it cost', async () => {
    const { complete, caller } = await modelNamed('good')
    expect(await complete()).toMatchObject({ promptTokens: 100, completionTokens: 20 })
    expect(caller.usage()).toMatchObject({ calls: 1, today: { prompt: 100, completion: 20 } })
  })

  it('asks for a JSON schema, and for plain JSON when the endpoint knows none', async () => {
    const { complete, server } = await modelNamed('json-only')
    await complete()
    await complete()
    expect(server.requests.map((request) => request.response_format?.type)).toEqual([
      'json_schema',
      'json_object',
      'json_object',
    ])
    expect(server.requests[1]?.messages?.[0]?.content).toContain('JSON Schema')
  })

  it.each([
    ['rate-limited', 'model_rate_limited', 2],
    ['broken', 'model_server_error', 2],
    ['hangup', 'model_unreachable', 2],
    ['no-credit', 'model_no_credit', 1],
    ['bad-key', 'model_bad_key', 1],
    ['unknown', 'model_not_found', 1],
    ['page', 'model_bad_reply', 1],
    ['no-choices', 'model_bad_reply', 1],
    ['cut', 'model_reply_cut', 1],
    ['filtered', 'model_bad_reply', 1],
  ])('%s ends as %s after %i calls', async (model, code, calls) => {
    const { codeOf, server, caller } = await modelNamed(model)
    expect(await codeOf()).toBe(model === 'filtered' ? 'model_reply_filtered' : code)
    expect(server.requests).toHaveLength(calls)
    expect(Object.values(caller.usage().failures)).toEqual([1])
  })

  it('gets through when the second try works', async () => {
    const { codeOf } = await modelNamed('good', { failsFirst: 1 })
    expect(await codeOf()).toBe('ok')
  })

  it('gives up at its deadline and does not try again', async () => {
    const { codeOf, server } = await modelNamed('slow', { deadlineMs: 30 })
    expect(await codeOf()).toBe('model_timeout')
    expect(server.requests).toHaveLength(1)
  })

  it('stops when the caller no longer waits', async () => {
    const { codeOf, caller } = await modelNamed('slow')
    expect(await codeOf(AbortSignal.timeout(20))).toBe('model_cancelled')
    expect(caller.resting).toBe(false)
  })

  it.each([
    ['limited-briefly', 'model_rate_limited', 2, false],
    ['limited-long', 'model_rate_limited', 1, true],
    ['limited-until', 'model_rate_limited', 1, true],
    ['limited-past', 'model_rate_limited', 2, false],
  ])('%s: waits as long as the endpoint asks, or not at all', async (model, code, calls, rests) => {
    const { codeOf, server, caller } = await modelNamed(model)
    expect(await codeOf()).toBe(code)
    expect(server.requests).toHaveLength(calls)
    expect(caller.resting).toBe(rests)
    if (rests) expect(await codeOf()).toBe('model_resting')
    expect(server.requests.length).toBeLessThanOrEqual(calls + (rests ? 0 : 1))
  })

  it('asks a few at a time, keeps a short queue, and turns the rest away', async () => {
    const { codeOf, server } = await modelNamed('good', { atOnce: 1 })
    const codes = await Promise.all(Array.from({ length: 7 }, () => codeOf()))
    expect(codes.filter((code) => code === 'ok')).toHaveLength(5)
    expect(codes.filter((code) => code === 'model_busy')).toHaveLength(2)
    expect(server.most).toBe(1)
  })

  it('leaves an endpoint alone after failures in a row, and comes back', async () => {
    const { codeOf, server, caller } = await modelNamed('good', {
      failsFirst: 4,
      failuresToRest: 2,
      restMs: 40,
    })
    expect([await codeOf(), await codeOf(), await codeOf()]).toEqual([
      'model_server_error',
      'model_server_error',
      'model_resting',
    ])
    expect(caller.resting).toBe(true)
    expect(server.requests).toHaveLength(4)
    await expect.poll(() => codeOf(), { timeout: 2000, interval: 20 }).toBe('ok')
    expect(caller.resting).toBe(false)
  })

  it('stops for the day when the budget is spent, and goes on the next day', async () => {
    let day = '2014-05-08'
    const { codeOf } = await modelNamed('good', { dailyTokens: 150, today: () => day })
    expect([await codeOf(), await codeOf(), await codeOf()]).toEqual([
      'ok',
      'ok',
      'model_budget_spent',
    ])
    day = '2014-05-09'
    expect(await codeOf()).toBe('ok')
  })
})
