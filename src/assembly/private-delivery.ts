/** A message to one account, outside any conversation that is going on. */
import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import type { ConversationRef, OutboundMessage } from '../domain/message.ts'
import type { AccountRef } from '../domain/person.ts'
import type { Delivery } from '../storage/outbox-store.ts'

/** @param about what the delivery is about: the same about, the same id, sent once. */
export function privateDelivery(
  about: readonly string[],
  account: AccountRef,
  message: OutboundMessage,
  app: Pick<App, 'clock'>,
): Delivery {
  const id = createHash('sha256').update(JSON.stringify(about)).digest('base64url').slice(0, 40)
  return {
    id,
    to: privateChat(account),
    content: { kind: 'message', message },
    notBefore: app.clock.now(),
    fallbacks: [],
  }
}

const privateChat = ({ channel, accountId }: AccountRef): ConversationRef => ({
  channel,
  conversationId: accountId,
  kind: 'private',
})
