/**
 * A WeChat message into the bot's form, or nothing: own messages, system notices, red packets,
 * official accounts, @所有人 and room talk that does not mention the bot are not for us.
 *
 * Gateways mark mentions badly: some know only those picked from the list, some take any member with
 * the bot's nickname. So a typed 「@名字」 counts too, and what the library leaves of a mention in the
 * text is taken out here.
 */
import type { InboundContent, InboundMessage } from '../../domain/message.ts'
import { chosenNumber } from './remember-choices.ts'
import type { WechatMessage } from './wechat-link.ts'

export const CHANNEL = 'wechat'

/** Older questions are not answered: some sessions replay their backlog at login. */
const OLDEST_MINUTES = 10
/** What ends a typed mention: the platform's own space, white space, punctuation, or the end. */
const AFTER_MENTION = '[\\u2005\\s,，:：。!！?？、]|$'
const TO_ALL = new RegExp(`@(?:所有人|all)(?:${AFTER_MENTION})`, 'i')

export function parseWechatMessage(
  message: WechatMessage,
  { now, answersDigits }: { readonly now: Temporal.Instant; readonly answersDigits: boolean },
): InboundMessage | undefined {
  if (message.isOwn || !message.talker.isPerson || message.kind === 'notice') return undefined
  const sentAt = Temporal.Instant.from(message.sentAt)
  if (now.since(sentAt).total('minutes') > OLDEST_MINUTES) return undefined
  const content = contentOf(message, answersDigits)
  if (content === undefined) return undefined
  const { room, talker } = message
  return {
    id: message.id,
    conversation: {
      channel: CHANNEL,
      conversationId: room?.id ?? talker.id,
      kind: room === undefined ? 'private' : 'group',
    },
    sender: { accountId: talker.id, displayName: talker.name },
    sentAt,
    ...(room && { groupName: room.topic }),
    content,
  }
}

/** @param answersDigits this person was offered numbered choices here: a bare number is for the bot. */
function contentOf(message: WechatMessage, answersDigits: boolean): InboundContent | undefined {
  const isGroup = message.room !== undefined
  switch (message.kind) {
    case 'text': {
      const text = withoutQuotation(message.text)
      const isChoice = answersDigits && chosenNumber(text) !== undefined
      if (isGroup && !isChoice && !isForMe(message, text)) return undefined
      return { kind: 'text', text: withoutMentions(text, message.ownNames) }
    }
    case 'file':
      if (isGroup) return undefined
      return { kind: 'file', name: message.fileName ?? '文件', reference: message.id }
    case 'image':
    case 'voice':
    case 'video':
    case 'card':
      return isGroup ? undefined : { kind: 'unsupported', what: message.kind }
    case 'notice':
    case 'other':
      return undefined
  }
}

function isForMe(message: WechatMessage, text: string): boolean {
  if (TO_ALL.test(text)) return false
  return message.mentionsMe || message.ownNames.some((name) => mentionOf(name).test(text))
}

/** A reply on WeChat quotes what it answers: 「张三：…」, a line of dashes, then the new text. */
function withoutQuotation(text: string): string {
  return text.replace(/^「[\s\S]*?」\n(?:- ){3,}-?[ ]*\n|^「[\s\S]*?」\n[-—─]{5,}\n/, '')
}

function withoutMentions(text: string, names: readonly string[]): string {
  const cleaned = names.reduce(
    (rest, name) => rest.replace(new RegExp(mentionOf(name).source, 'g'), ' '),
    text,
  )
  // What a client made of a name we do not know: 「@…」 with the platform's own space behind it.
  return cleaned
    .replace(/@[^@\u2005]{1,40}\u2005/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function mentionOf(name: string): RegExp {
  const literal = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return new RegExp(`@${literal}(?:${AFTER_MENTION})`)
}
