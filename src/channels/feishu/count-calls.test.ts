import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../../test/support/fake-clock.ts'
import { createCallCounter, keepCallLedger } from './count-calls.ts'

const inNovember = '2026-11-30T15:00:00Z' // 23:00 in Beijing

describe('createCallCounter', () => {
  it('counts, and begins anew when the month turns in Beijing', async () => {
    const clock = createFakeClock(inNovember)
    const calls = createCallCounter({ clock, limit: 10 })
    for (let at = 0; at < 3; at += 1) calls.count()
    expect(calls.usage()).toEqual({ month: '2026-11', calls: 3, limit: 10 })

    await clock.advance({ hours: 1 })
    expect(calls.usage()).toEqual({ month: '2026-12', calls: 0, limit: 10 })
  })

  it('begins to save at four fifths, never when there is no limit', () => {
    const clock = createFakeClock(inNovember)
    const limited = createCallCounter({ clock, limit: 10 })
    const unlimited = createCallCounter({ clock, limit: 0 })
    const saving = Array.from({ length: 9 }, () => {
      limited.count()
      unlimited.count()
      return limited.isSaving()
    })
    expect(saving).toEqual([...Array<boolean>(7).fill(false), true, true])
    expect(unlimited.isSaving()).toBe(false)
  })

  it('takes over what other replicas and earlier runs counted', async () => {
    let stored = 100
    const add = async (_month: string, calls: number) => {
      stored += calls
      return stored
    }
    const calls = createCallCounter({
      clock: createFakeClock(inNovember),
      limit: 1_000,
      ledger: { add },
    })
    calls.count()
    await calls.flush()
    expect(calls.usage().calls).toBe(101)
    await calls.flush()
    expect(stored).toBe(101)
  })

  it('keeps what could not be written for the next time', async () => {
    let isDown = true
    let stored = 0
    const add = async (_month: string, calls: number) => {
      if (isDown) throw new Error('down')
      stored += calls
      return stored
    }
    const calls = createCallCounter({
      clock: createFakeClock(inNovember),
      limit: 1_000,
      ledger: { add },
    })
    calls.count()
    await expect(calls.flush()).rejects.toThrow('down')
    isDown = false
    await calls.flush()
    expect(stored).toBe(1)
  })

  it('counts on after a restart over anything that keeps values', async () => {
    const values = new Map<string, unknown>()
    const ledger = keepCallLedger({
      get: async (key) => values.get(key),
      set: async (key, value) => values.set(key, value),
    })
    const clock = createFakeClock(inNovember)
    for (const run of [1, 2]) {
      const calls = createCallCounter({ clock, limit: 10, ledger })
      calls.count()
      await calls.flush()
      expect(calls.usage().calls).toBe(run)
    }
  })
})
