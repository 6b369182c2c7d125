/**
 * A click on a card → an action message. Its id is made from the card as it stood, the person and
 * what was pressed, so that five presses of one button are one message; pressed again on the card
 * that replaced it, or after another button, it is a new one.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { InboundMessage } from '../../domain/message.ts'
import { type ButtonValue, buttonValueShape } from './button-value.ts'

const clickShape = z.object({
  create_time: z.string().optional(),
  operator: z.object({ open_id: z.string().min(1) }),
  action: z.object({
    value: buttonValueShape,
    form_value: z.record(z.string(), z.unknown()).optional().catch(undefined),
  }),
  context: z.object({ open_message_id: z.string().min(1), open_chat_id: z.string().min(1) }),
})

export interface CardClick {
  readonly message: InboundMessage
  /** The platform's id of the card. */
  readonly cardMessageId: string
  /** deliveryId of the card. */
  readonly deliveryId: string
}

/** How often a person changed their mind on a card: part of a click's id. */
export type CountChanges = (card: string, person: string, pressed: string) => number

export function parseCardAction(
  event: unknown,
  options: {
    readonly appId: string
    readonly now: Temporal.Instant
    readonly changes: CountChanges
  },
): CardClick | undefined {
  const click = clickShape.safeParse(event).data
  if (click === undefined) return undefined
  const { value, form_value: form } = click.action
  const { open_message_id: cardMessageId, open_chat_id: chatId } = click.context
  const values = { ...value.values, ...readForm(form ?? {}) }
  const pressed = fingerprint([value.name, Object.entries(values).toSorted()])
  const card = fingerprint([cardMessageId, value.delivery])
  const change = options.changes(card, click.operator.open_id, pressed)
  const person = click.operator.open_id
  return {
    cardMessageId,
    deliveryId: value.delivery,
    message: {
      // A reply to the click is a reply to its card: the card's id stands where a message's does.
      id: `${options.appId}/${cardMessageId}/${CLICK}${fingerprint([card, person, pressed, change])}`,
      conversation: {
        channel: 'feishu',
        // A private chat is named by the person (parse-event.ts).
        conversationId: value.kind === 'private' ? person : chatId,
        kind: value.kind,
        ...threadOf(value),
      },
      sender: { accountId: person },
      sentAt: options.now,
      replyTo: `${options.appId}/${cardMessageId}`,
      content: { kind: 'action', name: value.name, values },
    },
  }
}

const CLICK = 'click-'

/** Whether a message of ours is a click on a card. */
export const isClick = (id: string) => id.split('/')[2]?.startsWith(CLICK) ?? false

const threadOf = ({ thread }: ButtonValue) => (thread === undefined ? {} : { threadId: thread })

/** Texts and dates; a date picker gives 「2026-12-31 +0800」. */
function readForm(form: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      name,
      String(value ?? '')
        .replace(/^(\d{4}-\d{2}-\d{2}) [+-]\d{4}$/, '$1')
        .trim(),
    ]),
  )
}

const fingerprint = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)

/** Cards and people remembered before the oldest are forgotten. */
const MANY = 10_000

/** Counts in memory: after a restart a person's first press counts as the first again. */
export function createChangeCounter(): CountChanges {
  const seen = new Map<string, { pressed: string; changes: number }>()
  return (card, person, pressed) => {
    const key = `${card}/${person}`
    const last = seen.get(key)
    const changes = last === undefined ? 0 : last.changes + (last.pressed === pressed ? 0 : 1)
    seen.delete(key)
    seen.set(key, { pressed, changes })
    if (seen.size > MANY) seen.delete(seen.keys().next().value ?? key)
    return changes
  }
}
