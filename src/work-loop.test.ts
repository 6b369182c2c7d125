import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../test/support/fake-clock.ts'
import { startWorkLoop } from './work-loop.ts'

const START = Temporal.Instant.from('2026-11-20T01:00:00Z')

function setUp(work: number[]) {
  const clock = createFakeClock(START)
  const steps: string[] = []
  const errors: unknown[] = []
  let nextDueAt: Temporal.Instant | undefined
  const loop = startWorkLoop(
    async () => {
      steps.push(clock.now().toString())
      const next = work.shift()
      if (next === -1) throw new Error('The database is away.')
      return next === 1
    },
    { clock, nextDueAt: async () => nextDueAt, onError: (error) => errors.push(error) },
  )
  return { clock, steps, errors, loop, dueAt: (at: Temporal.Instant) => (nextDueAt = at) }
}

describe('startWorkLoop', () => {
  it('goes on at once while there is work, then polls every second', async () => {
    const { clock, steps, loop } = setUp([1, 1, 0])
    await clock.advance({ milliseconds: 999 })
    expect(steps).toHaveLength(3)
    await clock.advance({ milliseconds: 1 })
    expect(steps).toHaveLength(4)
    await loop.stop()
  })

  it('sleeps no longer than until the next work is due', async () => {
    const { clock, steps, loop, dueAt } = setUp([0])
    dueAt(START.add({ milliseconds: 300 }))
    await clock.advance({ milliseconds: 300 })
    expect(steps).toContain('2026-11-20T01:00:00.3Z')
    await loop.stop()
  })

  it('steps when it is woken', async () => {
    const { clock, steps, loop } = setUp([0])
    await clock.advance({ milliseconds: 10 })
    loop.wake()
    await clock.advance({ milliseconds: 10 })
    expect(steps).toHaveLength(2)
    await loop.stop()
  })

  it('survives a step that fails and waits before the next', async () => {
    const { clock, steps, errors, loop } = setUp([-1, 0])
    await clock.advance({ milliseconds: 1999 })
    expect([steps.length, errors.length]).toEqual([1, 1])
    await clock.advance({ milliseconds: 1 })
    expect(steps).toHaveLength(2)
    await loop.stop()
  })

  it('does nothing more once it is stopped', async () => {
    const { clock, steps, loop } = setUp([0])
    await clock.advance({ milliseconds: 10 })
    await loop.stop()
    await clock.advance({ seconds: 10 })
    expect(steps).toHaveLength(1)
  })
})
