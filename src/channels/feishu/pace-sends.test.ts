import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../../test/support/fake-clock.ts'
import { createPacer } from './pace-sends.ts'

const start = Temporal.Instant.from('2026-11-20T01:00:00Z')
const never = new AbortController().signal

function setUp() {
  const clock = createFakeClock(start)
  const sent: { chat: string; atMs: number }[] = []
  const pacer = createPacer(clock)
  const send = (chat: string) =>
    pacer.inTurn(
      chat,
      async () => {
        sent.push({ chat, atMs: clock.now().epochMilliseconds - start.epochMilliseconds })
      },
      never,
    )
  return { clock, pacer, send, sent }
}

/** The most that were sent within any one second. */
const busiest = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length))

describe('createPacer', () => {
  it('sends five a second to one chat, in order', async () => {
    const { clock, pacer, sent } = setUp()
    const order: number[] = []
    const all = Array.from({ length: 20 }, (_, at) =>
      pacer.inTurn(
        'a',
        async () => {
          order.push(at)
          sent.push({ chat: 'a', atMs: clock.now().epochMilliseconds })
        },
        never,
      ),
    )
    await clock.advance({ seconds: 10 })
    await Promise.all(all)

    expect(order).toEqual(Array.from({ length: 20 }, (_, at) => at))
    expect(busiest(sent.map(({ atMs }) => atMs))).toBe(5)
  })

  it('sends fifty a second over all chats', async () => {
    const { clock, send, sent } = setUp()
    const all = Array.from({ length: 200 }, (_, at) => send(`chat-${at}`))
    await clock.advance({ seconds: 10 })
    await Promise.all(all)

    expect(busiest(sent.map(({ atMs }) => atMs))).toBe(50)
    expect(sent).toHaveLength(200)
  })

  it('does not let a chat that waits hold up another', async () => {
    const { clock, send, sent } = setUp()
    const slow = Array.from({ length: 10 }, () => send('busy'))
    await clock.advance({ milliseconds: 1 })
    await send('quiet')

    expect(sent.filter(({ chat }) => chat === 'quiet')).toHaveLength(1)
    expect(sent.filter(({ chat }) => chat === 'busy')).toHaveLength(5)
    await clock.advance({ seconds: 5 })
    await Promise.all(slow)
  })

  it('waits out a short hold and refuses during a long one, saying until when', async () => {
    const { clock, pacer, send, sent } = setUp()
    pacer.hold(start.add({ seconds: 1 }), 'a')
    const short = send('a')
    await clock.advance({ seconds: 2 })
    await short
    expect(sent).toEqual([{ chat: 'a', atMs: 1_000 }])

    const until = start.add({ minutes: 1 })
    pacer.hold(until)
    await expect(send('b')).rejects.toMatchObject({ retryAt: until, retryable: true })
  })

  it('lets the next one through when one fails', async () => {
    const { pacer, send, sent } = setUp()
    const failing = pacer.inTurn('a', () => Promise.reject(new Error('no')), never)
    await expect(failing).rejects.toThrow('no')
    await send('a')
    expect(sent).toHaveLength(1)
  })

  it('does not send what was given up while it waited', async () => {
    const { clock, pacer, send, sent } = setUp()
    await Promise.all(Array.from({ length: 5 }, () => send('a')))
    const given = new AbortController()
    const waiting = pacer.inTurn(
      'a',
      async () => void sent.push({ chat: 'x', atMs: 0 }),
      given.signal,
    )
    const outcome = expect(waiting).rejects.toThrow('given up')
    given.abort(new Error('given up'))
    await clock.advance({ seconds: 2 })
    await outcome
    expect(sent).toHaveLength(5)
  })
})
