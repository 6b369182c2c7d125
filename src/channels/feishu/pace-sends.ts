/**
 * Keeps sends within the platform's limits and in order: one at a time in a chat, 5 a second in a
 * chat and 50 a second over the whole app (limits of im/v1/messages). A chat that has to wait does
 * not hold up the others.
 */
import type { Clock } from '../../clock.ts'
import { FeishuError } from './classify-error.ts'

const PER_CHAT_PER_SECOND = 5
const PER_APP_PER_SECOND = 50
const SECOND_MS = 1_000
/** A longer hold is the outbox's to wait for: a send that sleeps would keep its lease. */
const LONGEST_HOLD_MS = 2_000
/** Chats remembered before idle ones are forgotten. */
const MANY_CHATS = 1_000

interface Window {
  /** Moments of the latest sends, oldest first; at most one second's allowance of them. */
  readonly sentAt: number[]
  heldUntil: number
}

export interface Pacer {
  /**
   * Runs `work` when its turn has come.
   * @throws what `work` throws, the signal's reason, or a {@link FeishuError} when a hold is long.
   */
  inTurn<R>(chat: string, work: () => Promise<R>, signal: AbortSignal): Promise<R>
  /** No send to this chat, or with no chat named to any, before that moment. */
  hold(until: Temporal.Instant, chat?: string): void
}

export function createPacer(clock: Clock): Pacer {
  const app: Window = { sentAt: [], heldUntil: 0 }
  const chats = new Map<string, Window>()
  const tails = new Map<string, Promise<void>>()
  const nowMs = () => clock.now().epochMilliseconds

  function windowOf(chat: string): Window {
    if (chats.size > MANY_CHATS) forgetIdle()
    const window = chats.get(chat) ?? { sentAt: [], heldUntil: 0 }
    chats.set(chat, window)
    return window
  }

  function forgetIdle(): void {
    const before = nowMs() - SECOND_MS
    for (const [chat, { sentAt, heldUntil }] of chats) {
      if ((sentAt.at(-1) ?? 0) < before && heldUntil < before) chats.delete(chat)
    }
  }

  async function waitFor(window: Window, perSecond: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted()
      const freeAt = nextFree(window, perSecond)
      if (freeAt <= nowMs()) break
      if (window.heldUntil > nowMs() + LONGEST_HOLD_MS) throw heldUntil(window)
      await clock.sleepUntil(Temporal.Instant.fromEpochMilliseconds(freeAt), signal)
    }
    window.sentAt.push(nowMs())
    if (window.sentAt.length > perSecond) window.sentAt.shift()
  }

  async function inTurn<R>(chat: string, work: () => Promise<R>, signal: AbortSignal): Promise<R> {
    const earlier = tails.get(chat) ?? Promise.resolve()
    const mine = earlier.then(async () => {
      await waitFor(windowOf(chat), PER_CHAT_PER_SECOND, signal)
      await waitFor(app, PER_APP_PER_SECOND, signal)
      return work()
    })
    const tail = mine.then(ignore, ignore)
    tails.set(chat, tail)
    try {
      return await mine
    } finally {
      if (tails.get(chat) === tail) tails.delete(chat)
    }
  }

  return {
    inTurn,
    hold: (until, chat) => {
      const window = chat === undefined ? app : windowOf(chat)
      window.heldUntil = Math.max(window.heldUntil, until.epochMilliseconds)
    },
  }
}

function nextFree({ sentAt, heldUntil }: Window, perSecond: number): number {
  const oldest = sentAt.length < perSecond ? undefined : sentAt.at(-perSecond)
  return Math.max(heldUntil, oldest === undefined ? 0 : oldest + SECOND_MS)
}

const heldUntil = (window: Window) =>
  new FeishuError({
    status: 429,
    retryAt: Temporal.Instant.fromEpochMilliseconds(window.heldUntil),
  })

const ignore = () => undefined
