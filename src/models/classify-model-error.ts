/** The one place that knows what a provider's errors look like. */
import { BrokenCircuitError, BulkheadRejectedError } from 'cockatiel'
import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { ModelError } from './language-model.ts'

/** Statuses by what they mean for us; anything else of 500 and above is the endpoint's fault. */
const BY_STATUS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['model_bad_request', '模型服务不接受这次请求，请核对模型名和接口版本。'],
  401: ['model_bad_key', '模型服务不认这个密钥，请检查 OPENAI_API_KEY。'],
  403: ['model_bad_key', '这个密钥没有使用该模型的权限，请检查 OPENAI_API_KEY 和 OPENAI_MODEL。'],
  404: ['model_not_found', '模型服务没有这个模型或地址，请检查 OPENAI_MODEL 和 OPENAI_BASE_URL。'],
  422: ['model_bad_request', '模型服务不接受这次请求，请核对模型名和接口版本。'],
}
/** Provider code of an account without money: no retry will help. */
const NO_MONEY = 'insufficient_quota'

/** @param deadline of all tries of the call; `signal` is the caller's own. */
export function classifyModelError(
  cause: unknown,
  signal: AbortSignal,
  deadline: AbortSignal,
): ModelError {
  if (cause instanceof ModelError) return cause
  if (cause instanceof BulkheadRejectedError) {
    return modelError('model_busy', '同时在用大模型的人太多，这次摘录原文。', true, cause)
  }
  if (cause instanceof BrokenCircuitError) {
    return modelError('model_resting', '模型服务连续出错，暂停调用，稍后自动重试。', true, cause)
  }
  if (signal.aborted) return modelError('model_cancelled', '模型调用已取消。', false, cause)
  if (deadline.aborted || cause instanceof APIConnectionTimeoutError) {
    return modelError('model_timeout', '模型服务没有按时答复。', true, cause)
  }
  if (cause instanceof APIConnectionError) {
    return modelError(
      'model_unreachable',
      '连不上模型服务，请检查 OPENAI_BASE_URL 和网络。',
      true,
      cause,
    )
  }
  if (cause instanceof APIError && !(cause instanceof APIUserAbortError)) return fromStatus(cause)
  return modelError('model_bad_reply', '模型服务的答复读不懂。', false, cause)
}

function fromStatus(cause: APIError): ModelError {
  const status = Number(cause.status ?? 0)
  if (status === 429) {
    return cause.code === NO_MONEY
      ? modelError('model_no_credit', '模型账户余额不足。', false, cause)
      : limited(cause)
  }
  const known = BY_STATUS[status]
  if (known !== undefined) return modelError(known[0], known[1], false, cause)
  return modelError('model_server_error', '模型服务内部出错。', status >= 500, cause)
}

/** With the pause that the endpoint asks for. */
function limited(cause: APIError): ModelError {
  const pauseMs = readRetryAfter(cause.headers)
  return new ModelError('model_rate_limited', '模型服务限流，稍后再试。', {
    retryable: true,
    cause,
    ...(pauseMs !== undefined && { pauseMs }),
  })
}

const LONGEST_PAUSE_BELIEVED_MS = 3_600_000

/** Seconds or an HTTP date (RFC 9110, 10.2.3), read against the date of the reply itself. */
function readRetryAfter(headers: Headers | undefined): number | undefined {
  const header = headers?.get('retry-after')?.trim() ?? ''
  const pause = /^\d+$/.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - Date.parse(headers?.get('date') ?? '')
  return Number.isNaN(pause) ? undefined : Math.min(Math.max(0, pause), LONGEST_PAUSE_BELIEVED_MS)
}

function modelError(code: string, message: string, retryable: boolean, cause: unknown): ModelError {
  return new ModelError(code, message, { retryable, cause })
}
