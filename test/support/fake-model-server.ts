/**
 * A model endpoint that speaks the API over real HTTP and behaves as its model's name says. For tests,
 * and by hand: `npm run fake-model -- --port 8089`, then `OPENAI_BASE_URL=http://127.0.0.1:8089/v1`,
 * `OPENAI_API_KEY=test`, `OPENAI_MODEL=good` (or another name of {@link BEHAVIOURS}).
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { BEHAVIOURS } from './fake-model-behaviours.ts'
import { type ChatRequest, fail } from './fake-model-replies.ts'

export interface FakeModelServer {
  /** To be used as OPENAI_BASE_URL. */
  readonly url: string
  /** Bodies of the requests so far, oldest first. */
  readonly requests: readonly ChatRequest[]
  /** Most requests that were under way at once. */
  readonly most: number
  stop(): Promise<void>
}

/** Starts on a free port, or on the given one. `fails` first calls of each model end with status 500. */
export async function startFakeModel(
  options: { readonly port?: number; readonly failsFirst?: number } = {},
): Promise<FakeModelServer> {
  const requests: ChatRequest[] = []
  let failures = options.failsFirst ?? 0
  let open = 0
  let most = 0
  const server = createServer(async (incoming, response) => {
    open += 1
    most = Math.max(most, open)
    response.on('close', () => {
      open -= 1
    })
    const request = await readJson(incoming)
    requests.push(request)
    if (failures > 0) {
      failures -= 1
      fail(response, 500, { message: 'not yet' })
      return
    }
    const respond = BEHAVIOURS[request.model] ?? BEHAVIOURS['unknown']
    respond?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    get most() {
      return most
    },
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function readJson(incoming: IncomingMessage): Promise<ChatRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as ChatRequest
  } catch {
    return { model: 'unknown' }
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '8089' } } })
  const { url } = await startFakeModel({ port: Number(values.port) })
  console.log(
    `fake model at ${url}; OPENAI_MODEL is one of:\n  ${Object.keys(BEHAVIOURS).join(', ')}`,
  )
}
