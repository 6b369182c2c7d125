/** One call to the messages API: where it goes, within which limits, under which key. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { ConversationRef, OutboundMessage } from '../../domain/message.ts'
import type { Logger } from '../../logger.ts'
import type { ClickAnswers } from './answer-clicks.ts'
import { FeishuError, type RefusalKind } from './classify-error.ts'
import type { CallCounter } from './count-calls.ts'
import type { ApiRequest, FeishuApi } from './feishu-api.ts'
import type { Pacer } from './pace-sends.ts'
import type { SentMessages } from './sent-messages.ts'

export interface SendTools {
  readonly appId: string
  readonly api: FeishuApi
  readonly pacer: Pacer
  readonly calls: CallCounter
  readonly sent: SentMessages
  readonly clicks: ClickAnswers
  readonly clock: Clock
  readonly logger: Logger
  /** Type replacements letter by letter: costs calls. */
  readonly streaming: boolean
}

export interface Sending extends SendTools {
  readonly to: ConversationRef
  readonly message: OutboundMessage
  readonly deliveryId: string
  readonly signal: AbortSignal
}

const sentShape = z.object({ message_id: z.string().min(1) })

/** @returns the platform's id of the message. @throws {FeishuError} */
export async function post(
  sending: Sending,
  type: 'interactive' | 'text',
  content: string,
  uuid: string,
): Promise<string> {
  const data = { msg_type: type, content, uuid }
  let refused: unknown
  for (const request of waysToPost(sending, data)) {
    try {
      return await send(sending, { ...request, repeatable: true, signal: sending.signal })
    } catch (error) {
      if (!(error instanceof FeishuError) || !ANOTHER_WAY.includes(error.kind)) throw error
      refused = error
    }
  }
  throw refused
}

/** The thread is gone, or the message that is answered: it can still be said in the chat. */
const ANOTHER_WAY: readonly RefusalKind[] = ['thread', 'not-found', 'other']

/** Best first: in the thread, as a reply, into the chat. */
function waysToPost({ message, to, appId }: Sending, data: object): ApiRequest[] {
  const { id, kind } = receiverOf(to)
  const create: ApiRequest = {
    method: 'POST',
    path: '/open-apis/im/v1/messages',
    params: { receive_id_type: kind },
    data: { receive_id: id, ...data },
  }
  const parent = platformMessageId(message.replyTo, appId)
  if (parent === undefined) return [create]
  const path = `/open-apis/im/v1/messages/${encodeURIComponent(parent)}/reply`
  const reply: ApiRequest = { method: 'POST', path, data: { ...data } }
  if (to.threadId === undefined) return [reply, create]
  return [{ ...reply, data: { ...data, reply_in_thread: true } }, reply, create]
}

async function send(sending: Sending, request: ApiRequest): Promise<string> {
  return (await inTurn(sending, request, sentShape)).message_id
}

/** Within the limits of chat and app; a refusal for going too fast holds up those behind it too. */
export async function inTurn<T>(
  sending: Sending,
  request: ApiRequest,
  shape: z.ZodType<T>,
): Promise<T> {
  const chat = sending.to.conversationId
  try {
    return await sending.pacer.inTurn(chat, () => sending.api.call(request, shape), sending.signal)
  } catch (error) {
    if (error instanceof FeishuError && error.kind === 'rate-limit' && error.retryAt) {
      sending.pacer.hold(error.retryAt, error.refusal.code === APP_LIMIT ? undefined : chat)
    }
    throw error
  }
}

/** The whole app's limit; the others are a chat's. */
const APP_LIMIT = 99991400

const RECEIVERS: readonly (readonly [prefix: string, kind: string])[] = [
  ['oc_', 'chat_id'],
  ['ou_', 'open_id'],
  ['on_', 'union_id'],
  ['omt_', 'thread_id'],
]

function receiverOf(to: ConversationRef): { readonly id: string; readonly kind: string } {
  const id = to.threadId?.startsWith('omt_') ? to.threadId : to.conversationId
  const kind = RECEIVERS.find(([prefix]) => id.startsWith(prefix))?.[1]
  return { id, kind: kind ?? 'user_id' }
}

/** Ids of ours that are not a message of the platform: nothing can be replied to. */
const NOT_A_MESSAGE = ['entered', 'added']

/** `app id/message_id/…` → `message_id`. */
export function platformMessageId(id: string | undefined, appId: string): string | undefined {
  const [first = '', second] = (id ?? '').split('/')
  const messageId = first === appId ? second : first
  return !messageId || NOT_A_MESSAGE.includes(messageId) ? undefined : messageId
}

/** At most 50 characters, the same for the same delivery for ever. */
export const uuidOf = (deliveryId: string) =>
  createHash('sha256').update(deliveryId).digest('hex').slice(0, 40)
