/**
 * The webhook: `POST /webhooks/feishu` for events and card callbacks. Our own, because one
 * unauthenticated request ends a process that uses the SDK's (and it checks neither token nor time).
 *
 * Every refusal of what is not proven to come from the platform is the same 401, whether signature,
 * decryption, token or app id was wrong: telling them apart would be a padding oracle. The answer is
 * 503 when the message could not be stored, so that the platform delivers it again.
 */
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Logger } from '../../logger.ts'

const LARGEST_BODY_BYTES = 1024 * 1024
const BODY_TIMEOUT_MS = 10_000
/** How far the platform's clock and ours may differ; an older request is a replay. */
const TOLERANCE = Temporal.Duration.from({ minutes: 5 })
/** Signatures remembered, so that a recorded request does nothing within the tolerance either. */
const MANY_SIGNATURES = 20_000

export interface WebhookKeys {
  readonly appId: string
  readonly encryptKey: string
  /** Not checked when absent: the signature alone proves the sender. */
  readonly verificationToken?: string
}

export interface WebhookTools {
  readonly clock: Clock
  readonly logger: Logger
  /** Handles one event; its result is the answer (a click's toast and card). */
  readonly handle: (event: Json) => Promise<unknown>
}

type Json = Readonly<Record<string, unknown>>

/** Never rejects. */
export function createWebhook(
  keys: WebhookKeys,
  tools: WebhookTools,
): (request: Request) => Promise<Response> {
  const seen = new Set<string>()

  async function receive(request: Request): Promise<Response> {
    const body = await readBody(request)
    if (typeof body === 'number') return answer(body, { msg: 'not taken' })
    const outer = parseObject(body)
    if (outer === undefined) return answer(400, { msg: 'not JSON' })
    const event = decrypt(outer['encrypt'], keys.encryptKey)
    if (event === undefined || !isForUs(event, keys)) return refuse('not_for_us')
    // The challenge of the developer console is encrypted but not signed.
    if (event['type'] === 'url_verification') return answer(200, { challenge: event['challenge'] })
    if (!isSigned(request.headers, body, keys)) return refuse('signature')
    if (!isRecent(request.headers, tools.clock)) return refuse('timestamp')
    const signature = signatureOf(request.headers)
    return seen.has(signature) ? answer(200, {}) : handle(event, signature)
  }

  async function handle(event: Json, signature: string): Promise<Response> {
    remember(signature)
    try {
      const result = await tools.handle(event)
      return answer(200, typeof result === 'object' && result !== null ? result : {})
    } catch (error) {
      seen.delete(signature)
      tools.logger.error('feishu_webhook_not_stored', { error })
      return answer(503, { msg: 'try again' })
    }
  }

  function remember(signature: string): void {
    seen.add(signature)
    if (seen.size > MANY_SIGNATURES) seen.delete(seen.values().next().value ?? '')
  }

  function refuse(reason: string): Response {
    tools.logger.warn('feishu_webhook_refused', { reason })
    return answer(401, { msg: 'unauthorized' })
  }

  return (request) =>
    receive(request).catch((error: unknown) => {
      tools.logger.error('feishu_webhook_failed', { error })
      return answer(500, { msg: 'internal error' })
    })
}

/** The bytes, or the status that refuses them. */
async function readBody(request: Request): Promise<Buffer | 400 | 405 | 408 | 413 | 415> {
  if (request.method !== 'POST') return 405
  if (request.headers.has('content-encoding')) return 415 // a bomb, or nothing the platform sends
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY_BYTES) return 413
  return request.body === null ? 400 : readLimited(request.body)
}

async function readLimited(stream: ReadableStream<Uint8Array>): Promise<Buffer | 408 | 413> {
  const reader = stream.getReader()
  const timer = setTimeout(() => void reader.cancel('too slow').catch(ignore), BODY_TIMEOUT_MS)
  const start = performance.now()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      size += value.length
      if (size > LARGEST_BODY_BYTES) {
        void reader.cancel('too large').catch(ignore)
        return 413
      }
      chunks.push(value)
    }
  } finally {
    clearTimeout(timer)
  }
  return performance.now() - start >= BODY_TIMEOUT_MS ? 408 : Buffer.concat(chunks)
}

/** AES-256-CBC under SHA-256 of the key, the vector in the first 16 bytes. */
function decrypt(encrypted: unknown, key: string): Json | undefined {
  if (typeof encrypted !== 'string') return undefined
  const bytes = Buffer.from(encrypted, 'base64')
  try {
    const secret = createHash('sha256').update(key).digest()
    const decipher = createDecipheriv('aes-256-cbc', secret, bytes.subarray(0, 16))
    return parseObject(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]))
  } catch {
    return undefined // a wrong key, a torn message, a forgery: all the same to us
  }
}

function isForUs(event: Json, keys: WebhookKeys): boolean {
  const header = asObject(event['header'])
  const token = header['token'] ?? event['token']
  const isChallenge = event['type'] === 'url_verification'
  if (!isChallenge && header['app_id'] !== keys.appId) return false
  return keys.verificationToken === undefined || isSame(String(token), keys.verificationToken)
}

const signatureOf = (headers: Headers) => headers.get('x-lark-signature') ?? ''

function isSigned(headers: Headers, body: Buffer, keys: WebhookKeys): boolean {
  const expected = createHash('sha256')
    .update(headers.get('x-lark-request-timestamp') ?? '')
    .update(headers.get('x-lark-request-nonce') ?? '')
    .update(keys.encryptKey)
    .update(body)
    .digest('hex')
  return isSame(signatureOf(headers), expected)
}

/** In constant time; hashed first, because timingSafeEqual needs equal lengths. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

function isRecent(headers: Headers, clock: Clock): boolean {
  const seconds = headers.get('x-lark-request-timestamp') ?? ''
  if (!/^\d{9,11}$/.test(seconds)) return false
  const apart = Math.abs(clock.now().epochMilliseconds - Number(seconds) * 1000)
  return apart <= TOLERANCE.total('milliseconds')
}

function parseObject(bytes: Uint8Array): Json | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null ? asObject(value) : undefined
  } catch {
    return undefined
  }
}

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const answer = (status: number, body: object) => Response.json(body, { status })
const ignore = () => undefined
