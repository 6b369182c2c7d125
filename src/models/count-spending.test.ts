import { describe, expect, it } from 'vitest'
import { createSpending } from './count-spending.ts'

function storeInMemory() {
  const kept = new Map<string, unknown>()
  return {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: unknown) => kept.set(key, structuredClone(value)),
  }
}
const prices = { prompt: 2, completion: 8, embedding: 0.5 }

describe('spending', () => {
  it('adds up a day and a month, and prices them', async () => {
    let day = '2026-11-20'
    const spending = await createSpending({ prices, today: () => day })
    spending.add({ prompt: 500_000, completion: 125_000 })
    day = '2026-11-21'
    spending.add({ embedding: 2_000_000 })

    expect(spending.today()).toEqual({ prompt: 0, completion: 0, embedding: 2_000_000, cost: 1 })
    expect(spending.thisMonth()).toMatchObject({ prompt: 500_000, cost: 3 })
    expect(spending.tokensToday()).toBe(2_000_000)
    day = '2026-12-01'
    expect(spending.thisMonth()).toMatchObject({ prompt: 0, cost: 0 })
  })

  it('names no cost without prices', async () => {
    const spending = await createSpending({ prices: {}, today: () => '2026-11-20' })
    spending.add({ prompt: 10 })
    expect(spending.today()).not.toHaveProperty('cost')
  })

  it('outlives a restart, and adds to what another replica spent', async () => {
    const store = storeInMemory()
    const options = { prices, today: () => '2026-11-20', store }
    const one = await createSpending(options)
    const other = await createSpending(options)
    one.add({ prompt: 100 })
    await one.kept()
    other.add({ prompt: 50, completion: 5 })
    await other.kept()

    const after = await createSpending(options)
    expect(after.tokensToday()).toBe(155)
    expect(after.thisMonth()).toMatchObject({ prompt: 150, completion: 5 })
  })

  it('takes a store that fails, or holds something else, for nothing spent', async () => {
    const broken = {
      get: async () => Promise.reject(new Error('down')),
      set: async () => Promise.reject(new Error('down')),
    }
    const spending = await createSpending({ prices, today: () => '2026-11-20', store: broken })
    spending.add({ prompt: 7 })
    await spending.kept()
    expect(spending.tokensToday()).toBe(7)
    const odd = { get: async () => 'seven', set: async () => undefined }
    const other = await createSpending({ prices, today: () => '2026-11-20', store: odd })
    expect(other.tokensToday()).toBe(0)
  })
})
