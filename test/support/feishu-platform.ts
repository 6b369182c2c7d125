/**
 * A small open platform on loopback that speaks the published protocol: tokens, the long
 * connection, messages, cards, files, people, documents, tasks. It misbehaves on request. Nothing in
 * it knows our code; the real SDK is pointed at `url`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findCardFault } from './feishu-platform-cards.ts'
import { type Acknowledgement, acceptConnections } from './feishu-platform-connections.ts'
import {
  type Clicking,
  clickEvent,
  messageEvent,
  nextNumber,
  type PlatformEvent,
  type PlatformIdentity,
  privateChatOf,
  type Saying,
} from './feishu-platform-events.ts'
import { answerApiCall } from './feishu-platform-routes.ts'
import { postSigned, type Tamper } from './feishu-platform-webhook.ts'
import { type ApiAnswer, emptyWorld, type World } from './feishu-platform-world.ts'

/** How often a call misbehaves, which calls, and how. */
export interface Fault {
  readonly path: RegExp
  readonly times?: number
  readonly how:
    | { readonly kind: 'answer'; readonly answer: ApiAnswer }
    | { readonly kind: 'reset' }
    | { readonly kind: 'hang' }
    | { readonly kind: 'slow'; readonly milliseconds: number }
    /** Takes effect, then the gateway answers 502. */
    | { readonly kind: 'applied-then-502' }
}

export interface ApiCall {
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly query: Readonly<Record<string, string>>
}

export interface FeishuPlatform extends PlatformIdentity {
  readonly url: string
  readonly appSecret: string
  readonly encryptKey: string
  readonly world: World
  readonly calls: ApiCall[]
  /** Settings pushed to clients, in seconds. */
  clientConfig: Readonly<Record<string, number>>
  /** What `/callback/ws/endpoint` answers instead of an address, one entry a call. */
  readonly refusals: { code: number; msg: string; withData: boolean }[]
  readonly connections: () => number
  /** Pings heard so far. */
  readonly pings: () => number
  /** Parts into which each event is cut. */
  parts: number
  fail(fault: Fault): void
  /** Sends an event over one random connection and waits for the acknowledgement. */
  deliver(event: PlatformEvent): Promise<Acknowledgement>
  say(saying: Saying): Promise<Acknowledgement>
  click(clicking: Clicking): Promise<Acknowledgement>
  /** Posts an event to a webhook address, encrypted and signed. */
  post(address: string, event: unknown, tamper?: Tamper): Promise<Response>
  /** Sends an event in one piece with the handshake of the next connection. */
  deliverAtOnce(event: PlatformEvent): Promise<Acknowledgement>
  dropConnections(): void
  /** Connections stay open and nothing comes from them any more. */
  freezeConnections(): void
  /** Sends raw bytes to every client. */
  sendRaw(bytes: Uint8Array): void
  expireTokens(): void
  stop(): Promise<void>
}

