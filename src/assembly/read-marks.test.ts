import { describe, expect, it } from 'vitest'
import { createReadMarks } from './read-marks.ts'

describe('createReadMarks', () => {
  it('keeps the first moment at which a delivery was read', async () => {
    const kept = new Map<string, unknown>()
    const marks = createReadMarks({
      get: async (key) => kept.get(key),
      set: async (key, value) => kept.set(key, value),
    })
    const first = Temporal.Instant.from('2026-11-20T01:00:00Z')
    await marks.note('d1', first)
    await marks.note('d1', first.add({ hours: 1 }))
    expect((await marks.readAt('d1'))?.equals(first)).toBe(true)
    expect(await marks.readAt('d2')).toBeUndefined()
  })
})
