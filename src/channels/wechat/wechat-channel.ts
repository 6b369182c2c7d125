/**
 * WeChat through a session process: messages in when they are for the bot, plain text out, slowly.
 *
 * The platform deduplicates nothing and proves no delivery, so a send whose outcome is not known says
 * 「（重发）」 when it is repeated. Message ids are the session's own: a resend by the session process
 * carries the id it had.
 */
import type { Clock } from '../../clock.ts'
import type { HealthCheck } from '../../domain/health.ts'
import type { InboundMessage } from '../../domain/message.ts'
import { BotError } from '../../errors.ts'
import type { Logger } from '../../logger.ts'
import { type Channel, type ChannelCapabilities, DeliveryError } from '../channel.ts'
import { createReplies, type Reply } from './await-replies.ts'
import { describeState } from './describe-state.ts'
import {
  type KeepingTimes,
  type KeptSession,
  keepSession,
  type SessionParts,
} from './keep-session.ts'
import { limitFlood } from './limit-flood.ts'
import { CAREFUL_PACE, createWechatPacer, type Pace } from './pace-wechat.ts'
import { CHANNEL, parseWechatMessage } from './parse-wechat-message.ts'
import { type KeptValues, rememberChoices } from './remember-choices.ts'
import { LONGEST_TEXT } from './render-wechat.ts'
import { createSender, REPLY_WITHIN_MS } from './send-wechat.ts'
import type { WechatEvent, WechatLink } from './wechat-link.ts'

export interface WechatOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly random: () => number
  readonly open: SessionParts['open']
  readonly lease: SessionParts['lease']
  readonly probe: SessionParts['probe']
  /** Numbered choices and sends under way: may be lost. */
  readonly values: KeptValues
  readonly pace?: Pace
  readonly times?: Partial<KeepingTimes>
}

export interface WechatChannel extends Channel {
  /** The bytes of a file message. @throws {BotError} */
  readFile(
    reference: string,
    signal: AbortSignal,
  ): Promise<{ readonly bytes: Uint8Array; readonly name?: string }>
  check(): HealthCheck
  /** What a phone has to scan now; undefined when nothing. */
  qrText(): string | undefined
  lastMessageAt(): Temporal.Instant | undefined
}

const CAPABILITIES: ChannelCapabilities = {
  initiates: true,
  idempotent: false,
  edits: false,
  maxTextLength: LONGEST_TEXT,
  wordsOnly: true,
}

const FLOOD_NOTICE = '您发得太快了，请歇一分钟再发，前面的问题会照常答复。'
/** The platform's own words when it throttles an account. */
const THROTTLED = /操作过于频繁/
const THROTTLE_PAUSE_MS = 10 * 60 * 1000

