/** Who an account is to the bot: by configuration first, then by the people of the union. */
import type { App } from '../app.ts'
import type { InboundMessage } from '../domain/message.ts'
import type { AccountRef, Role } from '../domain/person.ts'

export async function roleOf(message: InboundMessage, app: App): Promise<Role> {
  if (app.config.ADMINS.includes(accountName(message))) return 'admin'
  return (await app.store.people.byAccount(accountOf(message)))?.role ?? 'worker'
}

/** Every account under which an admin can be reached, configured or known. */
export async function adminAccounts(
  app: Pick<App, 'store' | 'config'>,
): Promise<readonly AccountRef[]> {
  const people = await app.store.people.find({ role: 'admin' })
  const configured = app.config.ADMINS.map((name) => {
    const [channel = '', ...rest] = name.split(':')
    return { channel, accountId: rest.join(':') }
  })
  const all = [...configured, ...people.flatMap(({ accounts }) => accounts)]
  return [...new Map(all.map((account) => [JSON.stringify(account), account])).values()]
}

export const accountOf = ({ conversation, sender }: InboundMessage): AccountRef => ({
  channel: conversation.channel,
  accountId: sender.accountId,
})

export const accountName = (message: InboundMessage): string => {
  const { channel, accountId } = accountOf(message)
  return `${channel}:${accountId}`
}
