/**
 * The SDK's HTTP, replaced by `fetch`: its own has no timeout, lets `code ≠ 0` pass as success and
 * puts credentials into the errors it logs. Here every call ends within a limit, every refusal is a
 * {@link FeishuError} that carries no header and no body, and callers who ask for a token at the
 * same moment share one request.
 */
import type { HttpInstance } from '@larksuiteoapi/node-sdk'
import type { Clock } from '../../clock.ts'
import { BadInputError } from '../../errors.ts'
import { FeishuError, type Refusal } from './classify-error.ts'

/** An ordinary call answers in well under a second; a file of 30 MB needs the rest. */
const TIMEOUT_MS = 15_000
export const ENDPOINT_PATH = '/callback/ws/endpoint'
/** Largest file we take: the limit of what the bot ingests. */
const LARGEST_DOWNLOAD_BYTES = 30 * 1024 * 1024

/** What the SDK passes along, and the signal that our own callers add. */
interface Options {
  readonly url?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, unknown>>
  readonly params?: Readonly<Record<string, unknown>>
  readonly data?: unknown
  readonly responseType?: string
  readonly signal?: AbortSignal
}

export interface Download {
  readonly bytes: Uint8Array
  /** From content-disposition. */
  readonly name?: string
  readonly mediaType?: string
}

type Json = Readonly<Record<string, unknown>>

/**
 * @param review sees the path and the JSON of every good answer and may hand on another: the long
 *   connection's settings pass here.
 */
export function createHttpInstance(tools: {
  readonly clock: Clock
  readonly review: (path: string, answer: Json) => Json
}): HttpInstance {
  const underWay = new Map<string, Promise<unknown>>()
  const request = (options: Options) => send(options, tools)
  const withMethod = (method: string) => (url: string, options?: Options) =>
    request({ ...options, url, method })
  const withBody = (method: string) => (url: string, data?: unknown, options?: Options) =>
    request({ ...options, url, method, data })

  function post(url: string, data?: unknown, options?: Options): Promise<unknown> {
    if (!url.includes('/auth/v3/')) return withBody('POST')(url, data, options)
    const shared =
      underWay.get(url) ??
      withBody('POST')(url, data, options).finally(() => void underWay.delete(url))
    underWay.set(url, shared)
    return shared
  }

  const instance = {
    request,
    get: withMethod('GET'),
    delete: withMethod('DELETE'),
    head: withMethod('HEAD'),
    options: withMethod('OPTIONS'),
    post,
    put: withBody('PUT'),
    patch: withBody('PATCH'),
  }
  return instance as HttpInstance // the SDK's generics promise whatever the caller names
}

async function send(
  options: Options,
  tools: { readonly clock: Clock; readonly review: (path: string, answer: Json) => Json },
): Promise<unknown> {
  const address = addressOf(options)
  const limit = AbortSignal.timeout(TIMEOUT_MS)
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit
  try {
    const response = await fetch(address, { ...requestOf(options), signal })
    if (response.ok && options.responseType === 'arraybuffer') return await readDownload(response)
    return await readJson(response, address.pathname, tools)
  } catch (error) {
    if (error instanceof FeishuError || error instanceof BadInputError) throw error
    options.signal?.throwIfAborted()
    throw new FeishuError({ status: 0 }, error)
  }
}

function addressOf(options: Options): URL {
  const address = new URL(options.url ?? '')
  for (const [name, value] of Object.entries(options.params ?? {})) {
    for (const one of [value].flat()) {
      if (one !== undefined) address.searchParams.append(name, String(one))
    }
  }
  return address
}

function requestOf(options: Options): RequestInit {
  const headers = new Headers()
  for (const [name, value] of Object.entries(options.headers ?? {}))
    headers.set(name, String(value))
  const method = (options.method ?? 'GET').toUpperCase()
  if (options.data === undefined || method === 'GET' || method === 'HEAD')
    return { method, headers }
  if (options.data instanceof FormData) return { method, headers, body: options.data }
  headers.set('content-type', 'application/json; charset=utf-8')
  return { method, headers, body: JSON.stringify(options.data) }
}

async function readJson(
  response: Response,
  path: string,
  tools: { readonly clock: Clock; readonly review: (path: string, answer: Json) => Json },
): Promise<Json> {
  const answer = parseObject(await response.text())
  const code = typeof answer?.['code'] === 'number' ? answer['code'] : undefined
  const isConnectionAnswer = path.endsWith(ENDPOINT_PATH) // the SDK judges its codes itself
  const isGood = code === undefined || code === 0 || isConnectionAnswer
  if (answer !== undefined && response.ok && isGood) return tools.review(path, answer)
  const detail = typeof answer?.['msg'] === 'string' ? answer['msg'] : undefined
  const retryAt = readRetryAt(response.headers, tools.clock)
  const refusal: Refusal = {
    // A body that is not the platform's came from something in between.
    status: answer === undefined && response.ok ? 502 : response.status,
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
    ...(retryAt === undefined ? {} : { retryAt }),
  }
  throw new FeishuError(refusal)
}

/** `x-ogw-ratelimit-reset` and `retry-after`, both in seconds from now. */
function readRetryAt(headers: Headers, clock: Clock): Temporal.Instant | undefined {
  const text = headers.get('x-ogw-ratelimit-reset') ?? headers.get('retry-after')
  const seconds = text === null ? Number.NaN : Number(text)
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > 86_400) return undefined
  return clock.now().add({ milliseconds: Math.ceil(seconds * 1000) })
}

async function readDownload(response: Response): Promise<Download> {
  const announced = Number(response.headers.get('content-length') ?? 0)
  if (announced > LARGEST_DOWNLOAD_BYTES) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > LARGEST_DOWNLOAD_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  const name = readFileName(response.headers.get('content-disposition') ?? '')
  const mediaType = response.headers.get('content-type') ?? undefined
  return {
    bytes: Buffer.concat(chunks),
    ...(name === undefined ? {} : { name }),
    ...(mediaType === undefined ? {} : { mediaType }),
  }
}

const tooLarge = () =>
  new BadInputError('feishu_file_too_large', '文件超过 30 MB，请拆成几份，或压缩里面的图片后再发。')

/** RFC 6266: the extended form first; a plain form may be percent-encoded all the same. */
function readFileName(disposition: string): string | undefined {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1]
  const name = extended ?? plain
  if (name === undefined) return undefined
  try {
    return decodeURIComponent(name)
  } catch {
    return name // a stray percent sign: the name as it stands
  }
}

function parseObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Json) : undefined
  } catch {
    return undefined // a gateway's page: judged by its status
  }
}
