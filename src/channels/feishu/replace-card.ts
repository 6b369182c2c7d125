/** Puts a message in the place of an earlier one: in the answer to a click, typed, or as a whole. */
import { z } from 'zod'
import { fitsCard } from './check-card.ts'
import { FeishuError, type RefusalKind } from './classify-error.ts'
import { isClick } from './parse-card-action.ts'
import { inTurn, platformMessageId, type Sending } from './post-message.ts'
import { type Card, renderCard } from './render-card.ts'
import { streamCard } from './stream-card.ts'
import { LONGEST_TOAST, shortened, summaryOf } from './text-message.ts'

/** After these an update is no use any more, and the message is sent as a new one. */
const BEYOND_UPDATE: readonly RefusalKind[] = ['recalled', 'too-old', 'card', 'too-long', 'other']

/** Changes the card that was pressed, with a word beside it where somebody still waits for one. @throws {FeishuError} */
export async function reviseCard(sending: Sending): Promise<string | undefined> {
  const { replyTo, card, ...said } = sending.message
  if (replyTo === undefined || card === undefined || !isClick(replyTo)) return undefined
  const text = shortened(summaryOf(said), LONGEST_TOAST)
  const message = { blocks: card, replaces: replyTo }
  return replaceCard({ ...sending, message, streaming: false }, text)
}

/** The platform's id of the message; undefined when there is nothing to replace or it cannot be. @throws {FeishuError} */
export async function replaceCard(sending: Sending, text?: string): Promise<string | undefined> {
  const { message } = sending
  if (message.replaces === undefined) return undefined
  const card = renderCard(message, sending)
  if (!fitsCard(card)) return undefined
  const word = text === undefined ? {} : { text }
  const clicked = sending.clicks.offer(message.replaces, { kind: 'card', card, ...word })
  if (clicked !== undefined) return clicked
  const messageId = message.replaces.startsWith(`${sending.appId}/`)
    ? platformMessageId(message.replaces, sending.appId)
    : await sending.sent.find(message.replaces)
  if (messageId === undefined) return undefined
  try {
    if (!(await isTyped(sending, messageId, card))) await updateCard(sending, messageId, card)
    return messageId
  } catch (error) {
    if (!(error instanceof FeishuError) || !BEYOND_UPDATE.includes(error.kind)) throw error
    sending.logger.info('feishu_update_refused', { code: error.refusal.code, kind: error.kind })
    return undefined
  }
}

async function updateCard(sending: Sending, messageId: string, card: Card): Promise<void> {
  const path = `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}`
  const data = { content: JSON.stringify(card) }
  const { signal } = sending
  await inTurn(sending, { method: 'PATCH', path, data, repeatable: true, signal }, z.unknown())
}

/** Whether the replacement was shown letter by letter; when that fails it is shown as a whole. */
async function isTyped(sending: Sending, messageId: string, card: Card): Promise<boolean> {
  if (!sending.streaming || sending.calls.isSaving()) return false
  try {
    return await streamCard(messageId, card, sending)
  } catch (error) {
    if (!(error instanceof FeishuError)) throw error
    sending.logger.info('feishu_streaming_refused', { code: error.refusal.code, kind: error.kind })
    return false
  }
}
