/**
 * Slow on purpose: accounts that send in bursts are restricted. A pause in one chat, a longer one
 * between chats, so many a minute and a day, and quiet after login.
 *
 * A send that would have to wait long is put off instead of held: the outbox keeps it.
 */
import type { Clock } from '../../clock.ts'
import { DeliveryError } from '../channel.ts'

/** Milliseconds where not said otherwise. */
export interface Pace {
  readonly sameChat: number
  readonly otherChat: number
  /** Added to a pause at random, at most. */
  readonly jitter: number
  readonly perMinute: number
  readonly perDay: number
  readonly quietAfterLogin: number
}

/** What accounts of others survived (wechatferry's safe mode, wechaty's wiki): see docs/wechat.md. */
export const CAREFUL_PACE: Pace = {
  sameChat: 1_500,
  otherChat: 3_000,
  jitter: 1_500,
  perMinute: 30,
  perDay: 500,
  quietAfterLogin: 15_000,
}

/** Longer waits are put off to the outbox. */
const LONGEST_WAIT_MS = 12_000
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

export interface WechatPacer {
  /** Resolves when it is this chat's turn. @throws {DeliveryError} retryable, with the moment to come back. */
  turn(chat: string, signal: AbortSignal): Promise<void>
  /** Says nothing for a while: after a login, or when the platform throttles. Milliseconds. */
  quiet(forMs?: number): void
}

export function createWechatPacer(
  clock: Clock,
  { pace, random }: { readonly pace: Pace; readonly random: () => number },
): WechatPacer {
  const sent: { readonly at: number; readonly chat: string }[] = []
  let quietUntil = 0

  const earliest = (chat: string, now: number): number => {
    const last = sent.at(-1)
    const pause = (last?.chat === chat ? pace.sameChat : pace.otherChat) + random() * pace.jitter
    return Math.max(
      now,
      quietUntil,
      last === undefined ? now : last.at + pause,
      (sent.at(-pace.perMinute)?.at ?? -MINUTE_MS) + MINUTE_MS,
      (sent.at(-pace.perDay)?.at ?? -DAY_MS) + DAY_MS,
    )
  }

  return {
    turn: async (chat, signal) => {
      const now = clock.now().epochMilliseconds
      const at = Math.round(earliest(chat, now))
      if (at - now > LONGEST_WAIT_MS) throw putOff(at)
      sent.push({ at, chat })
      if (sent.length > 2 * pace.perDay) sent.splice(0, pace.perDay)
      if (at > now) await clock.sleepUntil(Temporal.Instant.fromEpochMilliseconds(at), signal)
    },
    quiet: (forMs = pace.quietAfterLogin) => {
      quietUntil = Math.max(quietUntil, clock.now().epochMilliseconds + forMs)
    },
  }
}

function putOff(at: number): DeliveryError {
  return new DeliveryError('wechat_paced', '微信发得太密会被限制,这条稍后再发。', {
    retryable: true,
    postponed: true,
    retryAt: Temporal.Instant.fromEpochMilliseconds(at),
  })
}
