/**
 * Slow on purpose: accounts that send in bursts are restricted. A pause in one chat, a longer one
 * between chats, so many a minute and a day, and quiet after login. What the bot says of its own
 * accord has a smaller share, so that a morning of reminders never keeps an answer waiting for long.
 *
 * A send that would have to wait long is put off instead of held: the outbox keeps it. What was sent
 * is kept with the cached values: a restart, or the replica that takes over, starts no new day.
 */
import type { Clock } from '../../clock.ts'
import { DeliveryError } from '../channel.ts'
import type { KeptValues } from './remember-choices.ts'

/** Milliseconds where not said otherwise. */
export interface Pace {
  readonly sameChat: number
  readonly otherChat: number
  /** Added to a pause at random, at most. */
  readonly jitter: number
  readonly perMinute: number
  readonly perDay: number
  readonly quietAfterLogin: number
  /** The share of messages that answer nobody, within the limits above. */
  readonly unaskedPerMinute: number
  readonly unaskedPerDay: number
}

/** What accounts of others survived (wechatferry's safe mode, wechaty's wiki): see docs/wechat.md. */
export const CAREFUL_PACE: Pace = {
  sameChat: 1_500,
  otherChat: 3_000,
  jitter: 1_500,
  perMinute: 30,
  perDay: 500,
  quietAfterLogin: 8_000,
  unaskedPerMinute: 12,
  unaskedPerDay: 400,
}

/** Longer waits are put off to the outbox: an answer may hold the line a little, a reminder less. */
const LONGEST_WAIT_MS = { answer: 12_000, unasked: 6_000 }
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** Shorter silences are nobody's concern. */
const WORTH_TELLING_MS = MINUTE_MS

export type Purpose = 'answer' | 'unasked'

export interface WechatPacer {
  /** Resolves when it is this chat's turn. @throws {DeliveryError} retryable, with the moment to come back. */
  turn(chat: string, purpose: Purpose, signal: AbortSignal): Promise<void>
  /**
   * Says nothing for a while, milliseconds: after a login, or when the platform throttles. Takes up
   * what an earlier process, or another replica, has sent.
   */
  quiet(forMs?: number): void
  /** When answers go out again, while that is more than a minute away. */
  silentUntil(): Temporal.Instant | undefined
}

interface Sent {
  readonly at: number
  readonly chat: string
  readonly purpose: Purpose
}

const KEY = 'pace'

export function createWechatPacer(
  clock: Clock,
  {
    pace,
    random,
    values,
  }: { readonly pace: Pace; readonly random: () => number; readonly values: KeptValues },
): WechatPacer {
  let sent: readonly Sent[] = []
  let quietUntil = 0

  const unaskedFreedAt = () => {
    const own = sent.filter(({ purpose }) => purpose === 'unasked')
    return Math.max(
      freedAt(own, pace.unaskedPerMinute, MINUTE_MS),
      freedAt(own, pace.unaskedPerDay, DAY_MS),
    )
  }
  const earliest = (chat: string, purpose: Purpose, now: number): number => {
    const last = sent.at(-1)
    const pause = (last?.chat === chat ? pace.sameChat : pace.otherChat) + random() * pace.jitter
    return Math.max(
      now,
      quietUntil,
      last === undefined ? now : last.at + pause,
      freedAt(sent, pace.perMinute, MINUTE_MS),
      freedAt(sent, pace.perDay, DAY_MS),
      purpose === 'answer' ? now : unaskedFreedAt(),
    )
  }
  const keep = async () => {
    const kept = JSON.stringify({ quietUntil, sent })
    // May be lost, as a cache may: then the day begins anew.
    await values.set(KEY, kept, DAY_MS).catch(() => undefined)
  }

  const recall = async () => {
    const kept = readKept(await values.get(KEY).catch(() => undefined))
    // Whoever sent last had taken up all the others before.
    if ((kept.sent.at(-1)?.at ?? 0) > (sent.at(-1)?.at ?? 0)) sent = kept.sent
    quietUntil = Math.max(quietUntil, kept.quietUntil)
  }

  return {
    turn: async (chat, purpose, signal) => {
      const now = clock.now().epochMilliseconds
      const at = Math.round(earliest(chat, purpose, now))
      if (at - now > LONGEST_WAIT_MS[purpose]) throw putOff(at)
      sent = [...sent.filter((each) => each.at > now - DAY_MS), { at, chat, purpose }]
      await keep()
      if (at > now) await clock.sleepUntil(Temporal.Instant.fromEpochMilliseconds(at), signal)
      if (signal.aborted) throw putOff(clock.now().epochMilliseconds)
    },
    quiet: (forMs = pace.quietAfterLogin) => {
      quietUntil = Math.max(quietUntil, clock.now().epochMilliseconds + forMs)
      void recall().then(keep)
    },
    silentUntil: () => {
      const now = clock.now().epochMilliseconds
      const at = Math.round(earliest('', 'answer', now))
      return at - now > WORTH_TELLING_MS ? Temporal.Instant.fromEpochMilliseconds(at) : undefined
    },
  }
}

/** When a period has room for one more than the `most` it may have; milliseconds since 1970. */
function freedAt(sent: readonly Sent[], most: number, period: number): number {
  return (sent.at(-most)?.at ?? -period) + period
}

/** What lies in a cache may be of an older version: anything unexpected counts as nothing. */
function readKept(value: unknown): { readonly quietUntil: number; readonly sent: readonly Sent[] } {
  const kept: unknown = typeof value === 'string' ? JSON.parse(value) : undefined
  if (typeof kept !== 'object' || kept === null) return { quietUntil: 0, sent: [] }
  const { quietUntil, sent } = { quietUntil: 0, sent: [], ...kept }
  return { quietUntil, sent: Array.isArray(sent) ? sent.filter(isSent) : [] }
}

function isSent(value: unknown): value is Sent {
  return typeof value === 'object' && value !== null && 'at' in value && 'purpose' in value
}

function putOff(at: number): DeliveryError {
  return new DeliveryError('wechat_paced', '微信发得太密会被限制，这条稍后再发。', {
    retryable: true,
    postponed: true,
    retryAt: Temporal.Instant.fromEpochMilliseconds(at),
  })
}