export function createWechatChannel(options: WechatOptions): WechatChannel {
  const { clock, logger, values } = options
  const choices = rememberChoices(values)
  const pacer = createWechatPacer(clock, {
    pace: options.pace ?? CAREFUL_PACE,
    random: options.random,
    values,
  })
  const judge = limitFlood(clock)
  const replies = createReplies()
  let session: KeptSession | undefined
  let receive: ((message: InboundMessage) => Promise<void>) | undefined
  let lastMessageAt: Temporal.Instant | undefined
  let isOtherAccount = false
  let comparing = Promise.resolve()
  const online = Promise.withResolvers<void>()

  const onEvent = (event: WechatEvent, link: WechatLink) => {
    if (event.kind === 'login') {
      pacer.quiet()
      online.resolve()
      comparing = comparing.then(() => compareAccount(event.id))
    }
    if (event.kind === 'sent' || event.kind === 'file') replies.settle(event.number, event)
    if (event.kind === 'message') void takeIn(event, link)
    if (event.kind === 'joined') {
      void acknowledge(event.number, link, async () => await receive?.(joined(event)))
    }
  }

  /** Under another account the ids of people are others too: bindings made under the first are void. */
  const compareAccount = async (id: string) => {
    try {
      const before = await values.get('account')
      if (before !== undefined && before !== id) {
        isOtherAccount = true
        logger.warn('wechat_account_changed', {})
      }
      await values.set('account', id)
    } catch (error) {
      logger.warn('wechat_account_not_kept', { error })
    }
  }

  const standing = () => {
    const now = clock.now()
    const silentUntil = pacer.silentUntil()
    return {
      isOtherAccount,
      ...(silentUntil && { silentMinutes: silentUntil.since(now).total('minutes') }),
      ...(lastMessageAt && { idleMinutes: now.since(lastMessageAt).total('minutes') }),
    }
  }

  const takeIn = async (event: Extract<WechatEvent, { kind: 'message' }>, link: WechatLink) => {
    lastMessageAt = clock.now()
    const { message } = event
    if (message.isOwn || THROTTLED.test(message.text)) {
      if (message.kind !== 'text' && THROTTLED.test(message.text)) pacer.quiet(THROTTLE_PAUSE_MS)
      link.post({ kind: 'taken', number: event.number, ok: true })
      return
    }
    await acknowledge(event.number, link, async () => {
      const place = message.room?.id ?? message.talker.id
      const answersDigits = await choices.isOffered(place, message.talker.id)
      const parsed = parseWechatMessage(message, { now: clock.now(), answersDigits })
      if (parsed === undefined) return
      const verdict = judge(message.talker.id)
      if (verdict === 'notice') void sayTooFast(parsed)
      if (verdict === 'pass') await receive?.(await choices.resolve(parsed))
    })
  }

  /** Taken once its row is committed; refused otherwise, and then offered again. */
  const acknowledge = async (number: number, link: WechatLink, work: () => Promise<void>) => {
    try {
      if (receive === undefined) throw new Error('The channel takes no messages now.')
      await work()
      link.post({ kind: 'taken', number, ok: true })
    } catch (error) {
      logger.warn('wechat_message_refused', { error })
      link.post({ kind: 'taken', number, ok: false })
    }
  }

  const sayTooFast = async ({ conversation, sender }: InboundMessage) => {
    const mention = conversation.kind === 'group' ? { mention: sender.accountId } : {}
    try {
      const signal = AbortSignal.timeout(REPLY_WITHIN_MS)
      await pacer.turn(conversation.conversationId, 'answer', signal)
      await post(conversation, { text: FLOOD_NOTICE, ...mention }, signal)
    } catch (error) {
      logger.warn('wechat_notice_unsent', { error })
    }
  }

  const linkOnline = (): WechatLink => {
    const link = session?.link()
    if (link !== undefined && session?.state().kind === 'online') return link
    throw new DeliveryError(
      'wechat_offline',
      '微信没有登录，消息先留着。请在管理页面查看登录状态。',
      { retryable: true, postponed: true },
    )
  }

  const { post, send } = createSender({ linkOnline, replies, pacer, choices, values })

  return {
    name: CHANNEL,
    capabilities: CAPABILITIES,
    start: async (receiver) => {
      receive = receiver
      session = keepSession(options, onEvent)
      await online.promise
    },
    send,
    sendsHere: () => session?.state().kind !== 'standby',
    stop: async () => {
      receive = undefined
      await session?.stop()
      online.resolve()
      replies.abandon()
    },
    readFile: async (reference, signal) => {
      const link = linkOnline()
      const { reply, number } = replies.expect(link, FETCH_WITHIN_MS, signal)
      link.post({ kind: 'fetch', number, messageId: reference })
      return fileOf(await reply)
    },
    check: () => ({ name: '微信', ...describeState(session?.state(), standing()) }),
    qrText: () => {
      const state = session?.state()
      return state?.kind === 'scan' ? state.qr : undefined
    },
    lastMessageAt: () => lastMessageAt,
  }
}

const FETCH_WITHIN_MS = 60_000

function joined({ room, sentAt }: Extract<WechatEvent, { kind: 'joined' }>): InboundMessage {
  return {
    id: `joined/${room.id}/${sentAt}`,
    conversation: { channel: CHANNEL, conversationId: room.id, kind: 'group' },
    sender: { accountId: room.id },
    sentAt: Temporal.Instant.from(sentAt),
    content: { kind: 'joined', who: 'bot' },
  }
}

function fileOf(reply: Reply | undefined) {
  if (reply?.kind === 'file' && reply.base64 !== undefined) {
    const bytes = new Uint8Array(Buffer.from(reply.base64, 'base64'))
    return { bytes, ...(reply.name !== undefined && { name: reply.name }) }
  }
  const reason = reply?.kind === 'file' ? reply.failure : undefined
  throw new BotError('wechat_file_lost', reason ?? '微信没有把文件传过来，请再发一次。')
}
