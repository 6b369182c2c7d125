/**
 * What the bot and the process that holds the WeChat session say to each other. The process is a
 * process of its own because the library behind it may crash, hang or leak; everything here is plain
 * data that survives a pipe.
 */

/** A message as the session saw it. */
export interface WechatMessage {
  readonly id: string
  readonly kind: 'text' | 'file' | 'image' | 'voice' | 'video' | 'card' | 'notice' | 'other'
  readonly text: string
  /** Sent by the session's own account, from here or from its phone. */
  readonly isOwn: boolean
  /** The talker's id, name, and whether it is a person (not an official account). */
  readonly talker: { readonly id: string; readonly name: string; readonly isPerson: boolean }
  readonly room?: { readonly id: string; readonly topic: string }
  /** The library says that the bot was mentioned. */
  readonly mentionsMe: boolean
  /** Names under which the bot may be mentioned here: its name, its alias in the room. */
  readonly ownNames: readonly string[]
  readonly fileName?: string
  /** ISO instant. */
  readonly sentAt: string
}

export type WechatEvent =
  /** `qr`: what a phone has to scan. */
  | { readonly kind: 'scan'; readonly qr: string }
  | { readonly kind: 'login'; readonly id: string; readonly name: string }
  | { readonly kind: 'logout'; readonly reason: string }
  /** `number` is acknowledged once the message's row is committed, or refused. */
  | { readonly kind: 'message'; readonly number: number; readonly message: WechatMessage }
  | {
      readonly kind: 'joined'
      readonly number: number
      readonly room: { readonly id: string; readonly topic: string }
      readonly sentAt: string
    }
  | { readonly kind: 'sent'; readonly number: number; readonly failure?: SendFailure }
  | {
      readonly kind: 'file'
      readonly number: number
      readonly base64?: string
      readonly name?: string
      readonly failure?: string
    }
  | { readonly kind: 'alive' }
  /** The session is of no use any more; the process is about to end. */
  | { readonly kind: 'broken'; readonly reason: string }

/** `unknown`: it may have been shown all the same. */
export type SendFailure = 'not-friend' | 'no-such-chat' | 'failed' | 'unknown'

export type WechatCommand =
  | { readonly kind: 'taken'; readonly number: number; readonly ok: boolean }
  | {
      readonly kind: 'send'
      readonly number: number
      readonly to: { readonly kind: 'private' | 'group'; readonly id: string }
      readonly text: string
      readonly mention?: string
    }
  | { readonly kind: 'fetch'; readonly number: number; readonly messageId: string }
  /** The session is owned for so many milliseconds more; then, unless told again, the process ends. */
  | { readonly kind: 'hold'; readonly forMs: number }

/** The two ends of the pipe, as one side sees it. */
export interface WechatLink {
  post(command: WechatCommand): void
  /** Called for every event; at most one listener. */
  onEvent(listener: (event: WechatEvent) => void): void
  /** Called once, when the process has ended, however. */
  onEnd(listener: (reason: string) => void): void
  /** Ends the process without asking. */
  kill(): void
}

export interface SessionOptions {
  readonly puppet: string
  readonly token?: string
  /** host:port of the gateway. */
  readonly endpoint?: string
  /** The gateway speaks without TLS: loopback and private networks only. */
  readonly withoutTls: boolean
}
