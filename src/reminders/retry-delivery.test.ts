import { describe, expect, it } from 'vitest'
import { DeliveryError } from '../channels/channel.ts'
import { decideRetry } from './retry-delivery.ts'

const now = Temporal.Instant.from('2026-11-23T02:00:03Z')
const elsewhere = { channel: 'feishu', conversationId: 'ou_li', kind: 'private' } as const
const delivery = { attempts: 1, fallbacks: [], notBefore: now, outcomeUnknown: false }
const decide = (
  more: Partial<Parameters<typeof decideRetry>[0]>,
  error: ConstructorParameters<typeof DeliveryError>[2],
) =>
  decideRetry({ ...delivery, ...more }, new DeliveryError('test', '试', error), {
    now,
    random: () => 0,
  })

describe('decideRetry', () => {
  it('gives a message up after so many tries', () => {
    expect(decide({ attempts: 13 }, { retryable: true }).kind).toBe('retry')
    expect(decide({ attempts: 14 }, { retryable: true }).kind).toBe('dead')
  })

  it('uses up no try while the channel is down, and comes back on ticks that all share', () => {
    const outcome = decide({}, { retryable: true, postponed: true })
    expect(outcome).toMatchObject({ kind: 'retry', uncounted: true })
    expect(outcome.kind === 'retry' && outcome.at.toString()).toBe('2026-11-23T02:00:10Z')

    const later = now.add({ seconds: 40 })
    const paced = decide({}, { retryable: true, postponed: true, retryAt: later })
    expect(paced.kind === 'retry' && paced.at.toString()).toBe('2026-11-23T02:00:50Z')
  })

  it('turns to the other channel soon when this one is down', () => {
    const down = { retryable: true, postponed: true }
    const waiting = decide({ fallbacks: [elsewhere] }, down)
    expect(waiting).toMatchObject({ kind: 'retry', uncounted: false })
    expect(decide({ fallbacks: [elsewhere], attempts: 5 }, down).kind).toBe('dead')
  })

  it('turns to the other channel at once when this one names a far moment, and waits for a near one', () => {
    const until = (minutes: number) =>
      decide(
        { fallbacks: [elsewhere] },
        { retryable: true, postponed: true, retryAt: now.add({ minutes }) },
      )

    expect(until(600)).toEqual({ kind: 'dead', code: 'test' })
    expect(until(1)).toMatchObject({ kind: 'retry', uncounted: true })
  })

  it('brings what was claimed together back together', () => {
    const down = new DeliveryError('test', '试', { retryable: true, postponed: true })
    const at = (seconds: number) =>
      decideRetry(delivery, down, {
        now: now.add({ seconds }),
        claimedAt: now,
        random: () => 0,
      })

    expect(at(8)).toEqual(at(0))
  })

  it('does not forget that an earlier try may have been shown', () => {
    const outcome = decide({ outcomeUnknown: true }, { retryable: true, postponed: true })
    expect(outcome).toMatchObject({ outcomeUnknown: true })
  })
})
