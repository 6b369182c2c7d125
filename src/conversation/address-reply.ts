/**
 * To whom and to what a reply goes: it answers the message it came from, and in a group it mentions
 * who sent that.
 */
import type { InboundMessage, OutboundMessage } from '../domain/message.ts'

export function addressReply(message: InboundMessage, reply: OutboundMessage): OutboundMessage {
  const { content, conversation, sender } = message
  if (content.kind === 'joined') return reply
  const { card, ...said } = reply
  const isGroup = conversation.kind === 'group'
  return {
    replyTo: message.id,
    ...(isGroup && { mention: sender.accountId }),
    ...said,
    // A group's card is everybody's: what one person pressed does not change it for the others.
    ...(card && !isGroup && { card }),
  }
}
