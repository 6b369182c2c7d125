/**
 * Which message of the platform a delivery became: needed to replace it, to push it, to see who has
 * read it. What
 * is forgotten is sent anew instead of replaced; nobody is wronged.
 */
export interface SentMessages {
  remember(deliveryId: string, messageId: string): Promise<void>
  find(deliveryId: string): Promise<string | undefined>
  /** The other way round, for receipts. */
  deliveryOf(messageId: string): Promise<string | undefined>
}

/** The two calls of keyv that are needed; a Keyv is one. */
export interface KeptValues {
  get(key: string): Promise<unknown>
  /** Forgets after `ttl` milliseconds. */
  set(key: string, value: unknown, ttl?: number): Promise<unknown>
}

/** The platform updates no message older than this. */
const KEPT_MS = 14 * 24 * 60 * 60 * 1000

/** Outlives the process and is shared between replicas, as far as `values` is. */
export function keepSentMessages(values: KeptValues): SentMessages {
  const read = async (key: string) => {
    const value = await values.get(key)
    return typeof value === 'string' ? value : undefined
  }
  return {
    remember: async (deliveryId, messageId) => {
      await values.set(`delivery/${deliveryId}`, messageId, KEPT_MS)
      await values.set(`message/${messageId}`, deliveryId, KEPT_MS)
    },
    find: (deliveryId) => read(`delivery/${deliveryId}`),
    deliveryOf: (messageId) => read(`message/${messageId}`),
  }
}

/** About a day of a busy union. */
const MANY = 20_000

/** In memory: for tests and for whoever brings nothing better. */
export function createSentMessages(): SentMessages {
  const messages = new Map<string, string>()
  const deliveries = new Map<string, string>()
  const keep = (map: Map<string, string>, key: string, value: string) => {
    map.delete(key)
    map.set(key, value)
    if (map.size > MANY) map.delete(map.keys().next().value ?? key)
  }
  return {
    remember: async (deliveryId, messageId) => {
      keep(messages, deliveryId, messageId)
      keep(deliveries, messageId, deliveryId)
    },
    find: async (deliveryId) => messages.get(deliveryId),
    deliveryOf: async (messageId) => deliveries.get(messageId),
  }
}