export async function startFeishuPlatform(
  options: { readonly port?: number; readonly appId?: string; readonly appSecret?: string } = {},
): Promise<FeishuPlatform> {
  const identity: PlatformIdentity = {
    appId: options.appId ?? 'cli_0123456789abcdef',
    botOpenId: 'ou_bot_of_tests',
    botName: '娘家人',
    verificationToken: 'verification-token-of-tests',
  }
  const appSecret = options.appSecret ?? 'app-secret-of-tests-0123456789'
  const encryptKey = 'encrypt-key-of-tests'
  const world = emptyWorld(identity, appSecret)
  const calls: ApiCall[] = []
  const faults: { fault: Fault; left: number }[] = []
  const refusals: FeishuPlatform['refusals'] = []
  const hanging = new Set<ServerResponse>()

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', 'http://platform')
    const body = await readBody(request)
    const call: ApiCall = {
      method: request.method ?? 'GET',
      path: address.pathname,
      body: parseBody(body, request.headers['content-type'] ?? ''),
      query: Object.fromEntries(address.searchParams),
    }
    calls.push(call)
    const fault = takeFault(call.path)
    if (fault?.kind === 'reset') return void request.socket.destroy()
    if (fault?.kind === 'hang') return void hanging.add(response)
    if (fault?.kind === 'slow') await delay(fault.milliseconds)
    if (fault?.kind === 'answer') return write(response, fault.answer)
    const result =
      call.path === '/callback/ws/endpoint'
        ? endpoint(call)
        : answerApiCall(world, call, String(request.headers.authorization ?? ''))
    if (fault?.kind === 'applied-then-502') {
      return write(response, { status: 502, body: 'bad gateway' })
    }
    write(response, result)
  }

  function takeFault(path: string): Fault['how'] | undefined {
    const entry = faults.find(({ fault, left }) => left > 0 && fault.path.test(path))
    if (entry) entry.left -= 1
    return entry?.fault.how
  }

  function endpoint(call: ApiCall): ApiAnswer {
    const refusal = refusals.shift()
    if (refusal) {
      const data = refusal.withData
        ? { data: { URL: '', ClientConfig: platform.clientConfig } }
        : {}
      return { body: { code: refusal.code, msg: refusal.msg, ...data } }
    }
    const given = call.body as { AppID?: string; AppSecret?: string }
    if (given.AppID !== identity.appId || given.AppSecret !== appSecret) {
      return { body: { code: 514, msg: 'auth failed', data: { URL: '', ClientConfig: {} } } }
    }
    const host = platform.url.replace(/^http/, 'ws')
    const id = nextNumber()
    return {
      body: {
        code: 0,
        msg: '',
        data: {
          URL: `${host}/ws/v2?fpid=493&aid=552564&device_id=${id}&access_key=k${id}&service_id=33554678&ticket=t${id}`,
          ClientConfig: platform.clientConfig,
        },
      },
    }
  }

  const line = acceptConnections(server, () => platform)

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const platform: FeishuPlatform = {
    ...identity,
    url: `http://127.0.0.1:${port}`,
    appSecret,
    encryptKey,
    world,
    calls,
    refusals,
    parts: 1,
    clientConfig: {
      ReconnectCount: -1,
      ReconnectInterval: 120,
      ReconnectNonce: 30,
      PingInterval: 120,
    },
    connections: line.connections,
    pings: line.pings,
    fail: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    deliver: line.deliver,
    say: (saying) => {
      const event = messageEvent(identity, saying)
      rememberIncoming(world, event)
      return line.deliver(event)
    },
    click: async (clicking) => {
      const ack = await line.deliver(clickEvent(identity, clicking))
      showAnsweredCard(world, clicking.messageId, ack.data)
      return ack
    },
    post: (address, event, tamper = {}) => {
      rememberIncoming(world, event)
      return postSigned(address, event, encryptKey, tamper)
    },
    deliverAtOnce: line.deliverAtOnce,
    dropConnections: line.drop,
    freezeConnections: line.freeze,
    sendRaw: line.sendRaw,
    expireTokens: () => world.tokens.clear(),
    stop: async () => {
      for (const response of hanging) response.destroy()
      line.drop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return platform
}

/** The card in the answer to a click takes the place of the one that was pressed. */
function showAnsweredCard(world: World, messageId: string, answer: unknown): void {
  const { card } = (answer ?? {}) as { card?: { type?: string; data?: unknown } }
  const message = world.shown.find(({ id }) => id === messageId)
  if (card?.type !== 'raw' || message === undefined) return
  const content = JSON.stringify(card.data)
  const fault = findCardFault(content)
  if (fault) throw new Error(`The card in the answer to a click is refused: ${fault.message}`)
  message.earlier.push(message.content)
  message.content = content
}

/** So that a reply finds the chat of the message it answers. */
function rememberIncoming(world: World, event: unknown): void {
  const { event: inside } = event as Partial<PlatformEvent>
  if (!inside?.['message'] || !inside['sender']) return
  const message = inside['message'] as {
    message_id: string
    chat_id: string
    thread_id?: string
  }
  const sender = inside['sender'] as { sender_id: { open_id: string } }
  world.incoming.set(message.message_id, {
    chatId: message.chat_id,
    ...(message.thread_id ? { threadId: message.thread_id } : {}),
  })
  world.privateChats.set(privateChatOf(sender.sender_id.open_id), sender.sender_id.open_id)
}

function write(response: ServerResponse, answer: ApiAnswer): void {
  const bytes = answer.body instanceof Uint8Array
  const text = bytes || typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
  response.writeHead(answer.status ?? 200, {
    'content-type':
      bytes || typeof answer.body === 'string'
        ? 'application/octet-stream'
        : 'application/json; charset=utf-8',
    ...answer.headers,
  })
  response.end(text)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function parseBody(body: Buffer, contentType: string): unknown {
  if (!contentType.includes('json')) return body
  try {
    return JSON.parse(body.toString() || '{}')
  } catch {
    return {} // the platform answers a malformed body as an empty one
  }
}

const delay = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
