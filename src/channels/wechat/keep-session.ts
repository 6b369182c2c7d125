/**
 * Keeps one WeChat session alive: owns it by a lease, starts its process, watches it, and starts a new
 * one when it is lost. Health is a login that shows signs of life, never a start that returned.
 */
import type { Clock } from '../../clock.ts'
import type { Logger } from '../../logger.ts'
import { ownSession, type SessionLease } from './own-session.ts'
import type { WechatEvent, WechatLink } from './wechat-link.ts'

export type SessionState =
  | { readonly kind: 'starting' }
  /** Waits for a phone to scan. */
  | { readonly kind: 'scan'; readonly qr: string }
  | { readonly kind: 'online'; readonly name: string }
  /** Another replica holds the session; this one waits to take over. */
  | { readonly kind: 'standby' }
  | { readonly kind: 'down'; readonly reason: string }

export interface SessionParts {
  /** Starts a process. @throws when its folder cannot be used. */
  readonly open: () => Promise<WechatLink>
  readonly lease: SessionLease
  /** Whether there is anything at the other end; resolves to a reason when not. */
  readonly probe: () => Promise<string | undefined>
  readonly clock: Clock
  readonly logger: Logger
  readonly random: () => number
  readonly times?: Partial<KeepingTimes>
}

/** All in milliseconds. */
export interface KeepingTimes {
  readonly lease: number
  readonly renewEvery: number
  readonly firstPause: number
  readonly longestPause: number
  /** Where nothing answers at all: asking again costs next to nothing. */
  readonly longestUnreachable: number
  /** Neither a login nor a QR code by then: the process hangs, or the gateway forgot to give a code. */
  readonly startWithin: number
  /** No sign of life from the process. */
  readonly silentAfter: number
}

const TIMES: KeepingTimes = {
  lease: 30_000,
  renewEvery: 10_000,
  firstPause: 1_000,
  longestPause: 30_000,
  longestUnreachable: 5_000,
  startWithin: 60_000,
  silentAfter: 60_000,
}

/** Failures in a row after which the lease is given up between attempts. */
const YIELD_AFTER = 3
/** What a probe says when nothing answers at the endpoint. */
export const UNREACHABLE = 'unreachable'

export interface KeptSession {
  state(): SessionState
  /** The session's process while one runs. */
  link(): WechatLink | undefined
  stop(): Promise<void>
}

export function keepSession(
  parts: SessionParts,
  onEvent: (event: WechatEvent, link: WechatLink) => void,
): KeptSession {
  const { clock, logger } = parts
  const times = { ...TIMES, ...parts.times }
  const stopping = new AbortController()
  const { signal } = stopping
  const ownership = ownSession(parts.lease, { clock, times })
  let state: SessionState = { kind: 'starting' }
  let link: WechatLink | undefined

  const become = (next: SessionState) => {
    if (next.kind !== state.kind) logger.info('wechat_state', { state: next.kind })
    state = next
  }
  const pause = (milliseconds: number) =>
    clock.sleepUntil(clock.now().add({ milliseconds: Math.round(milliseconds) }), signal)
  /** One process from its start to its end; resolves to why it ended and whether it was ever online. */
  const holdOne = async () => {
    const opened = await parts.open()
    link = opened
    const ended = Promise.withResolvers<string>()
    const watch = createWatch(clock, times, ended.resolve)
    let wasOnline = false
    opened.onEnd(ended.resolve)
    opened.onEvent((event) => {
      watch.heard(event)
      if (event.kind === 'scan') become({ kind: 'scan', qr: event.qr })
      if (event.kind === 'login') {
        wasOnline = true
        become({ kind: 'online', name: event.name })
      }
      if (event.kind === 'logout') become({ kind: 'down', reason: 'logged-out' })
      if (event.kind === 'broken') ended.resolve(event.reason)
      onEvent(event, opened)
    })
    const abandon = new AbortController()
    const giveUp = () => ended.resolve('stopped')
    signal.addEventListener('abort', giveUp, { once: true })
    const owning = ownership.keep(opened, abandon.signal, ended.resolve)
    const watching = watch.run(abandon.signal)
    const reason = await ended.promise
    abandon.abort()
    signal.removeEventListener('abort', giveUp)
    link = undefined
    opened.kill()
    await Promise.all([owning, watching])
    return { reason, wasOnline }
  }

  const run = async () => {
    while (!signal.aborted) {
      const whose = await ownership.take()
      if (whose === 'ours') await runOne()
      else {
        become(whose === 'theirs' ? { kind: 'standby' } : { kind: 'down', reason: 'store' })
        await pause(times.renewEvery)
      }
    }
    await ownership.release()
  }

  let failures = 0
  const runOne = async () => {
    const { reason, wasOnline } = await attempt()
    if (signal.aborted) return
    failures = wasOnline ? 1 : failures + 1
    become({ kind: 'down', reason })
    logger.warn('wechat_session_lost', { reason, failures })
    // Another replica may have better luck, or the better configuration.
    if (failures >= YIELD_AFTER) await ownership.release()
    await pause(pauseAfter(reason, failures, times) * (0.5 + parts.random() / 2))
  }

  const attempt = async () => {
    try {
      const absent = await parts.probe()
      if (absent !== undefined) return { reason: absent, wasOnline: false }
      if (state.kind !== 'down') become({ kind: 'starting' })
      return await holdOne()
    } catch (error) {
      return { reason: error instanceof Error ? error.message : 'unknown', wasOnline: false }
    }
  }

  const running = run()
  return {
    state: () => state,
    link: () => link,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

function pauseAfter(reason: string, failures: number, times: KeepingTimes): number {
  const longest = reason === UNREACHABLE ? times.longestUnreachable : times.longestPause
  return Math.min(longest, times.firstPause * 2 ** (failures - 1))
}

/** Ends a process that hangs at its start or falls silent later. */
function createWatch(clock: Clock, times: KeepingTimes, end: (reason: string) => void) {
  let heardAt = clock.now()
  /** Since when a login or a code is waited for, and what it means when none comes. */
  let waits: { readonly since: Temporal.Instant; readonly reason: string } | undefined = {
    since: heardAt,
    reason: 'no-login',
  }
  const passed = (since: Temporal.Instant) => clock.now().since(since).total('milliseconds')
  return {
    heard: (event: WechatEvent) => {
      heardAt = clock.now()
      if (event.kind === 'login' || event.kind === 'scan') waits = undefined
      if (event.kind === 'logout') waits = { since: heardAt, reason: 'logged-out' }
    },
    run: async (over: AbortSignal) => {
      while (!over.aborted) {
        await clock.sleepUntil(clock.now().add({ seconds: 1 }), over)
        if (waits && passed(waits.since) > times.startWithin) end(waits.reason)
        if (passed(heardAt) > times.silentAfter) end('silent')
      }
    },
  }
}
