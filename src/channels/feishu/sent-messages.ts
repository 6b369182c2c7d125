/**
 * Which message of the platform a delivery became: needed to replace it, to push it, to see who has
 * read it. Kept in memory unless the application brings something that outlives the process.
 */
export interface SentMessages {
  remember(deliveryId: string, messageId: string): Promise<void>
  find(deliveryId: string): Promise<string | undefined>
  /** The other way round, for receipts. */
  deliveryOf(messageId: string): Promise<string | undefined>
}

/** About a day of a busy union. */
const MANY = 20_000

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
