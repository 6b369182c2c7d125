/**
 * An event of the open platform → a message of ours, or nothing. Nothing is what most events become:
 * a group's talk that is not addressed to the bot, other bots, types nobody subscribed to on
 * purpose. In doubt it is nothing: a bot that answers what was not asked of it is worse than a
 * silent one.
 *
 * Keys: a message's id is `app id/message_id` (`event_id` changes between deliveries, and two bots
 * in one group are sent the same `message_id`).
 */
import { z } from 'zod'
import type { ConversationRef, InboundMessage } from '../../domain/message.ts'
import { type Mention, mentionShape } from './message-text.ts'
import { readContent } from './read-content.ts'

export interface Identity {
  readonly appId: string
  /** undefined when the platform will not say: then only a mention it marks as one of a bot counts. */
  readonly bot: { readonly openId: string; readonly name: string } | undefined
}

const milliseconds = z
  .union([z.string(), z.number().transform(String)])
  .pipe(z.string().regex(/^\d{10,16}$/))
  .transform((text) => Temporal.Instant.fromEpochMilliseconds(Number(text)))
const personShape = z.object({ open_id: z.string().min(1) })

const messageShape = z.object({
  sender: z.object({ sender_id: personShape, sender_type: z.string().default('user') }),
  message: z.object({
    message_id: z.string().min(1),
    parent_id: z.string().nullish(),
    thread_id: z.string().nullish(),
    create_time: milliseconds.optional().catch(undefined),
    update_time: milliseconds.nullish().catch(undefined),
    chat_id: z.string().min(1),
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z.array(mentionShape).nullish(),
  }),
})
type MessageEvent = z.infer<typeof messageShape>

const recallShape = z.object({ message_id: z.string().min(1), chat_id: z.string().min(1) })
const addedShape = z.object({ chat_id: z.string().min(1), operator_id: personShape.nullish() })
const enteredShape = z.object({ operator_id: personShape })
const headerShape = z.object({
  event_id: z.string().min(1),
  create_time: milliseconds.optional().catch(undefined),
})

/** The events we subscribe to, each with its reader. */
const READERS: Readonly<
  Record<string, (event: unknown, identity: Identity) => InboundMessage | undefined>
> = {
  'im.message.receive_v1': (event, identity) => readMessage(event, identity, ''),
  // Not documented today: the platform tells nobody of an edit. If it begins to, it is a new question.
  'im.message.updated_v1': (event, identity) => readMessage(event, identity, 'edit'),
  'im.message.recalled_v1': readRecall,
  'im.chat.member.bot.added_v1': readBotAdded,
  'im.chat.access_event.bot_p2p_chat_entered_v1': readEntered,
}
export const READ_EVENTS: readonly string[] = Object.keys(READERS)

/** @param event the event's fields with those of its header, as the SDK's dispatcher hands them over. */
export function parseEvent(
  type: string,
  event: unknown,
  identity: Identity,
): InboundMessage | undefined {
  return READERS[type]?.(event, identity)
}

function readMessage(event: unknown, identity: Identity, edit: string): InboundMessage | undefined {
  const parsed = messageShape.safeParse(event).data
  if (parsed === undefined || parsed.sender.sender_type !== 'user') return undefined
  const { message, sender } = parsed
  const isBot = (mention: Mention) => isMentionOf(mention, identity)
  if (message.chat_type !== 'p2p' && !(message.mentions ?? []).some(isBot)) return undefined
  const content = readContent(message, isBot)
  if (content === undefined) return undefined
  const version = edit === '' ? '' : `/${edit}-${message.update_time?.epochMilliseconds ?? 0}`
  return {
    id: `${identity.appId}/${message.message_id}${version}`,
    conversation: conversationOf(parsed),
    sender: { accountId: sender.sender_id.open_id },
    sentAt: message.create_time ?? momentOf(event),
    ...(message.parent_id ? { replyTo: `${identity.appId}/${message.parent_id}` } : {}),
    content,
  }
}

/**
 * By open id. (Without the permission for all of a group's messages the platform delivers mentions of
 * this bot only.) A mention of a name counts only where the platform gave neither id: with two bots of
 * different apps in one group the ids have been seen to belong to the other app.
 */
function isMentionOf(mention: Mention, { bot }: Identity): boolean {
  if (bot === undefined) return mention.mentioned_type === 'bot'
  if (mention.id?.open_id) return mention.id.open_id === bot.openId
  return !mention.id?.user_id && mention.name !== '' && mention.name === bot.name
}

/**
 * A private chat is named by the person, not by its chat id: a reminder opens it by the person, and
 * what is said in return has to be found in the same conversation.
 */
function conversationOf({ message, sender }: MessageEvent): ConversationRef {
  const thread = message.thread_id ? { threadId: message.thread_id } : {}
  return message.chat_type === 'p2p'
    ? privateChatWith(sender.sender_id.open_id)
    : { channel: 'feishu', conversationId: message.chat_id, kind: 'group', ...thread }
}

const privateChatWith = (accountId: string): ConversationRef => ({
  channel: 'feishu',
  conversationId: accountId,
  kind: 'private',
})

/** The event does not say who recalled nor where: the inbox knows the message by its id. */
function readRecall(event: unknown, { appId }: Identity): InboundMessage | undefined {
  const recall = recallShape.safeParse(event).data
  if (recall === undefined) return undefined
  return {
    id: `${appId}/${recall.message_id}/recalled`,
    conversation: { channel: 'feishu', conversationId: recall.chat_id, kind: 'group' },
    sender: { accountId: 'unknown' },
    sentAt: momentOf(event),
    content: { kind: 'recalled', messageId: `${appId}/${recall.message_id}` },
  }
}

function readBotAdded(event: unknown, { appId }: Identity): InboundMessage | undefined {
  const added = addedShape.safeParse(event).data
  const header = headerShape.safeParse(event).data
  if (added === undefined || header === undefined) return undefined
  return {
    id: `${appId}/added/${header.event_id}`, // being taken out and put in again is a new welcome
    conversation: { channel: 'feishu', conversationId: added.chat_id, kind: 'group' },
    sender: { accountId: added.operator_id?.open_id ?? 'unknown' },
    sentAt: momentOf(event),
    content: { kind: 'joined', who: 'bot' },
  }
}

/** Sent at every opening of the chat: the id holds the person only, so that the greeting has one key for ever. */
function readEntered(event: unknown, { appId }: Identity): InboundMessage | undefined {
  const entered = enteredShape.safeParse(event).data
  if (entered === undefined) return undefined
  const { operator_id: person } = entered
  return {
    id: `${appId}/entered/${person.open_id}`,
    conversation: privateChatWith(person.open_id),
    sender: { accountId: person.open_id },
    sentAt: momentOf(event),
    content: { kind: 'joined', who: 'person' },
  }
}

/** When the platform made the event; the epoch when it does not say. */
const momentOf = (event: unknown) =>
  headerShape.safeParse(event).data?.create_time ?? Temporal.Instant.fromEpochMilliseconds(0)
