import { Keyv } from 'keyv'
import { describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../../../test/support/fake-clock.ts'
import { CAREFUL_PACE, createWechatPacer, type Purpose } from './pace-wechat.ts'

const never = new AbortController().signal

function pacing(values = new Keyv(), clock: FakeClock = createFakeClock('2026-11-23T01:00:00Z')) {
  const pacer = createWechatPacer(clock, { pace: CAREFUL_PACE, random: () => 0, values })
  /** Whether it was this one's turn; the moment to come back when it was not. */
  const attempt = async (chat: string, purpose: Purpose) => {
    let outcome: 'sent' | Temporal.Instant | undefined
    pacer.turn(chat, purpose, never).then(
      () => {
        outcome = 'sent'
      },
      ({ retryAt }: { retryAt: Temporal.Instant }) => {
        outcome = retryAt
      },
    )
    while (outcome === undefined) await clock.advance({ milliseconds: 100 })
    return outcome
  }
  /** Sends as the outbox does: what is put off comes back later. Resolves to the seconds it took. */
  const send = async (chat: string, purpose: Purpose): Promise<number> => {
    const from = clock.now()
    for (;;) {
      const outcome = await attempt(chat, purpose)
      if (outcome === 'sent') return clock.now().since(from).total('seconds')
      await clock.advanceTo(outcome)
    }
  }
  return { clock, pacer, attempt, send, values }
}

describe('the pace of WeChat', () => {
  it('pauses in one chat, and longer between chats', async () => {
    const { send } = pacing()
    await send('li', 'answer')

    expect(await send('li', 'answer')).toBeCloseTo(1.5, 0)
    expect(await send('ma', 'answer')).toBeCloseTo(3, 0)
  })

  it('keeps an answer waiting for seconds while a hundred reminders want out', async () => {
    const { attempt, send } = pacing()
    const outcomes: unknown[] = []
    for (let i = 0; i < 100; i++) outcomes.push(await attempt(`cadre${i}`, 'unasked'))

    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(
      CAREFUL_PACE.unaskedPerMinute,
    )
    expect(await send('worker', 'answer')).toBeLessThan(6)
  })

  it('sends no more than a minute and a day allow, also after a restart', async () => {
    const { clock, send, values } = pacing()
    for (let i = 0; i < CAREFUL_PACE.perDay; i++) await send(`chat${i % 2}`, 'answer')
    const minutes = clock.now().since(Temporal.Instant.from('2026-11-23T01:00:00Z'))
    expect(minutes.total('minutes')).toBeGreaterThan(
      CAREFUL_PACE.perDay / CAREFUL_PACE.perMinute - 1,
    )

    const restarted = pacing(values, clock)
    restarted.pacer.quiet()
    await clock.advance({ seconds: 20 })
    await expect(restarted.pacer.turn('li', 'answer', never)).rejects.toMatchObject({
      postponed: true,
    })
    expect(restarted.pacer.silentUntil()?.toString()).toBe('2026-11-24T01:00:00Z')
  })

  it('is quiet after a login, and remembers a throttle over a restart', async () => {
    const { clock, pacer, values } = pacing()
    pacer.quiet()
    await expect(pacer.turn('li', 'unasked', never)).rejects.toMatchObject({
      retryAt: Temporal.Instant.from('2026-11-23T01:00:08Z'),
    })
    pacer.quiet(600_000)
    await clock.advance({ seconds: 1 })

    const restarted = pacing(values, clock)
    restarted.pacer.quiet()
    await clock.advance({ seconds: 1 })
    expect(restarted.pacer.silentUntil()?.toString()).toBe('2026-11-23T01:10:00Z')
  })
})
