/**
 * One message to the platform: as a card, as text when the card is refused or does not fit. Every
 * create carries a `uuid` made from the delivery's id, so that a try after a lost answer shows
 * nothing twice (the platform remembers it for an hour, `SentMessages` for longer).
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ConversationRef, OutboundMessage } from '../../domain/message.ts'
import type { Logger } from '../../logger.ts'
import type { ClickAnswers } from './answer-clicks.ts'
import { plainText } from './card-markdown.ts'
import { fitsCard } from './check-card.ts'
import { FeishuError, type RefusalKind } from './classify-error.ts'
import type { CallCounter } from './count-calls.ts'
import type { ApiRequest, FeishuApi } from './feishu-api.ts'
import type { Pacer } from './pace-sends.ts'
import { renderCard } from './render-card.ts'
import type { SentMessages } from './sent-messages.ts'
import { fallbackText, maskForAudit, splitText } from './text-message.ts'

/** UTF-16 units of one text message; the platform takes 150 KB, a phone shows this much with comfort. */
export const LONGEST_TEXT = 8_000

export interface SendTools {
  readonly appId: string
  readonly api: FeishuApi
  readonly pacer: Pacer
  readonly calls: CallCounter
  readonly sent: SentMessages
  readonly clicks: ClickAnswers
  readonly logger: Logger
}

interface Sending extends SendTools {
  readonly to: ConversationRef
  readonly message: OutboundMessage
  readonly deliveryId: string
  readonly signal: AbortSignal
}

const sentShape = z.object({ message_id: z.string().min(1) })

/** @throws {FeishuError} when the platform did not take it. */
export async function sendMessage(sending: Sending): Promise<void> {
  sending.signal.throwIfAborted()
  if ((await sending.sent.find(sending.deliveryId)) !== undefined) return
  if (answersClick(sending)) return
  const messageId = (await replaceCard(sending)) ?? (await sendAnew(sending))
  await sending.sent.remember(sending.deliveryId, messageId)
  if (sending.message.urgent) await push(sending, messageId)
}

/** Longest text that a toast shows whole on a phone. */
const LONGEST_TOAST = 40

/** A few words in answer to a click are shown where it was pressed, not written into the chat. */
function answersClick({ message, clicks }: Sending): boolean {
  const [only, ...more] = message.blocks
  if (only?.kind !== 'paragraph' || more.length > 0 || message.replaces) return false
  const text = plainText(only.text)
  if (message.replyTo === undefined || text.length > LONGEST_TOAST) return false
  return clicks.offer(message.replyTo, { kind: 'word', text }) !== undefined
}

/** After these an update is no use any more, and the message is sent as a new one. */
const BEYOND_UPDATE: readonly RefusalKind[] = ['recalled', 'too-old', 'card', 'too-long', 'other']

/** undefined when there is nothing to replace or it cannot be. */
async function replaceCard(sending: Sending): Promise<string | undefined> {
  const { message, signal } = sending
  if (message.replaces === undefined) return undefined
  const card = renderCard(message, sending)
  if (!fitsCard(card)) return undefined
  const clicked = sending.clicks.offer(message.replaces, { kind: 'card', card })
  if (clicked !== undefined) return clicked
  const messageId = message.replaces.startsWith(`${sending.appId}/`)
    ? platformMessageId(message.replaces, sending.appId)
    : await sending.sent.find(message.replaces)
  if (messageId === undefined) return undefined
  const path = `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}`
  const data = { content: JSON.stringify(card) }
  try {
    await inTurn(sending, { method: 'PATCH', path, data, repeatable: true, signal }, z.unknown())
    return messageId
  } catch (error) {
    if (!(error instanceof FeishuError) || !BEYOND_UPDATE.includes(error.kind)) throw error
    sending.logger.info('feishu_update_refused', { code: error.refusal.code, kind: error.kind })
    return undefined
  }
}

async function sendAnew(sending: Sending): Promise<string> {
  const card = renderCard(sending.message, sending)
  if (!fitsCard(card)) return sendText(sending, fallbackText(sending.message))
  try {
    return await post(sending, 'interactive', JSON.stringify(card), uuidOf(sending.deliveryId))
  } catch (error) {
    if (!(error instanceof FeishuError)) throw error
    const text = textInstead(error.kind, sending.message)
    if (text === undefined) throw error
    const { code, detail } = error.refusal
    sending.logger.warn('feishu_card_refused', { code, detail, kind: error.kind })
    return sendText(sending, text)
  }
}

function textInstead(kind: RefusalKind, message: OutboundMessage): string | undefined {
  if (kind === 'card' || kind === 'too-long') return fallbackText(message)
  return kind === 'audit' ? maskForAudit(fallbackText(message)) : undefined
}

/** The id of the first part. */
async function sendText(sending: Sending, text: string): Promise<string> {
  const { mention } = sending.message
  const greeting = mention && sending.to.kind === 'group' ? `<at user_id="${mention}"></at> ` : ''
  const ids: string[] = []
  for (const [at, part] of splitText(text, LONGEST_TEXT).entries()) {
    const content = JSON.stringify({ text: `${at === 0 ? greeting : ''}${part}` })
    const uuid = uuidOf(at === 0 ? sending.deliveryId : `${sending.deliveryId}#${at}`)
    ids.push(await post(sending, 'text', content, uuid))
  }
  return ids[0] ?? post(sending, 'text', '{"text":" "}', uuidOf(sending.deliveryId))
}

async function post(
  sending: Sending,
  type: 'interactive' | 'text',
  content: string,
  uuid: string,
): Promise<string> {
  const data = { msg_type: type, content, uuid }
  const { signal, to } = sending
  const parent = platformMessageId(sending.message.replyTo, sending.appId)
  if (parent === undefined) {
    const { id, kind } = receiverOf(to)
    const params = { receive_id_type: kind }
    const path = '/open-apis/im/v1/messages'
    const whole = { receive_id: id, ...data }
    return send(sending, { method: 'POST', path, params, data: whole, repeatable: true, signal })
  }
  const path = `/open-apis/im/v1/messages/${encodeURIComponent(parent)}/reply`
  const reply = (more: object): ApiRequest => ({
    method: 'POST',
    path,
    data: { ...data, ...more },
    repeatable: true,
    signal,
  })
  if (to.threadId === undefined) return send(sending, reply({}))
  try {
    return await send(sending, reply({ reply_in_thread: true }))
  } catch (error) {
    if (!(error instanceof FeishuError) || error.kind !== 'thread') throw error
    return send(sending, reply({}))
  }
}

async function send(sending: Sending, request: ApiRequest): Promise<string> {
  return (await inTurn(sending, request, sentShape)).message_id
}

/** Within the limits of chat and app; a refusal for going too fast holds up those behind it too. */
async function inTurn<T>(sending: Sending, request: ApiRequest, shape: z.ZodType<T>): Promise<T> {
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

/** The strongest sign the platform has: a banner that stays until it is opened. Never worth an error. */
async function push(sending: Sending, messageId: string): Promise<void> {
  const person = [sending.message.mention, sending.to.conversationId].find((id) =>
    id?.startsWith('ou_'),
  )
  if (person === undefined || sending.calls.isSaving()) return
  const path = `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}/urgent_app`
  const params = { user_id_type: 'open_id' }
  const data = { user_id_list: [person] }
  try {
    await sending.api.call({ method: 'PATCH', path, params, data }, z.unknown())
  } catch (error) {
    sending.logger.warn('feishu_urgent_refused', { error })
  }
}

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
const uuidOf = (deliveryId: string) =>
  createHash('sha256').update(deliveryId).digest('hex').slice(0, 40)
