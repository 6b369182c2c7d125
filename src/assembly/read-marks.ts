/** Which deliveries were read, as far as a platform tells: shown to whoever follows a task, decides nothing. */

/** The two calls of keyv. May be lost. */
export interface KeptMarks {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown, ttl?: number): Promise<unknown>
}

export interface ReadMarks {
  note(deliveryId: string, at: Temporal.Instant): Promise<void>
  /** undefined when it was not read, or nobody knows. */
  readAt(deliveryId: string): Promise<Temporal.Instant | undefined>
}

/** As long as anybody asks who has read the reminders of a task. */
const KEPT_MS = 180 * 24 * 60 * 60 * 1000

export function createReadMarks(values: KeptMarks): ReadMarks {
  const readAt = async (deliveryId: string) => {
    const value = await values.get(deliveryId)
    return typeof value === 'string' ? Temporal.Instant.from(value) : undefined
  }
  return {
    readAt,
    note: async (deliveryId, at) => {
      if ((await readAt(deliveryId)) === undefined) {
        await values.set(deliveryId, at.toString(), KEPT_MS) // the first time counts
      }
    },
  }
}
