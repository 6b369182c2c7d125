/**
 * How every call to a model endpoint is made: one deadline over all tries, one retry of what may
 * pass (when the endpoint says it may), a few calls at a time, a circuit breaker that stops asking an
 * endpoint that is down, a token budget a day.
 */
import {
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel'
import { classifyModelError } from './classify-model-error.ts'
import type { Spending, Spent, Tokens } from './count-spending.ts'
import { ModelError } from './language-model.ts'

/** Calls and failures since the process began, and what was spent: for /health, /metrics, doctor. */
export interface ModelUsage {
  readonly calls: number
  readonly today: Spent
  readonly thisMonth: Spent
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
  /** Calls under way at once; as many again may wait {@link QUEUED_FOR_EACH} times over. */
  readonly atOnce?: number
  /** Tokens a day of all kinds; absent: no limit. */
  readonly dailyTokens?: number
  readonly spending: Spending
  /** Told when the endpoint is left alone, and when it is asked again. */
  readonly onRest?: (resting: boolean) => void
}

export interface ModelCaller {
  /** @throws {ModelError} */
  call<T>(attempt: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>
  /** Counts tokens against today's budget; the call that crosses the line still counts. */
  spend(tokens: Partial<Tokens>): void
  usage(): ModelUsage
  /** Whether the endpoint is being left alone now: shown in /health. */
  readonly resting: boolean
}

const DEADLINE_MS = 20_000
const RETRY_AFTER_MS = 400
const FAILURES_TO_REST = 5
const REST_MS = 30_000
const AT_ONCE = 4
const QUEUED_FOR_EACH = 4
/** An endpoint that asks for a longer pause is not asked again for this answer. */
const LONGEST_PAUSE_MS = 5_000

/** A caller for one endpoint; language and embedding model of one provider may share it. */
export function createModelCaller(options: CallerOptions): ModelCaller {
  const { deadlineMs = DEADLINE_MS, dailyTokens, spending } = options
  const { execute, breaker } = createPolicy(options)
  let calls = 0
  const failures: Record<string, number> = {}
  let resting = false
  breaker.onBreak(() => {
    resting = true
    options.onRest?.(true)
  })
  breaker.onReset(() => {
    resting = false
    options.onRest?.(false)
  })
  let pausedUntil = 0

  const checkAllowed = (): void => {
    if (performance.now() < pausedUntil) {
      throw new ModelError('model_resting', '模型服务要求稍后再来，暂停调用。', { retryable: true })
    }
    if (dailyTokens === undefined || spending.tokensToday() < dailyTokens) return
    throw new ModelError(
      'model_budget_spent',
      `今天的模型用量（${dailyTokens} 词元）已用完，明天恢复。`,
    )
  }
  const pauseFor = ({ pauseMs }: ModelError): void => {
    if (pauseMs !== undefined) pausedUntil = Math.max(pausedUntil, performance.now() + pauseMs)
  }

  return {
    async call(attempt, signal) {
      calls += 1
      const deadline = AbortSignal.timeout(deadlineMs)
      const either = AbortSignal.any([signal, deadline])
      const once = () =>
        untilAborted(attempt(either), either).catch((cause) => {
          throw classifyModelError(cause, signal, deadline)
        })
      try {
        checkAllowed()
        return await untilAborted(execute(once, either), either)
      } catch (cause) {
        const error = classifyModelError(cause, signal, deadline)
        failures[error.code] = (failures[error.code] ?? 0) + 1
        pauseFor(error)
        throw error
      }
    },
    spend: (tokens) => spending.add(tokens),
    usage: () => ({
      calls,
      today: spending.today(),
      thisMonth: spending.thisMonth(),
      failures: { ...failures },
    }),
    get resting() {
      return resting || performance.now() < pausedUntil
    },
  }
}

/** Few at once; of those each tried twice at most; none while the endpoint is down. */
function createPolicy(options: CallerOptions) {
  const { restMs = REST_MS, failuresToRest = FAILURES_TO_REST, atOnce = AT_ONCE } = options
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: restMs,
    breaker: new ConsecutiveBreaker(failuresToRest),
  })
  const twice = retry(handleWhen(mayPass), {
    maxAttempts: 1,
    backoff: new DelegateBackoff(({ result }: { result: object }) =>
      pauseBefore(result, options.retryAfterMs ?? RETRY_AFTER_MS),
    ),
  })
  const few = bulkhead(atOnce, atOnce * QUEUED_FOR_EACH)
  const policy = wrap(few, breaker, twice)
  return {
    breaker,
    execute: <T>(work: () => Promise<T>, signal: AbortSignal) => policy.execute(work, signal),
  }
}

function pauseBefore(result: object, otherwise: number): number {
  const pause = 'error' in result && result.error instanceof ModelError && result.error.pauseMs
  return typeof pause === 'number' ? Math.max(pause, otherwise) : otherwise
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

/**
 * An endpoint that is down or overloaded, not a call that is wrong or that we gave up. After the
 * deadline nothing is tried again: the signal of all tries is aborted.
 */
function isOutage(error: unknown): boolean {
  return error instanceof ModelError && error.retryable
}

/** Worth one more try within the same answer. */
function mayPass(error: unknown): boolean {
  return isOutage(error) && ((error as ModelError).pauseMs ?? 0) <= LONGEST_PAUSE_MS
}
