/** The name of a task in answer to a numbered question. */
import type { OutboundMessage } from '../domain/message.ts'
import type { Store } from '../storage/store.ts'
import { answerPending, choiceNamed } from './answer-pending.ts'
import type { CommandTools, Speaker } from './command-tools.ts'

/** No command, but perhaps the name of one of the tasks that were just offered. */
export async function chooseByName(
  text: string,
  speaker: Speaker,
  store: Store,
  tools: CommandTools,
): Promise<OutboundMessage | undefined> {
  const { account, conversation } = speaker
  const open = await store.pending.open(account, conversation.conversationId, tools.now())
  const index = open && (await choiceNamed(open, text.trim(), store))
  if (!open || index === undefined) return undefined
  const values = { id: open.id, index: String(index) }
  return answerPending('pending-choose', values, speaker, store, tools)
}
