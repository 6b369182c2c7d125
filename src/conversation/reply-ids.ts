/** The keys of what answers a message: made from the message alone, so that nothing is said twice. */
import { createHash } from 'node:crypto'
import type { InboundMessage } from '../domain/message.ts'

type Answered = Pick<InboundMessage, 'id' | 'conversation'>

/** One message is answered once. */
export const replyId = (message: Answered) => idOf('reply', message)

/** And its answer is worded better once at most. */
export const rewordedId = (message: Answered) => idOf('reworded', message)

/** It is taken back with its question, if it was worded better before. */
export const takenBackId = (message: Answered) => idOf('taken-back', message)

function idOf(what: string, { id, conversation }: Answered): string {
  const about = JSON.stringify([what, conversation.channel, id])
  return createHash('sha256').update(about).digest('hex').slice(0, 40)
}
