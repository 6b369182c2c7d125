/**
 * A message out, in parts and slowly. The platform proves no delivery: what may have been shown already
 * says 「(重发)」 when it is repeated, also after a crash, as long as the cache remembers the attempt.
 */
import type { ConversationRef } from '../../domain/message.ts'
import { type Channel, DeliveryError } from '../channel.ts'
import type { Replies } from './await-replies.ts'
import type { WechatPacer } from './pace-wechat.ts'
import type { Choices, KeptValues } from './remember-choices.ts'
import { renderWechat } from './render-wechat.ts'
import type { SendFailure, WechatLink } from './wechat-link.ts'

/** Longer than the session process waits for the platform. */
export const REPLY_WITHIN_MS = 15_000
/** A day: longer than the outbox tries. */
const ATTEMPT_KEPT_MS = 24 * 60 * 60 * 1000

export interface SenderParts {
  /** @throws {DeliveryError} when nobody is logged in. */
  readonly linkOnline: () => WechatLink
  readonly replies: Replies
  readonly pacer: WechatPacer
  readonly choices: Choices
  readonly values: KeptValues
}

interface Words {
  readonly text: string
  readonly mention?: string
}

export interface WechatSender {
  /** Sends some words at once. @throws {DeliveryError} */
  post(to: ConversationRef, words: Words, signal: AbortSignal): Promise<void>
  send: Channel['send']
}

export function createSender(parts: SenderParts): WechatSender {
  const { pacer, choices, values } = parts
  const post: WechatSender['post'] = (to, words, signal) => postOne(to, words, signal, parts)
  return {
    post,
    send: async (to, message, { deliveryId, signal }) => {
      parts.linkOnline()
      if (signal.aborted) throw failed('failed')
      const attempt = `attempt/${deliveryId}`
      const prefix = (await values.get(attempt)) === undefined ? '' : '(重发)'
      const rendered = renderWechat(message, prefix)
      // Before the words go out: whoever reads them may reply at once.
      await choices.offer(to, message.mention ?? to.conversationId, rendered.choices)
      const mention = to.kind === 'group' ? message.mention : undefined
      const words = rendered.parts.map((text, i) =>
        withMention(text, i === 0 ? mention : undefined),
      )
      let shown = 0
      try {
        for (const one of words) {
          await pacer.turn(to.conversationId, signal)
          if (shown === 0) await values.set(attempt, 'begun', ATTEMPT_KEPT_MS)
          await post(to, one, signal)
          shown += 1
        }
      } catch (error) {
        throw await afterFailure(error, { shown, attempt, values })
      }
    },
  }
}

const withMention = (text: string, mention: string | undefined): Words =>
  mention === undefined ? { text } : { text, mention }

async function postOne(
  to: ConversationRef,
  words: Words,
  signal: AbortSignal,
  { linkOnline, replies }: SenderParts,
): Promise<void> {
  const link = linkOnline()
  const { reply, number } = replies.expect(link, REPLY_WITHIN_MS, signal)
  link.post({ kind: 'send', number, to: { kind: to.kind, id: to.conversationId }, ...words })
  const result = await reply
  if (result === undefined) throw failed('unknown')
  if (result.kind === 'sent' && result.failure !== undefined) throw failed(result.failure)
}

/** What is said of a send that went wrong, and whether a repeat must own up to being one. */
async function afterFailure(
  error: unknown,
  {
    shown,
    attempt,
    values,
  }: { readonly shown: number; readonly attempt: string; readonly values: KeptValues },
): Promise<unknown> {
  const known = error instanceof DeliveryError ? error : failed('unknown')
  if (shown === 0 && !known.outcomeUnknown) await values.delete(attempt)
  if (shown === 0 || known.outcomeUnknown) return known
  return new DeliveryError(known.code, known.message, {
    retryable: known.retryable,
    outcomeUnknown: true,
    cause: known,
  })
}

const FAILURES: Readonly<Record<SendFailure, DeliveryError>> = {
  'not-friend': new DeliveryError('wechat_not_friend', '对方不是这个微信号的好友,私信发不出去。', {
    retryable: false,
  }),
  'no-such-chat': new DeliveryError(
    'wechat_no_such_chat',
    '找不到这个联系人或群,可能重新登录后编号变了,请重新绑定。',
    {
      retryable: false,
    },
  ),
  failed: new DeliveryError('wechat_refused', '微信没有接受这条消息。', { retryable: true }),
  unknown: new DeliveryError('wechat_outcome_unknown', '不知道微信有没有收下这条消息。', {
    retryable: true,
    outcomeUnknown: true,
  }),
}

const failed = (failure: SendFailure): DeliveryError => FAILURES[failure]
