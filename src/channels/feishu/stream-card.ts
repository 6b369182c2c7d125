/**
 * Shows a replacement letter by letter (CardKit), only where FEISHU_STREAMING is on: four calls
 * instead of one. The text is finished and checked before it begins, so one write is enough: the
 * client does the typing. Whatever fails on the way, the caller updates the card as a whole.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { ApiRequest, FeishuApi } from './feishu-api.ts'
import type { Card, Element } from './render-card.ts'

/** Shorter texts are there at once anyway. */
const SHORTEST_TEXT = 20
const TYPED_ELEMENT = 'typed'
/**
 * Sequence numbers of a card must only grow, over restarts and replicas too: tenths of seconds since
 * then. A second replacement within three of them is refused, and so shown as a whole.
 */
const SEQUENCE_BEGIN = Temporal.Instant.from('2026-01-01T00:00:00Z')

const convertedShape = z.object({ card_id: z.string().min(1) })

/** @returns false when there is nothing worth typing. @throws {FeishuError} */
export async function streamCard(
  messageId: string,
  card: Card,
  tools: {
    readonly api: FeishuApi
    readonly clock: Clock
    readonly deliveryId: string
    readonly signal: AbortSignal
  },
): Promise<boolean> {
  const text = card.body.elements.find(isTyped)?.['content']
  if (typeof text !== 'string' || text.length < SHORTEST_TEXT) return false
  const { api, signal } = tools
  const convert = {
    path: '/open-apis/cardkit/v1/cards/id_convert',
    data: { message_id: messageId },
  }
  const { card_id: cardId } = await api.call(
    { method: 'POST', ...convert, repeatable: true, signal },
    convertedShape,
  )
  const path = `/open-apis/cardkit/v1/cards/${encodeURIComponent(cardId)}`
  const since = tools.clock.now().epochMilliseconds - SEQUENCE_BEGIN.epochMilliseconds
  const first = Math.floor(since / 100)
  const step = (at: number, request: Pick<ApiRequest, 'method' | 'path'>, data: object) =>
    api.call(
      {
        ...request,
        data: { ...data, sequence: first + at, uuid: stepId(tools.deliveryId, at) },
        repeatable: true,
        signal,
      },
      z.unknown(),
    )
  const empty = { type: 'card_json', data: JSON.stringify(emptied(card)) }
  await step(0, { method: 'PUT', path }, { card: empty })
  const element = `${path}/elements/${TYPED_ELEMENT}/content`
  await step(1, { method: 'PUT', path: element }, { content: text })
  const settings = JSON.stringify({ config: { ...card.config, streaming_mode: false } })
  await step(2, { method: 'PATCH', path: `${path}/settings` }, { settings })
  return true
}

/** The card as it stands before the typing begins. */
function emptied(card: Card): Card {
  const typed = card.body.elements.findIndex(isTyped)
  const elements = card.body.elements.map((element, at) =>
    at === typed ? { ...element, element_id: TYPED_ELEMENT, content: ' ' } : element,
  )
  return { ...card, config: { ...card.config, streaming_mode: true }, body: { elements } }
}

/** The first text. */
const isTyped = ({ tag }: Element) => tag === 'markdown'

const stepId = (deliveryId: string, at: number) =>
  createHash('sha256').update(`${deliveryId}/stream/${at}`).digest('hex').slice(0, 40)
