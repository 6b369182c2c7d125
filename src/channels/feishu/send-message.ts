/**
 * One message to the platform: as a card, as text when the card is refused or does not fit. Every
 * create carries a `uuid` made from the delivery's id, so that a try after a lost answer shows
 * nothing twice (the platform remembers it for an hour, `SentMessages` for longer).
 */
import { z } from 'zod'
import type { OutboundMessage } from '../../domain/message.ts'
import { plainText } from './card-markdown.ts'
import { fitsCard } from './check-card.ts'
import { FeishuError, type RefusalKind } from './classify-error.ts'
import { post, type Sending, uuidOf } from './post-message.ts'
import { renderCard } from './render-card.ts'
import { replaceCard, reviseCard } from './replace-card.ts'
import { fallbackText, LONGEST_TOAST, maskForAudit, splitText } from './text-message.ts'

/** UTF-16 units of one text message; the platform takes 150 KB, a phone shows this much with comfort. */
export const LONGEST_TEXT = 8_000

/** @throws {FeishuError} when the platform did not take it. */
export async function sendMessage(sending: Sending): Promise<void> {
  sending.signal.throwIfAborted()
  if ((await sending.sent.find(sending.deliveryId)) !== undefined) return
  if (answersClick(sending)) return
  const messageId =
    (await reviseCard(sending)) ?? (await replaceCard(sending)) ?? (await sendAnew(sending))
  await sending.sent.remember(sending.deliveryId, messageId)
  // Whoever pressed a button need not be told to wait any more: the answer is there.
  if (sending.message.replyTo) {
    sending.clicks.offer(sending.message.replyTo, { kind: 'word', text: '已回复。' })
  }
  if (sending.message.urgent) await push(sending, messageId)
}

/** A few words in answer to a click are shown where it was pressed, not written into the chat. */
function answersClick({ message, clicks }: Sending): boolean {
  const [only, ...more] = message.blocks
  if (only?.kind !== 'paragraph' || more.length > 0) return false
  if (message.replaces || message.card) return false
  const text = plainText(only.text)
  if (message.replyTo === undefined || text.length > LONGEST_TOAST) return false
  return clicks.offer(message.replyTo, { kind: 'word', text }) !== undefined
}

async function sendAnew(sending: Sending): Promise<string> {
  const { message } = sending
  const card = renderCard({ ...message, blocks: message.card ?? message.blocks }, sending)
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
  if (kind === 'card' || kind === 'too-long' || kind === 'other') return fallbackText(message)
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
