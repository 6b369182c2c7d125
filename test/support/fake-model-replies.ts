/** Requests to the fake model as they come, and replies as the API shapes them. */
import type { ServerResponse } from 'node:http'

export interface ChatRequest {
  readonly model: string
  readonly messages?: readonly { readonly role: string; readonly content: string }[]
  readonly input?: readonly string[]
  readonly response_format?: {
    readonly type: string
    readonly json_schema?: { readonly name: string }
  }
}

export function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

export function fail(response: ServerResponse, status: number, error: object): void {
  send(response, status, { error })
}

export function limit(response: ServerResponse, retryAfter: string): void {
  response.setHeader('retry-after', retryAfter)
  fail(response, 429, { message: 'slow down' })
}

export function httpDate(seconds: number): string {
  const then = Temporal.Now.instant().add({ seconds })
  return new Date(then.epochMilliseconds).toUTCString()
}

export function reply(response: ServerResponse, content: string, finish = 'stop'): void {
  send(response, 200, {
    id: 'fake',
    object: 'chat.completion',
    model: 'fake',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  })
}

/** Length of the fake embedding model's vectors. */
export const FAKE_DIMENSIONS = 256

/** Vectors of character pairs, so that texts with common wording are near one another. */
export function replyVectors(
  input: readonly string[],
  response: ServerResponse,
  length = FAKE_DIMENSIONS,
) {
  const data = input.map((text, index) => {
    const embedding = Array.from({ length }, () => 0.01)
    for (let i = 0; i + 1 < text.length; i++) {
      const cell = (text.charCodeAt(i) * 31 + text.charCodeAt(i + 1)) % length
      embedding[cell] = (embedding[cell] ?? 0) + 1
    }
    return { object: 'embedding', index, embedding }
  })
  send(response, 200, { object: 'list', data, model: 'fake', usage: { prompt_tokens: 10 } })
}
