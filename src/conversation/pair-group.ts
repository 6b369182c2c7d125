/**
 * Binds a group chat to a unit, so that what the unit has to do is said there too. An admin has a code
 * made for a group of a name; somebody says it in that group. Name and code have to fit together: a
 * code that leaks binds no other group. Where the platform tells no names the code alone decides.
 *
 * The group is kept among the people, under an id made from its channel, name and unit: binding it
 * again, after its id on the platform has changed, replaces the old one.
 */
import { createHash } from 'node:crypto'
import type { InboundMessage } from '../domain/message.ts'
import { ROLES, type Role } from '../domain/person.ts'
import type { Store } from '../storage/store.ts'

export interface GroupOffer {
  readonly name: string
  readonly unit: string
  /** That of the least privileged of its members: what they may not read is not said there. */
  readonly role: Role
}

/** Safe to run twice for one message: it binds the same group to the same unit. */
export async function pairGroup(
  { conversation, sender, groupName }: InboundMessage,
  { name, unit, role }: GroupOffer,
  { store, now }: { readonly store: Store; readonly now: () => Temporal.Instant },
): Promise<string> {
  if (groupName !== undefined && plain(groupName) !== plain(name)) {
    return `这个码是给群「${name}」用的，这个群叫「${groupName}」。码已作废，请找管理员重新要一个。`
  }
  const { channel, conversationId } = conversation
  const id = groupId(channel, plain(name), unit)
  const accounts = [{ channel, accountId: conversationId, kind: 'group' as const }]
  await store.transaction(async (inside) => {
    await inside.people.save({ id, name, role, unit, accounts })
    await inside.audit.record({
      at: now(),
      actor: `${channel}:${sender.accountId}`,
      action: 'group_paired',
      subject: `person:${id}`,
      details: { channel, unit },
    })
  })
  return `绑定成功。交给「${unit}」的事项，到期前后会发到这个群。`
}

export function isGroupOffer(value: unknown): value is GroupOffer {
  if (typeof value !== 'object' || value === null) return false
  const { name, unit, role } = value as Partial<Record<keyof GroupOffer, unknown>>
  return typeof name === 'string' && typeof unit === 'string' && ROLES.some((each) => each === role)
}

const plain = (name: string) => name.normalize('NFKC').replaceAll(/\s+/g, '')

function groupId(channel: string, name: string, unit: string): string {
  const about = JSON.stringify(['group', channel, name, unit])
  return createHash('sha256').update(about).digest('hex').slice(0, 12)
}
