/** A budget per address: `perMinute` at once, refilled evenly. Remembers at most `MOST_ADDRESSES`. */

const MOST_ADDRESSES = 10_000
const MINUTE_MS = 60_000

export interface RateLimit {
  /** Takes one from the budget; the seconds to wait when it is used up, 0 when it was granted. */
  take(address: string): number
}

/** `now` gives milliseconds that never run backwards. */
export function limitRate(perMinute: number, now: () => number): RateLimit {
  const budgets = new Map<string, { left: number; at: number }>()
  return {
    take: (address) => {
      const at = now()
      const known = budgets.get(address) ?? { left: perMinute, at }
      const refilled = known.left + ((at - known.at) * perMinute) / MINUTE_MS
      const left = Math.min(perMinute, refilled)
      budgets.delete(address) // Re-inserted last: the first entry is always the one unseen for longest.
      budgets.set(address, { left: left >= 1 ? left - 1 : left, at })
      const [oldest] = budgets.keys()
      if (budgets.size > MOST_ADDRESSES && oldest !== undefined) budgets.delete(oldest)
      return left >= 1 ? 0 : Math.ceil(((1 - left) * MINUTE_MS) / perMinute / 1000)
    },
  }
}
