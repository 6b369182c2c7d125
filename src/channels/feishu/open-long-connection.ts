/**
 * One long connection through the SDK's WSClient. Its end is seen on the network socket itself,
 * which an agent of our own hands out; so is silence: a connection on which not even the answers to
 * pings arrive is half-open, and looks healthy to everybody else.
 */
import { type Agent as HttpAgent, Agent as PlainAgent } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import type { Duplex } from 'node:stream'
import type {
  EventDispatcher,
  HttpInstance,
  Logger as SdkLogger,
  WSClient,
} from '@larksuiteoapi/node-sdk'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { OpenConnection } from './keep-connected.ts'
import { watchSilence } from './watch-silence.ts'

const HANDSHAKE_TIMEOUT_MS = 15_000
const DEFAULT_PING_SECONDS = 120

/** What `/callback/ws/endpoint` answered last: the SDK keeps it to itself. */
export interface EndpointAnswer {
  readonly code: number | undefined
  readonly reason: string | undefined
  readonly isSecure: boolean | undefined
  readonly pingSeconds: number
}

const endpointShape = z.object({
  code: z.number().optional(),
  msg: z.string().optional(),
  data: z
    .object({
      URL: z.string().nullish(),
      ClientConfig: z.object({ PingInterval: z.number().positive().optional() }).nullish(),
    })
    .nullish(),
})

export function readEndpointAnswer(answer: unknown): EndpointAnswer {
  const { code, msg, data } = endpointShape.safeParse(answer).data ?? {}
  return {
    code,
    reason: code === 0 ? undefined : `${msg ?? ''}(${code ?? '?'})`,
    isSecure: data?.URL ? data.URL.startsWith('wss:') : undefined,
    pingSeconds: data?.ClientConfig?.PingInterval ?? DEFAULT_PING_SECONDS,
  }
}

/**
 * The answer with the settings that the SDK multiplies unseen: without an interval it would ping
 * every millisecond.
 */
export function withPingInterval(answer: Readonly<Record<string, unknown>>) {
  const parsed = endpointShape.safeParse(answer).data?.data
  if (!parsed?.URL || parsed.ClientConfig?.PingInterval !== undefined) return answer
  const given = typeof answer['data'] === 'object' ? answer['data'] : {}
  return { ...answer, data: { ...given, ClientConfig: DEFAULT_CLIENT_CONFIG } }
}

/** Seconds; what the platform sends today. */
const DEFAULT_CLIENT_CONFIG = {
  PingInterval: DEFAULT_PING_SECONDS,
  ReconnectCount: -1,
  ReconnectInterval: 120,
  ReconnectNonce: 30,
}

export interface LongConnectionTools {
  readonly WSClient: typeof WSClient
  readonly appId: string
  readonly appSecret: string
  /** Base URL of the open platform. */
  readonly domain: string
  readonly httpInstance: HttpInstance
  readonly logger: SdkLogger
  readonly dispatcher: EventDispatcher
  readonly clock: Clock
  /** What the endpoint answered last, as far as seen. */
  readonly endpoint: () => EndpointAnswer | undefined
}

/** @throws {Error} with the platform's reason when there is no connection. */
export async function openLongConnection(
  tools: LongConnectionTools,
  signal: AbortSignal,
): Promise<OpenConnection> {
  const ended = Promise.withResolvers<string>()
  const opened = Promise.withResolvers<void>()
  const watching = new AbortController()
  let socket: Duplex | undefined
  const isSecure = tools.endpoint()?.isSecure ?? tools.domain.startsWith('https:')
  const client = new tools.WSClient({
    appId: tools.appId,
    appSecret: tools.appSecret,
    domain: tools.domain,
    httpInstance: tools.httpInstance,
    logger: tools.logger,
    agent: watchedAgent(isSecure, (made) => {
      socket = made
      holdBackHead(made)
      made.once('close', () => ended.resolve('连接被断开'))
    }),
    autoReconnect: false,
    handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
    onReady: () => opened.resolve(),
    onError: () => opened.reject(new Error(reasonOf(tools.endpoint()))),
  })
  const close = () => {
    watching.abort()
    client.close({ force: true })
  }
  const abandon = () => opened.reject(new Error('已停止'))
  signal.addEventListener('abort', abandon, { once: true })
  try {
    await client.start({ eventDispatcher: tools.dispatcher })
    await opened.promise
  } catch (error) {
    close()
    throw error
  } finally {
    signal.removeEventListener('abort', abandon)
  }
  const pingSeconds = tools.endpoint()?.pingSeconds ?? DEFAULT_PING_SECONDS
  void watchSilence(() => bytesReadOf(socket), pingSeconds, tools.clock, watching.signal).then(
    (isSilent) => isSilent && ended.resolve('连接没有回应'),
  )
  return { ended: ended.promise, close }
}

/**
 * What came in one piece with the handshake is put back into the socket and read at once, before the
 * SDK listens: an event in it would be lost until it is delivered again, 15 s later. It is put back
 * when the SDK has had its turn.
 */
function holdBackHead(socket: Duplex): void {
  const putBack = socket.unshift.bind(socket)
  socket.unshift = (head) => {
    socket.pause()
    setImmediate(() => {
      putBack(head)
      socket.resume()
    })
  }
}

const bytesReadOf = (socket: Duplex | undefined) =>
  socket !== undefined && 'bytesRead' in socket ? Number(socket.bytesRead) : 0

const reasonOf = (answer: EndpointAnswer | undefined) =>
  answer?.reason ?? (answer === undefined ? '飞书连接地址没有应答' : '连接没有建立')

/** Hands every socket it makes to `made`. */
function watchedAgent(isSecure: boolean, made: (socket: Duplex) => void): HttpAgent {
  const agent = isSecure ? new SecureAgent() : new PlainAgent()
  const create = agent.createConnection.bind(agent)
  agent.createConnection = (options, callback) => {
    const socket = create(options, callback)
    if (socket) made(socket)
    return socket
  }
  return agent
}
