/**
 * What calls to models have cost: tokens of today and of this month, and their price where the
 * operator has given prices. Kept over restarts in a cache: an estimate for the operator and the
 * measure of the daily budget, never an invoice; replicas add up, a rare race may lose a call.
 */

export interface Tokens {
  readonly prompt: number
  readonly completion: number
  readonly embedding: number
}

/** Price of a million tokens, in the operator's currency (yuan where the page shows it). */
export interface Prices {
  readonly prompt?: number
  readonly completion?: number
  readonly embedding?: number
}

export interface Spent extends Tokens {
  /** Absent without prices. */
  readonly cost?: number
}

export interface Spending {
  add(tokens: Partial<Tokens>): void
  today(): Spent
  thisMonth(): Spent
  /** Tokens of all kinds, today. */
  tokensToday(): number
  /** Resolves when what was added so far is kept. */
  kept(): Promise<void>
}

/** The two calls of keyv that are needed; a Keyv is one. */
export interface SpendingStore {
  get(key: string): Promise<unknown>
  /** Forgets after `ttl` milliseconds. */
  set(key: string, value: unknown, ttl?: number): Promise<unknown>
}

export interface SpendingOptions {
  readonly prices: Prices
  /** The day it is, YYYY-MM-DD in the union's time zone. */
  readonly today: () => string
  readonly store?: SpendingStore
}

const NOTHING: Tokens = { prompt: 0, completion: 0, embedding: 0 }
/** Longer than any month that is still shown. */
const KEPT_MS = 70 * 24 * 60 * 60 * 1000
const MILLION = 1_000_000

/** Reads what was spent before; a store that does not answer counts as nothing spent. */
export async function createSpending(options: SpendingOptions): Promise<Spending> {
  const { prices, today, store } = options
  const totals = new Map<string, Tokens>()
  const pending = new Map<string, Tokens>()
  let writing: Promise<void> = Promise.resolve()

  const recall = async (period: string) => {
    const stored = await store?.get(period).catch(() => undefined)
    totals.set(period, readTokens(stored))
  }
  const write = async (): Promise<void> => {
    for (const [period, tokens] of [...pending]) {
      pending.delete(period)
      const others = readTokens(await store?.get(period).catch(() => undefined))
      await store?.set(period, sum(others, tokens), KEPT_MS).catch(() => undefined)
    }
  }
  const periods = () => [today(), today().slice(0, 'YYYY-MM'.length)]
  for (const period of periods()) await recall(period)
  const spent = (period: string): Spent => withCost(totals.get(period) ?? NOTHING, prices)

  return {
    add(tokens) {
      const added = sum(NOTHING, tokens)
      for (const period of periods()) {
        totals.set(period, sum(totals.get(period) ?? NOTHING, added))
        pending.set(period, sum(pending.get(period) ?? NOTHING, added))
      }
      writing = writing.then(write)
    },
    today: () => spent(today()),
    thisMonth: () => spent(today().slice(0, 'YYYY-MM'.length)),
    tokensToday() {
      const { prompt, completion, embedding } = totals.get(today()) ?? NOTHING
      return prompt + completion + embedding
    },
    kept: () => writing,
  }
}

function sum(one: Tokens, other: Partial<Tokens>): Tokens {
  return {
    prompt: one.prompt + (other.prompt ?? 0),
    completion: one.completion + (other.completion ?? 0),
    embedding: one.embedding + (other.embedding ?? 0),
  }
}

function withCost(tokens: Tokens, prices: Prices): Spent {
  const kinds = ['prompt', 'completion', 'embedding'] as const
  if (kinds.every((kind) => prices[kind] === undefined)) return tokens
  const cost = kinds.reduce((sum, kind) => sum + tokens[kind] * (prices[kind] ?? 0), 0) / MILLION
  return { ...tokens, cost }
}

/** What lies in a cache may be of an older version: anything unexpected counts as nothing. */
function readTokens(value: unknown): Tokens {
  if (typeof value !== 'object' || value === null) return NOTHING
  const { prompt, completion, embedding } = value as Partial<Tokens>
  const whole = (count: unknown) => (typeof count === 'number' && count >= 0 ? count : 0)
  return { prompt: whole(prompt), completion: whole(completion), embedding: whole(embedding) }
}
