import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../../test/support/fake-clock.ts'
import { silentLogger } from '../../logger.ts'
import { keepConnected, type OpenConnection } from './keep-connected.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** A network that fails as often as told, and whose connections end on command. */
function setUp(failures: string[]) {
  const clock = createFakeClock('2026-11-20T01:00:00Z')
  const openedAt: number[] = []
  const begin = clock.now().epochMilliseconds
  let end: (reason: string) => void = () => undefined
  let closed = 0
  const open = async (): Promise<OpenConnection> => {
    openedAt.push((clock.now().epochMilliseconds - begin) / 1000)
    const failure = failures.shift()
    if (failure) throw new Error(failure)
    const ended = Promise.withResolvers<string>()
    end = ended.resolve
    const close = () => {
      closed += 1
    }
    return { ended: ended.promise, close }
  }
  const kept = keepConnected(open, { clock, logger: silentLogger, random: () => 1 })
  return { clock, kept, openedAt, end: (reason: string) => end(reason), closed: () => closed }
}

describe('keepConnected', () => {
  it('reports the start only when connected, after as many refusals as it takes', async () => {
    const { clock, kept, openedAt } = setUp([
      'system busy(1)',
      'system busy(1)',
      'limit(1000040350)',
    ])
    let isStarted = false
    const starting = kept.start().then(() => {
      isStarted = true
    })
    await turn()
    expect(isStarted).toBe(false)
    expect(kept.state()).toMatchObject({ state: 'waiting', attempts: 1, reason: 'system busy(1)' })

    await clock.advance({ seconds: 10 })
    await starting
    expect(openedAt).toEqual([0, 1, 3, 7])
    expect(kept.state()).toMatchObject({ state: 'connected', attempts: 0 })
    await kept.stop()
  })

  it('never waits longer than a minute and never gives up', async () => {
    const { clock, kept, openedAt } = setUp(Array<string>(30).fill('down'))
    void kept.start()
    await clock.advance({ hours: 1 })
    const gaps = openedAt.slice(1).map((at, before) => at - (openedAt[before] ?? 0))
    expect(Math.max(...gaps)).toBe(60)
    expect(kept.state().state).toBe('connected')
    await kept.stop()
  })

  it('connects again when a connection ends, at once after a good one', async () => {
    const { clock, kept, openedAt, end, closed } = setUp([])
    await kept.start()
    await clock.advance({ hours: 2 })
    end('连接被断开')
    await turn()
    expect(kept.state()).toMatchObject({ state: 'waiting', reason: '连接被断开' })
    await clock.advance({ seconds: 2 })
    expect(openedAt).toEqual([0, 7_201])
    expect(closed()).toBe(1)
    await kept.stop()
    expect(kept.state().state).toBe('stopped')
    expect(closed()).toBe(2)
  })

  it('can be stopped while it has never been connected, and twice', async () => {
    const { kept } = setUp(Array<string>(9).fill('down'))
    const starting = kept.start()
    const outcome = expect(starting).rejects.toThrow('stopped')
    await kept.stop()
    await kept.stop()
    await outcome
  })
})
