/** Which number stands for what, for one person in one conversation, for ten minutes. */
import type { Action, ConversationRef, InboundMessage } from '../../domain/message.ts'

/** The calls of keyv that are needed; a Keyv is one. */
export interface KeptValues {
  get(key: string): Promise<unknown>
  /** Forgets after `ttl` milliseconds. */
  set(key: string, value: unknown, ttl?: number): Promise<unknown>
  delete(key: string): Promise<unknown>
}

const VALID_MS = 10 * 60 * 1000

export interface Choices {
  offer(to: ConversationRef, accountId: string, actions: readonly Action[]): Promise<void>
  isOffered(conversationId: string, accountId: string): Promise<boolean>
  /** The message as it is, or the action its number stands for. */
  resolve(message: InboundMessage): Promise<InboundMessage>
}

export function rememberChoices(values: KeptValues): Choices {
  const read = async (conversationId: string, accountId: string) =>
    readActions(await values.get(keyOf(conversationId, accountId)))
  return {
    offer: async ({ conversationId }, accountId, actions) => {
      const key = keyOf(conversationId, accountId)
      const kept = actions.map(({ name, values: meant }) => ({ name, values: meant }))
      if (kept.length === 0) await values.delete(key)
      else await values.set(key, JSON.stringify(kept), VALID_MS)
    },
    isOffered: async (conversationId, accountId) =>
      (await read(conversationId, accountId)).length > 0,
    resolve: async (message) => {
      const { content, conversation, sender } = message
      const number = content.kind === 'text' ? chosenNumber(content.text) : undefined
      if (number === undefined) return message
      const action = (await read(conversation.conversationId, sender.accountId))[number - 1]
      return action === undefined ? message : { ...message, content: { kind: 'action', ...action } }
    },
  }
}

/** 「2」, also as people write it: 「２」, 「2.」, 「回复2」, 「选 2」. */
export function chosenNumber(text: string): number | undefined {
  const digits = /^(?:回复|选)?\s*(\d{1,2})\s*[.。、]?$/.exec(text.normalize('NFKC').trim())?.[1]
  return digits === undefined ? undefined : Number(digits)
}

const keyOf = (conversationId: string, accountId: string) =>
  `choices/${JSON.stringify([conversationId, accountId])}`

type Chosen = Pick<Action, 'name' | 'values'>

/** What lies in a cache may be of an older version: anything unexpected counts as nothing. */
function readActions(value: unknown): readonly Chosen[] {
  if (typeof value !== 'string') return []
  const list: unknown = JSON.parse(value)
  return Array.isArray(list) ? list.filter(isChosen) : []
}

function isChosen(value: unknown): value is Chosen {
  return typeof value === 'object' && value !== null && 'name' in value && 'values' in value
}
