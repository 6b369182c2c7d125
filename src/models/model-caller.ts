/**
 * How every call to a model endpoint is made: one deadline over all tries, one retry of what may
 * pass, a circuit breaker that stops asking an endpoint that is down, a token budget a day, and one
 * classification of errors. Nothing else in the bot knows what a provider's errors look like.
 */
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  ConstantBackoff,
  circuitBreaker,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel'
import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { ModelError } from './language-model.ts'

/** What calls have cost since the process began, for /metrics and the log. */
export interface ModelUsage {
  readonly calls: number
  readonly promptTokens: number
  readonly completionTokens: number
  /** Failures by code of {@link ModelError}. */
  readonly failures: Readonly<Record<string, number>>
}

export interface CallerOptions {
  /** For all tries of one call together. */
  readonly deadlineMs?: number
  readonly retryAfterMs?: number
  /** Failed calls in a row after which the endpoint is left alone. */
  readonly failuresToRest?: number
  readonly restMs?: number
  /** Tokens a day, prompt and completion together; absent: no limit. */
  readonly dailyTokens?: number
  /** The day it is now, for the budget. */
  readonly today: () => string
}

export interface ModelCaller {
  /** @throws {ModelError} */
  call<T>(attempt: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>
  /** Counts tokens against today's budget; the call that crosses the line still counts. */
  spend(tokens: { readonly prompt: number; readonly completion: number }): void
  usage(): ModelUsage
  /** Whether the endpoint is being left alone now: shown in /health. */
  readonly resting: boolean
}

const DEADLINE_MS = 20_000
const RETRY_AFTER_MS = 400
const FAILURES_TO_REST = 5
const REST_MS = 30_000

/** A caller for one endpoint; language and embedding model of one provider may share it. */
export function createModelCaller(options: CallerOptions): ModelCaller {
  const { deadlineMs = DEADLINE_MS, dailyTokens, today } = options
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: options.restMs ?? REST_MS,
    breaker: new ConsecutiveBreaker(options.failuresToRest ?? FAILURES_TO_REST),
  })
  const once = retry(handleWhen(isOutage), {
    maxAttempts: 1,
    backoff: new ConstantBackoff(options.retryAfterMs ?? RETRY_AFTER_MS),
  })
  const policy = wrap(breaker, once)
  const spent = { day: '', tokens: 0 }
  const counted = { calls: 0, promptTokens: 0, completionTokens: 0 }
  const failures: Record<string, number> = {}
  let resting = false
  breaker.onBreak(() => {
    resting = true
  })
  breaker.onReset(() => {
    resting = false
  })

  const checkBudget = (): void => {
    if (spent.day !== today()) Object.assign(spent, { day: today(), tokens: 0 })
    if (dailyTokens === undefined || spent.tokens < dailyTokens) return
    throw new ModelError(
      'model_budget_spent',
      `今天的模型用量(${dailyTokens} 词元)已用完,明天恢复。`,
    )
  }

  return {
    async call(attempt, signal) {
      counted.calls += 1
      const deadline = AbortSignal.timeout(deadlineMs)
      const either = AbortSignal.any([signal, deadline])
      try {
        checkBudget()
        return await policy.execute(
          () => untilAborted(attempt(either), either).catch(rethrow(signal, deadline)),
          either,
        )
      } catch (cause) {
        const error = classify(cause, signal, deadline)
        failures[error.code] = (failures[error.code] ?? 0) + 1
        throw error
      }
    },
    spend({ prompt, completion }) {
      counted.promptTokens += prompt
      counted.completionTokens += completion
      spent.tokens += prompt + completion
    },
    usage: () => ({ ...counted, failures: { ...failures } }),
    get resting() {
      return resting
    },
  }
}

/** A provider library that ignores the signal must not hold the caller. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function rethrow(signal: AbortSignal, deadline: AbortSignal): (cause: unknown) => never {
  return (cause) => {
    throw classify(cause, signal, deadline)
  }
}

/**
 * An endpoint that is down or overloaded, not a call that is wrong or that we gave up. After the
 * deadline nothing is tried again: the signal of all tries is aborted.
 */
function isOutage(error: unknown): boolean {
  return error instanceof ModelError && error.retryable
}

/** Statuses by what they mean for us; anything else of 500 and above is the endpoint's fault. */
const BY_STATUS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['model_bad_request', '模型服务不接受这次请求,请核对模型名和接口版本。'],
  401: ['model_bad_key', '模型服务不认这个密钥,请检查 OPENAI_API_KEY。'],
  403: ['model_bad_key', '这个密钥没有使用该模型的权限,请检查 OPENAI_API_KEY 和 OPENAI_MODEL。'],
  404: ['model_not_found', '模型服务没有这个模型或地址,请检查 OPENAI_MODEL 和 OPENAI_BASE_URL。'],
  422: ['model_bad_request', '模型服务不接受这次请求,请核对模型名和接口版本。'],
}
/** Provider code of an account without money: no retry will help. */
const NO_MONEY = 'insufficient_quota'

function classify(cause: unknown, signal: AbortSignal, deadline: AbortSignal): ModelError {
  if (cause instanceof ModelError) return cause
  if (cause instanceof BrokenCircuitError) {
    return modelError('model_resting', '模型服务连续出错,暂停调用,稍后自动重试。', true, cause)
  }
  if (signal.aborted) return modelError('model_cancelled', '模型调用已取消。', false, cause)
  if (deadline.aborted || cause instanceof APIConnectionTimeoutError) {
    return modelError('model_timeout', '模型服务没有按时答复。', true, cause)
  }
  if (cause instanceof APIConnectionError) {
    return modelError(
      'model_unreachable',
      '连不上模型服务,请检查 OPENAI_BASE_URL 和网络。',
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
      : modelError('model_rate_limited', '模型服务限流,稍后再试。', true, cause)
  }
  const known = BY_STATUS[status]
  if (known !== undefined) return modelError(known[0], known[1], false, cause)
  return modelError('model_server_error', '模型服务内部出错。', status >= 500, cause)
}

function modelError(code: string, message: string, retryable: boolean, cause: unknown): ModelError {
  return new ModelError(code, message, { retryable, cause })
}
