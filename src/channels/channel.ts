/** The seam between the bot and a messaging platform. Keep it this small. */
import type { ConversationRef, InboundMessage, OutboundMessage } from '../domain/message.ts'
import { BotError } from '../errors.ts'

export interface ChannelCapabilities {
  /** May open a conversation by itself: needed for reminders. */
  readonly initiates: boolean
  /** A send repeated with the same deliveryId shows once. */
  readonly idempotent: boolean
  /** Can replace a message it sent. */
  readonly edits: boolean
  /** UTF-16 units of one message; longer text is split by the channel at sentence ends. */
  readonly maxTextLength: number
  /** Shows words and no buttons: choices are numbers to reply with, so they are few and said plainly. */
  readonly wordsOnly?: boolean
}

export interface Channel {
  readonly name: string
  readonly capabilities: ChannelCapabilities
  /**
   * Begins to listen; resolves when connected. `receive` resolves once the message's inbox row is
   * committed: only then is it acknowledged to the platform; if it rejects, the platform redelivers.
   */
  start(receive: (message: InboundMessage) => Promise<void>): Promise<void>
  /** @throws {DeliveryError} when the platform did not take the message. */
  send(
    to: ConversationRef,
    message: OutboundMessage,
    options: { readonly deliveryId: string; readonly signal: AbortSignal },
  ): Promise<void>
  /** False while another replica holds the one session that can send: what is due is left to it. */
  sendsHere?(): boolean
  /** Waits for what is under way; may be called twice. */
  stop(): Promise<void>
}

/** A send that failed, classified once, here at the edge. */
export class DeliveryError extends BotError {
  override readonly name = 'DeliveryError'
  /** Not before this moment, when the platform says so. */
  readonly retryAt: Temporal.Instant | undefined
  /** The platform may have taken it all the same: a retry can show twice unless the channel is idempotent. */
  readonly outcomeUnknown: boolean
  /** Nothing was sent: the channel is down or paces itself. Says nothing against this message. */
  readonly postponed: boolean

  constructor(
    code: string,
    message: string,
    options: {
      retryable: boolean
      cause?: unknown
      retryAt?: Temporal.Instant
      outcomeUnknown?: boolean
      postponed?: boolean
    },
  ) {
    super(code, message, options)
    this.retryAt = options.retryAt
    this.outcomeUnknown = options.outcomeUnknown ?? false
    this.postponed = options.postponed ?? false
  }
}
