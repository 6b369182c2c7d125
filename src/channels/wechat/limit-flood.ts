/** One person's flood costs only that person: so many messages a minute, then one notice, then silence. */
import type { Clock } from '../../clock.ts'

const PER_MINUTE = 12
const MINUTE_MS = 60_000
/** People remembered at once; the longest silent are forgotten. */
const MOST_PEOPLE = 5_000

export type FloodVerdict = 'pass' | 'notice' | 'drop'

export function limitFlood(clock: Pick<Clock, 'now'>): (accountId: string) => FloodVerdict {
  const people = new Map<string, { startedAt: number; count: number }>()
  return (accountId) => {
    const now = clock.now().epochMilliseconds
    const known = people.get(accountId)
    const window = known && now - known.startedAt < MINUTE_MS ? known : { startedAt: now, count: 0 }
    window.count += 1
    people.delete(accountId)
    people.set(accountId, window)
    const oldest = people.keys().next().value
    if (people.size > MOST_PEOPLE && oldest !== undefined) people.delete(oldest)
    if (window.count <= PER_MINUTE) return 'pass'
    return window.count === PER_MINUTE + 1 ? 'notice' : 'drop'
  }
}
