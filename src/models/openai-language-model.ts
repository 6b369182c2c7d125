/**
 * Any endpoint that speaks OpenAI's chat completions: OpenAI, DeepSeek, Qwen, vLLM, Ollama.
 *
 * A structured reply is asked for as a JSON schema; an endpoint that refuses that is asked for plain
 * JSON with the schema in the rules, and remembered. The SDK's own retries are off: model-caller.ts
 * decides.
 */
import OpenAI, { BadRequestError } from 'openai'
import type { ChatCompletion } from 'openai/resources/chat/completions'
import type { ResponseFormatJSONObject, ResponseFormatJSONSchema } from 'openai/resources/shared'
import { type Completion, type LanguageModel, ModelError, type Prompt } from './language-model.ts'
import type { ModelCaller } from './model-caller.ts'

export interface EndpointOptions {
  readonly apiKey: string
  readonly baseUrl?: string
  readonly model: string
}

/** A language model at one endpoint. */
export function createOpenAiLanguageModel(
  { apiKey, baseUrl, model }: EndpointOptions,
  caller: ModelCaller,
): LanguageModel {
  const client = new OpenAI({ apiKey, baseURL: baseUrl, maxRetries: 0 })
  let takesSchemas = true

  const request = (prompt: Prompt, asSchema: boolean, maxTokens: number, signal: AbortSignal) =>
    client.chat.completions.create(
      {
        model,
        messages: [
          { role: 'system', content: asSchema ? prompt.system : withSchema(prompt) },
          { role: 'user', content: prompt.user },
        ],
        max_tokens: maxTokens,
        temperature: 0,
        ...(prompt.schema !== undefined && { response_format: formatOf(prompt.schema, asSchema) }),
      },
      { signal },
    )

  const attempt = async (prompt: Prompt, maxTokens: number, signal: AbortSignal) => {
    const asSchema = prompt.schema !== undefined && takesSchemas
    try {
      return await request(prompt, asSchema, maxTokens, signal)
    } catch (cause) {
      if (!asSchema || !(cause instanceof BadRequestError)) throw cause
      const reply = await request(prompt, false, maxTokens, signal)
      takesSchemas = false
      return reply
    }
  }

  return {
    id: model,
    async complete(prompt, { maxTokens, signal }): Promise<Completion> {
      return caller.call(async (either) => {
        const reply = await attempt(prompt, maxTokens, either)
        const { usage } = reply
        const promptTokens = usage?.prompt_tokens ?? 0
        const completionTokens = usage?.completion_tokens ?? 0
        caller.spend({ prompt: promptTokens, completion: completionTokens })
        return { text: textOf(reply), promptTokens, completionTokens }
      }, signal)
    },
  }
}

function formatOf(
  { name, json }: NonNullable<Prompt['schema']>,
  asSchema: boolean,
): ResponseFormatJSONSchema | ResponseFormatJSONObject {
  if (!asSchema) return { type: 'json_object' }
  return { type: 'json_schema', json_schema: { name, schema: json, strict: true } }
}

function withSchema({ system, schema }: Prompt): string {
  if (schema === undefined) return system
  return `${system}\n\n只输出一个 JSON 对象,符合这个 JSON Schema:\n${JSON.stringify(schema.json)}`
}

/** The endpoint is untrusted: an HTML page or `{}` may come with status 200. */
function textOf(reply: Partial<ChatCompletion>): string {
  const choice = Array.isArray(reply.choices) ? reply.choices[0] : undefined
  if (choice?.finish_reason === 'length') {
    throw new ModelError('model_reply_cut', '模型的答复太长,被截断了。')
  }
  if (choice?.finish_reason === 'content_filter') {
    throw new ModelError('model_reply_filtered', '模型服务拦下了这次答复。')
  }
  const text = choice?.message?.content
  if (typeof text !== 'string' || text.trim() === '') {
    throw new ModelError('model_bad_reply', '模型服务没有给出答复内容。')
  }
  return text
}
