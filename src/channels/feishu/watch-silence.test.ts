import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../../test/support/fake-clock.ts'
import { watchSilence } from './watch-silence.ts'

const PING_SECONDS = 120

/** How a connection is judged on which something is read at these seconds. */
async function judge(readAt: readonly number[], seconds: number, jumpAt?: number) {
  const clock = createFakeClock('2026-11-20T01:00:00Z')
  const watching = new AbortController()
  let bytes = 0
  let silentAt: number | undefined
  let passed = 0
  const verdict = watchSilence(() => bytes, PING_SECONDS, clock, watching.signal).then(
    (isSilent) => {
      if (isSilent) silentAt = passed
    },
  )
  for (passed = 1; passed <= seconds && silentAt === undefined; passed += 1) {
    if (readAt.includes(passed)) bytes += 100
    if (passed === jumpAt) await clock.jumpTo(clock.now().add({ hours: 6 }))
    await clock.advance({ seconds: 1 })
  }
  watching.abort()
  await verdict
  return silentAt
}

describe('watchSilence', () => {
  it('calls a connection silent when a ping went unanswered', async () => {
    const silentAt = await judge([1, 121], 400)
    expect(silentAt).toBeGreaterThan(121 + PING_SECONDS)
    expect(silentAt).toBeLessThanOrEqual(121 + PING_SECONDS + 20)
  })

  it('leaves one alone on which every ping is answered', async () => {
    expect(await judge([1, 121, 241, 361, 481], 500)).toBeUndefined()
  })

  it('gives twice as long to a platform that answered no ping from the beginning', async () => {
    expect(await judge([], 2 * PING_SECONDS)).toBeUndefined()
    expect(await judge([], 400)).toBeLessThanOrEqual(2 * PING_SECONDS + 20)
  })

  it('takes a clock that was put forward for no silence', async () => {
    expect(await judge([1, 121], 200, 130)).toBeUndefined()
  })
})
