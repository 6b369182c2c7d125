/**
 * Calls of the open platform, with the policy the SDK leaves out: a refusal is an error, a lost
 * token is fetched again once, what may be repeated is repeated, every charged call is counted.
 */
import type { Client } from '@larksuiteoapi/node-sdk'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { FeishuError, type RefusalKind } from './classify-error.ts'
import type { CallCounter } from './count-calls.ts'
import type { Download } from './http-instance.ts'

/** Tries of one call in all. The outbox tries again later, so there is no need for patience here. */
const TRIES = 3
/** Longer waits are left to the outbox. */
const LONGEST_WAIT_MS = 2_000
const FIRST_WAIT_MS = 200
/** A token outlives a call that finds it valid. */
const TOKEN_CHECK_PATH = '/open-apis/bot/v3/info'

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT'
  /** From `/open-apis/` on; ids in it already encoded. */
  readonly path: string
  readonly params?: Readonly<Record<string, string | number | boolean | readonly string[]>>
  readonly data?: Readonly<Record<string, unknown>>
  readonly signal?: AbortSignal
  /** Repeating it does nothing twice: a read, or a write with a uuid. */
  readonly repeatable?: boolean
}

export interface FeishuApi {
  /** @throws {FeishuError} */
  call<T>(request: ApiRequest, shape: z.ZodType<T>): Promise<T>
  /** @throws {FeishuError} */
  download(request: ApiRequest): Promise<Download>
  /** Who we are. Fetches a token, so that wrong credentials show at once. @throws {FeishuError} */
  identify(signal?: AbortSignal): Promise<BotIdentity>
}

export interface BotIdentity {
  readonly openId: string
  readonly name: string
  /** Released and switched on in the organisation. */
  readonly isActive: boolean
}

export interface ApiTools {
  readonly client: Client
  readonly dropToken: (token: unknown) => Promise<void>
  readonly currentToken: () => Promise<unknown>
  readonly clock: Clock
  readonly calls: CallCounter
}

const envelopeShape = z.object({ data: z.unknown() })
const downloadShape = z.object({
  bytes: z.instanceof(Uint8Array),
  name: z.string().optional(),
  mediaType: z.string().optional(),
})
const botShape = z.object({
  bot: z.object({
    open_id: z.string().min(1),
    app_name: z.string().default(''),
    activate_status: z.number().optional().catch(undefined),
  }),
})
/** Of `activate_status`: switched on by the tenant. */
const ACTIVE = 2

export function createFeishuApi(tools: ApiTools): FeishuApi {
  async function once(request: ApiRequest, more: object): Promise<unknown> {
    if (!isFree(request.path)) tools.calls.count()
    return tools.client.request({
      method: request.method,
      url: request.path,
      params: request.params ?? {},
      ...(request.data === undefined ? {} : { data: request.data }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
      ...more,
    })
  }

  async function attempt(request: ApiRequest, more: object, left: number): Promise<unknown> {
    const token = await tools.currentToken()
    try {
      return await once(request, more)
    } catch (error) {
      if (!(error instanceof FeishuError) || left <= 1) throw error
      if (error.kind === 'token') await tools.dropToken(token)
      else if (!(await waitBefore(error, request, TRIES - left))) throw error
      return attempt(request, more, left - 1)
    }
  }

  /** Waits when another try makes sense; false when it does not. */
  async function waitBefore(error: FeishuError, request: ApiRequest, tried: number) {
    if (!mayRepeat(error.kind, request)) return false
    const now = tools.clock.now()
    const backoff = FIRST_WAIT_MS * 2 ** tried * (0.5 + Math.random())
    const until = error.retryAt ?? now.add({ milliseconds: Math.round(backoff) })
    if (until.epochMilliseconds - now.epochMilliseconds > LONGEST_WAIT_MS) return false
    const signal = request.signal ?? new AbortController().signal
    await tools.clock.sleepUntil(until, signal)
    signal.throwIfAborted()
    return true
  }

  async function send<T>(request: ApiRequest, more: object, shape: z.ZodType<T>): Promise<T> {
    const answer = await attempt(request, more, TRIES)
    const parsed = shape.safeParse(answer)
    // Not what the documentation says: something in between answered, or the platform changed.
    if (!parsed.success) throw new FeishuError({ status: 502 }, parsed.error)
    return parsed.data
  }

  return {
    call: async (request, shape) => {
      const { data } = await send(request, {}, envelopeShape)
      const parsed = shape.safeParse(data ?? {})
      if (!parsed.success) throw new FeishuError({ status: 502 }, parsed.error)
      return parsed.data
    },
    download: async (request) => {
      const { bytes, name, mediaType } = await send(
        request,
        { responseType: 'arraybuffer' },
        downloadShape,
      )
      return {
        bytes,
        ...(name === undefined ? {} : { name }),
        ...(mediaType === undefined ? {} : { mediaType }),
      }
    },
    identify: async (signal) => {
      const request: ApiRequest = { method: 'GET', path: TOKEN_CHECK_PATH }
      const { bot } = await send(signal ? { ...request, signal } : request, {}, botShape)
      const isActive = (bot.activate_status ?? ACTIVE) === ACTIVE
      return { openId: bot.open_id, name: bot.app_name, isActive }
    },
  }
}

const REPEATED: readonly RefusalKind[] = ['server', 'gateway', 'no-answer']

function mayRepeat(kind: RefusalKind, request: ApiRequest): boolean {
  if (kind === 'rate-limit') return true // it did not take effect
  return REPEATED.includes(kind) && (request.method === 'GET' || request.repeatable === true)
}

/** Contacts and authorisation are outside the monthly quota. */
const isFree = (path: string) => /^\/open-apis\/(auth|contact)\//.test(path)
