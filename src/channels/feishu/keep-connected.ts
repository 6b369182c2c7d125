/**
 * Keeps one connection open for as long as the process runs: opens it again whenever it ends, with
 * back-off and jitter, and never gives up. The SDK does, on ordinary answers such as "system busy",
 * so it is given one connection at a time and asked to reconnect nothing by itself.
 */
import type { Clock } from '../../clock.ts'
import type { Logger } from '../../logger.ts'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** A connection that held this long was a good one: the next wait is short again. */
const PROVEN_MS = 60_000

export interface OpenConnection {
  /** Resolves with the reason when it has ended. */
  readonly ended: Promise<string>
  close(): void
}

export interface ConnectionState {
  readonly state: 'idle' | 'connecting' | 'connected' | 'waiting' | 'stopped'
  readonly since: Temporal.Instant
  /** Failed attempts since the last good connection. */
  readonly attempts: number
  /** Why the last one ended or did not come about. */
  readonly reason?: string
}

export interface KeptConnection {
  /** Resolves at the first connection; rejects only when stopped before. */
  start(): Promise<void>
  state(): ConnectionState
  stop(): Promise<void>
}

/** @param open one attempt; rejects with an error whose message an operator may read. */
export function keepConnected(
  open: (signal: AbortSignal) => Promise<OpenConnection>,
  tools: { readonly clock: Clock; readonly logger: Logger; readonly random: () => number },
): KeptConnection {
  const { clock, logger } = tools
  const stopping = new AbortController()
  const { signal } = stopping
  const first = Promise.withResolvers<void>()
  let current: ConnectionState = { state: 'idle', since: clock.now(), attempts: 0 }
  let running: Promise<void> | undefined

  function become(state: ConnectionState['state'], attempts: number, reason?: string): void {
    const more = reason === undefined ? {} : { reason }
    current = { state, since: clock.now(), attempts, ...more }
    logger.info('feishu_connection', { state, attempts, ...more })
  }

  async function run(): Promise<void> {
    let attempts = 0
    while (!signal.aborted) {
      become('connecting', attempts, current.reason)
      const openedAt = clock.now()
      const reason = await holdOne()
      if (signal.aborted) break
      const heldMs = clock.now().epochMilliseconds - openedAt.epochMilliseconds
      attempts = heldMs >= PROVEN_MS ? 1 : attempts + 1
      become('waiting', attempts, reason)
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1))
      const jittered = Math.round(wait * (0.5 + tools.random() / 2))
      await clock.sleepUntil(clock.now().add({ milliseconds: jittered }), signal)
    }
  }

  /** Why it ended. */
  async function holdOne(): Promise<string> {
    let connection: OpenConnection
    try {
      connection = await open(signal)
    } catch (error) {
      return error instanceof Error ? error.message : 'unknown'
    }
    become('connected', 0)
    first.resolve()
    const stopped = new Promise<string>((resolve) => {
      signal.addEventListener('abort', () => resolve('stopped'), { once: true })
      if (signal.aborted) resolve('stopped')
    })
    const reason = await Promise.race([connection.ended, stopped])
    connection.close()
    return reason
  }

  return {
    start: () => {
      running ??= run()
      return first.promise
    },
    state: () => current,
    stop: async () => {
      if (current.state === 'stopped') return
      stopping.abort()
      first.promise.catch(() => undefined) // nobody may be waiting any more
      first.reject(new Error('The connection was stopped before it was there.'))
      await running
      become('stopped', 0)
    },
  }
}
