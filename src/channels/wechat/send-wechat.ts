/**
 * A message out, in parts and slowly. The platform proves no delivery: a part that may have been shown
 * already says 「（重发）」 when it is repeated, also after a crash, as long as the cache remembers the
 * attempt. Parts that were shown for certain are not said again: the rest follows.
 */
import { createHash } from 'node:crypto'
import type { Action, ConversationRef, OutboundMessage } from '../../domain/message.ts'
import { type Channel, DeliveryError } from '../channel.ts'
import { type Attempt, openAttempt } from './attempts.ts'
import type { Replies } from './await-replies.ts'
import type { Purpose, WechatPacer } from './pace-wechat.ts'
import type { Choices, KeptValues } from './remember-choices.ts'
import { REPEATED, renderWechat } from './render-wechat.ts'
import type { SendFailure, WechatLink } from './wechat-link.ts'

/** Longer than the session process waits for the platform. */
export const REPLY_WITHIN_MS = 15_000

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
  const post: WechatSender['post'] = (to, words, signal) => postOne(to, words, signal, parts)
  return {
    post,
    send: async (to, message, { deliveryId, signal }) => {
      parts.linkOnline()
      if (signal.aborted) throw failed('failed')
      const isForOne = to.kind === 'private' || message.mention !== undefined
      const rendered = renderWechat(message, isForOne)
      const attempt = await openAttempt(deliveryId, digest(rendered.parts), parts.values)
      await offerChoices(to, message, rendered.choices, parts)
      for (const [index, text] of rendered.parts.entries()) {
        if (index < attempt.shown) continue
        const isRepeat = index === attempt.shown && attempt.mayBeShown
        const words = wordsOf(`${isRepeat ? REPEATED : ''}${text}`, index, to, message)
        await parts.pacer.turn(to.conversationId, purposeOf(message), signal)
        await tryOne(attempt, { index, isRepeat }, () => post(to, words, signal))
      }
    },
  }
}

const purposeOf = ({ replyTo }: OutboundMessage): Purpose =>
  replyTo === undefined ? 'unasked' : 'answer'

/**
 * Before the words go out: whoever reads them may reply at once. What nobody asked for takes no numbers
 * away that were offered before.
 */
async function offerChoices(
  to: ConversationRef,
  message: OutboundMessage,
  offered: readonly Action[],
  { choices }: SenderParts,
): Promise<void> {
  if (offered.length === 0 && purposeOf(message) === 'unasked') return
  await choices.offer(to, message.mention ?? to.conversationId, offered)
}

/** A refusal is taken back from the record, unless an earlier try may have been shown. */
async function tryOne(
  attempt: Attempt,
  { index, isRepeat }: { readonly index: number; readonly isRepeat: boolean },
  post: () => Promise<void>,
): Promise<void> {
  await attempt.begin(index)
  try {
    await post()
  } catch (error) {
    if (!isUnknown(error) && !isRepeat) await attempt.undo(index)
    throw error
  }
  await attempt.end(index)
}

const isUnknown = (error: unknown) => !(error instanceof DeliveryError) || error.outcomeUnknown

/** The first part mentions; a mention with every part would call the person again and again. */
function wordsOf(
  text: string,
  index: number,
  { kind }: ConversationRef,
  { mention }: OutboundMessage,
): Words {
  return kind === 'group' && mention !== undefined && index === 0 ? { text, mention } : { text }
}

/** The same words in the same parts: only then is there a rest to go on with. */
const digest = (parts: readonly string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16)

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

const FAILURES: Readonly<Record<SendFailure, DeliveryError>> = {
  'not-friend': new DeliveryError('wechat_not_friend', '对方不是这个微信号的好友，私信发不出去。', {
    retryable: false,
  }),
  'no-such-chat': new DeliveryError(
    'wechat_no_such_chat',
    '找不到这个联系人或群，可能重新登录后编号变了，请重新绑定。',
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
