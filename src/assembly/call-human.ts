/** 转人工: the union's people are told who asked for one, and what about. */
import type { App } from '../app.ts'
import type { InboundMessage } from '../domain/message.ts'
import { accountOf, adminAccounts } from './accounts.ts'
import type { FileChannel } from './file-channel.ts'
import { privateDelivery } from './private-delivery.ts'

/** A name is a courtesy: nobody waits longer for it. */
const NAME_WITHIN_MS = 2_000

/** Tells every admin that can be reached; false when there is none. */
export async function callHuman(
  message: InboundMessage,
  question: string | undefined,
  app: App,
  channels: ReadonlyMap<string, FileChannel>,
): Promise<boolean> {
  const admins = await adminAccounts(app)
  const reachable = admins.filter(({ channel }) => channels.get(channel)?.capabilities.initiates)
  const from = await nameOf(message, app, channels)
  const asked = question === undefined ? '。' : `，刚才问的是：${question}`
  const blocks = [{ kind: 'paragraph', text: `${from}想找人工${asked}` }] as const
  const { channel: here } = message.conversation
  await app.store.outbox.enqueue(
    reachable.map((account) => {
      // On the same platform the admin can open a chat with them from the mention.
      const mention = account.channel === here ? { mention: message.sender.accountId } : {}
      const about = ['call', message.id, account.channel, account.accountId]
      return privateDelivery(about, account, { blocks, ...mention }, app)
    }),
  )
  return reachable.length > 0
}

async function nameOf(
  message: InboundMessage,
  app: App,
  channels: ReadonlyMap<string, FileChannel>,
): Promise<string> {
  const { displayName, accountId } = message.sender
  const known = displayName ?? (await app.store.people.byAccount(accountOf(message)))?.name
  if (known !== undefined) return known
  const channel = channels.get(message.conversation.channel)
  const signal = AbortSignal.timeout(NAME_WITHIN_MS)
  const asked = await channel?.nameOf?.(accountId, signal).catch(() => undefined)
  return asked || '一位职工'
}
