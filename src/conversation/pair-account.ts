/**
 * Binds an account on a platform to a person: an admin has a code made for the person, who sends
 * 「绑定 123456」 to the bot in a private chat. Nicknames prove nothing, and contact ids may change
 * between logins; whoever holds the code is the person.
 *
 * A group chat is bound to a unit in the same way (pair-group.ts), with a code of its own kind.
 *
 * A code lives in the cache, as a slow hash, for 24 hours and for one use; it may be lost and made
 * anew. Guessing is limited for each account and for all together. Safe to run twice for one message:
 * an account that is bound already hears so.
 */
import { randomInt, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { InboundMessage, OutboundMessage } from '../domain/message.ts'
import type { AccountRef, Person } from '../domain/person.ts'
import type { Store } from '../storage/store.ts'
import { type GroupOffer, isGroupOffer, pairGroup } from './pair-group.ts'

/** The calls of keyv that are needed; a Keyv is one. */
export interface PairingMemory {
  get(key: string): Promise<unknown>
  /** Forgets after `ttl` milliseconds. */
  set(key: string, value: unknown, ttl?: number): Promise<unknown>
  delete(key: string): Promise<unknown>
}

export interface PairingTools {
  readonly store: Store
  readonly memory: PairingMemory
  readonly now: () => Temporal.Instant
}

const CODE_VALID_MS = 24 * 60 * 60 * 1000
const TRIES_KEPT_MS = 60 * 60 * 1000
/** Wrong codes an hour: one account, and all together, against guessing with many accounts. */
const TRIES_OF_ONE = 5
const TRIES_OF_ALL = 50

const PAIRING = /^绑定(?:码)?[\s:]*(\d{6})$/

/** Makes the code that binds one account to the person; six digits. */
export async function createPairingCode(
  personId: string,
  memory: Pick<PairingMemory, 'set'>,
): Promise<string> {
  const code = sixDigits()
  await memory.set(await codeKey(code), personId, CODE_VALID_MS)
  return code
}

/** Makes the code that binds a group chat to a unit; six digits, said in the group itself. */
export async function createGroupCode(
  offer: GroupOffer,
  memory: Pick<PairingMemory, 'set'>,
): Promise<string> {
  const code = sixDigits()
  await memory.set(await codeKey(code), offer, CODE_VALID_MS)
  return code
}

/** Whether a message asks to be bound: then nothing else may read it. */
export function asksToPair(message: InboundMessage): boolean {
  return codeOf(message) !== undefined
}

/** undefined when the message does not ask to be bound. */
export async function pairAccount(
  message: InboundMessage,
  tools: PairingTools,
): Promise<OutboundMessage | undefined> {
  const code = codeOf(message)
  if (code === undefined) return undefined
  const { memory, store } = tools
  const account = { channel: message.conversation.channel, accountId: message.sender.accountId }
  const key = await codeKey(code)
  const triesKeys = [`tries/${JSON.stringify(account)}`, 'tries/all'] as const
  const [own, all] = await Promise.all(triesKeys.map((each) => countOf(each, memory)))
  if ((own ?? 0) >= TRIES_OF_ONE || (all ?? 0) >= TRIES_OF_ALL) {
    return say('绑定码试错太多次了，请过一小时再试，或请管理员核对。')
  }
  const meant = await memory.get(key)
  if (message.conversation.kind === 'group') {
    await memory.delete(key)
    if (isGroupOffer(meant)) return say(await pairGroup(message, meant, tools))
    await Promise.all(triesKeys.map((each) => countUp(each, memory)))
    return say('绑定码不要发在群里，别人会看见。这个码已作废，请找管理员重新要一个，私聊发给我。')
  }
  if (isGroupOffer(meant)) return say(`这个码是给群「${meant.name}」用的，请在群里 @我 发送。`)
  const person = typeof meant === 'string' ? await store.people.byId(meant) : undefined
  if (person === undefined) {
    const bound = await store.people.byAccount(account)
    await Promise.all(triesKeys.map((each) => countUp(each, memory)))
    return say(bound ? `这个账号已经绑定为${bound.name}。` : UNKNOWN_CODE)
  }
  await memory.delete(key)
  await bind(account, person, tools)
  return say(`绑定成功，您是${person.name}。以后的任务提醒会发到这里，回复「我的任务」可以查看。`)
}

const UNKNOWN_CODE =
  '绑定码不对，或者已经用过、过期（24 小时内有效，只能用一次）。请找管理员重新要一个。'

/** A person has one account on a platform: the one bound last, in the place of the one before. */
async function bind(account: AccountRef, person: Person, { store, now }: PairingTools) {
  const isHere = ({ channel }: AccountRef) => channel === account.channel
  const at = person.accounts.findIndex(isHere)
  const others = person.accounts.filter((other) => !isHere(other))
  const accounts = others.toSpliced(at < 0 ? others.length : at, 0, account)
  await store.transaction(async (inside) => {
    await inside.people.save({ ...person, accounts })
    await inside.audit.record({
      at: now(),
      actor: `${account.channel}:${account.accountId}`,
      action: 'account_paired',
      subject: `person:${person.id}`,
      details: { channel: account.channel, replaced: at >= 0 },
    })
  })
}

function codeOf({ content }: InboundMessage): string | undefined {
  return content.kind === 'text'
    ? PAIRING.exec(content.text.normalize('NFKC').trim())?.[1]
    : undefined
}

const sixDigits = () => String(randomInt(1_000_000)).padStart(6, '0')

const hash = promisify<string, string, number, Buffer>(scrypt)

/** A million codes are tried in no time against a quick hash. */
async function codeKey(code: string): Promise<string> {
  return `code/${(await hash(code, 'niangjiaren/pairing', 24)).toString('hex')}`
}

interface Tries {
  readonly count: number
}

async function countOf(key: string, memory: PairingMemory): Promise<number> {
  const kept = await memory.get(key)
  return isTries(kept) ? kept.count : 0
}

async function countUp(key: string, memory: PairingMemory): Promise<void> {
  await memory.set(key, { count: (await countOf(key, memory)) + 1 }, TRIES_KEPT_MS)
}

const isTries = (value: unknown): value is Tries =>
  typeof value === 'object' && value !== null && 'count' in value && typeof value.count === 'number'

const say = (text: string): OutboundMessage => ({ blocks: [{ kind: 'paragraph', text }] })
