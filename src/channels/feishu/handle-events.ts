/**
 * What happens to an event, whichever way it came: normalised, stored, acknowledged. Nothing else
 * happens before the acknowledgement, and events of one chat are stored in the order they came.
 */
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { ConversationRef, InboundMessage } from '../../domain/message.ts'
import type { Logger } from '../../logger.ts'
import type { ClickAnswers } from './answer-clicks.ts'
import { type CardClick, createChangeCounter, parseCardAction } from './parse-card-action.ts'
import { type Identity, parseEvent, READ_EVENTS } from './parse-event.ts'
import type { SentMessages } from './sent-messages.ts'

/** A message that was read, from the platform's receipt. */
export interface ReadReceipt {
  readonly deliveryId: string
  readonly accountId: string
}

export interface EventTools {
  readonly identity: () => Identity
  readonly receive: (message: InboundMessage) => Promise<void>
  readonly clicks: ClickAnswers
  readonly sent: SentMessages
  readonly onRead: (receipt: ReadReceipt) => void
  readonly clock: Clock
  readonly logger: Logger
  /** Aborts when the channel stops: clicks stop waiting for their card. */
  readonly signal: AbortSignal
}

type Handlers = Readonly<Record<string, (event: unknown) => Promise<unknown>>>

const readShape = z.object({
  reader: z.object({ reader_id: z.object({ open_id: z.string().min(1) }) }),
  message_id_list: z.array(z.string()).max(1_000),
})

/** One handler a type, as the SDK's dispatcher takes them. A handler that rejects is redelivered. */
export function eventHandlers(tools: EventTools): Handlers {
  const inOrder = createOrder()
  const changes = createChangeCounter()

  async function take(type: string, event: unknown): Promise<void> {
    const message = parseEvent(type, event, tools.identity())
    if (message === undefined) {
      tools.logger.debug('feishu_event_ignored', { type })
      return
    }
    await inOrder(chatOf(message.conversation), () => tools.receive(message))
  }

  /** Answers within the 3 s that the platform gives, with the new card or a word. */
  async function click(event: unknown): Promise<object> {
    const { appId } = tools.identity()
    const now = tools.clock.now()
    const parsed = parseCardAction(event, { appId, now, changes })
    if (parsed === undefined) {
      tools.logger.info('feishu_click_not_understood')
      return toast('warning', '这张卡片已经失效，请重新提问。')
    }
    const answering = tools.clicks.wait(namesOf(parsed), parsed.cardMessageId, tools.signal)
    await tools.sent.remember(parsed.deliveryId, parsed.cardMessageId)
    try {
      await tools.receive(parsed.message)
    } catch (error) {
      tools.logger.error('feishu_click_not_stored', { error })
      return toast('error', '没有办成，请稍后再点一次。')
    }
    const answer = await answering
    if (answer === undefined) return toast('info', '已收到，正在处理。')
    if (answer.kind === 'word') return toast('success', answer.text)
    return {
      ...toast('success', answer.text ?? '已更新。'),
      card: { type: 'raw', data: answer.card },
    }
  }

  async function read(event: unknown): Promise<void> {
    const receipt = readShape.safeParse(event).data
    for (const messageId of receipt?.message_id_list ?? []) {
      const deliveryId = await tools.sent.deliveryOf(messageId)
      const accountId = receipt?.reader.reader_id.open_id
      if (deliveryId && accountId) tools.onRead({ deliveryId, accountId })
    }
  }

  return {
    ...Object.fromEntries(READ_EVENTS.map((type) => [type, (event) => take(type, event)])),
    'card.action.trigger': click,
    'im.message.message_read_v1': read,
  }
}

const namesOf = ({ deliveryId, message }: CardClick) =>
  [deliveryId, message.id, message.replyTo].filter((name) => name !== undefined)

const toast = (type: 'info' | 'success' | 'warning' | 'error', content: string) => ({
  toast: { type, content },
})

const chatOf = ({ conversationId }: ConversationRef) => conversationId

/** Runs the work of one key one after the other; different keys do not wait for each other. */
function createOrder(): (key: string, work: () => Promise<void>) => Promise<void> {
  const tails = new Map<string, Promise<void>>()
  return async (key, work) => {
    const mine = (tails.get(key) ?? Promise.resolve()).then(work)
    const tail = mine.catch(() => undefined)
    tails.set(key, tail)
    try {
      await mine
    } finally {
      if (tails.get(key) === tail) tails.delete(key)
    }
  }
}
