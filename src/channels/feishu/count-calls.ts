/**
 * Counts the calls that the platform charges for. The free edition has 10,000 a month for a whole
 * organisation; a bot that does not count goes silent in the middle of the month.
 */
import type { Clock } from '../../clock.ts'
import type { KeptValues } from './sent-messages.ts'

/** The platform's months turn at midnight in Beijing. */
const BEIJING_TIME = 'Asia/Shanghai'
/** From here on nothing optional is called: no urgent pushes, no streaming, no receipts. */
const SAVING_SHARE = 0.8

/** Where the figures outlive a restart; several replicas add to one row. */
export interface CallLedger {
  /** Adds and returns the month's new total. `month` is written 2026-11. */
  add(month: string, calls: number): Promise<number>
}

/** A ledger over keyv's two calls. Two replicas that write at once may lose a minute's calls of one. */
export function keepCallLedger(values: KeptValues): CallLedger {
  return {
    add: async (month, calls) => {
      const key = `calls/${month}`
      const before = await values.get(key)
      const total = (typeof before === 'number' ? before : 0) + calls
      if (calls > 0) await values.set(key, total, KEPT_MS)
      return total
    },
  }
}

/** A month and a bit: nobody asks for last month's. */
const KEPT_MS = 40 * 24 * 60 * 60 * 1000

export interface CallUsage {
  readonly month: string
  readonly calls: number
  readonly limit: number
}

export interface CallCounter {
  count(): void
  usage(): CallUsage
  /** Whether optional calls should be left out to keep answers possible. */
  isSaving(): boolean
  /** Writes what was counted since the last time; called now and then, and when stopping. */
  flush(): Promise<void>
}

/**
 * @param limit 0 means unlimited.
 * @param ledger none: the figures start at 0 with the process.
 */
export function createCallCounter(options: {
  readonly clock: Clock
  readonly limit: number
  readonly ledger?: CallLedger
}): CallCounter {
  const { clock, limit, ledger } = options
  let month = monthAt(clock.now())
  let total = 0
  let unsaved = 0

  function turn(): void {
    const current = monthAt(clock.now())
    if (current === month) return
    month = current
    total = 0
    unsaved = 0 // at most a flush interval's calls of a month that no longer matters
  }

  async function flush(): Promise<void> {
    turn()
    if (ledger === undefined) return
    const adding = unsaved
    unsaved = 0
    try {
      total = Math.max(total, (await ledger.add(month, adding)) + unsaved)
    } catch (error) {
      unsaved += adding
      throw error
    }
  }

  return {
    count: () => {
      turn()
      total += 1
      unsaved += 1
    },
    usage: () => {
      turn()
      return { month, calls: total, limit }
    },
    isSaving: () => {
      turn()
      return limit > 0 && total >= limit * SAVING_SHARE
    },
    flush,
  }
}

const monthAt = (instant: Temporal.Instant) =>
  instant.toZonedDateTimeISO(BEIJING_TIME).toPlainDate().toPlainYearMonth().toString()
