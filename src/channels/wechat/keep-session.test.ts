import { describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../../../test/support/fake-clock.ts'
import { type ScriptedSession, scriptedSession } from '../../../test/support/wechat-session.ts'
import { silentLogger } from '../../logger.ts'
import { keepSession, type SessionParts } from './keep-session.ts'

function watched(more: Partial<SessionParts> = {}) {
  const clock: FakeClock = createFakeClock('2026-11-21T01:00:00Z')
  const opened: ScriptedSession[] = []
  const session = keepSession(
    {
      open: async () => {
        const next = scriptedSession(() => clock.now())
        opened.push(next)
        return next
      },
      lease: { hold: async () => true, release: async () => undefined },
      probe: async () => undefined,
      clock,
      logger: silentLogger,
      random: () => 1,
      ...more,
    },
    () => undefined,
  )
  const login = async () => {
    await clock.advance({ milliseconds: 1 })
    opened.at(-1)?.emit({ kind: 'login', id: 'bot', name: '小助手' })
  }
  return { clock, opened, session, login }
}

describe('keepSession', () => {
  it('is online by a login, not by a start', async () => {
    const { clock, session, login } = watched()
    await clock.advance({ milliseconds: 1 })
    expect(session.state().kind).toBe('starting')
    await login()

    expect(session.state()).toEqual({ kind: 'online', name: '小助手' })
    await session.stop()
  })

  it('starts a new process after a crash, with a pause that grows', async () => {
    const { clock, opened, session, login } = watched()
    await login()
    opened[0]?.end('SIGKILL')
    await clock.advance({ milliseconds: 500 })
    expect(session.state()).toEqual({ kind: 'down', reason: 'SIGKILL' })
    await clock.advance({ seconds: 1 })
    expect(opened).toHaveLength(2)

    opened[1]?.end('exit 1')
    await clock.advance({ milliseconds: 1500 })
    expect(opened).toHaveLength(2)
    await clock.advance({ seconds: 1 })
    expect(opened).toHaveLength(3)
    await session.stop()
  })

  it('gives up a process that hangs at its start, and one that falls silent', async () => {
    const { clock, opened, session, login } = watched()
    await clock.advance({ seconds: 62 })
    expect(session.state()).toEqual({ kind: 'down', reason: 'no-login' })
    await clock.advance({ seconds: 3 })
    await login()
    await clock.advance({ seconds: 63 })

    expect(session.state()).toMatchObject({ kind: 'down', reason: 'silent' })
    expect(opened.length).toBeGreaterThan(1)
    await session.stop()
  })

  it('starts anew when no code to scan follows a logout', async () => {
    const { clock, opened, session, login } = watched({ times: { silentAfter: 1e12 } })
    await login()
    opened[0]?.emit({ kind: 'logout', reason: 'phone' })
    await clock.advance({ seconds: 58 })
    expect(opened).toHaveLength(1)
    await clock.advance({ seconds: 5 })

    expect(opened).toHaveLength(2)
    expect(session.state()).toEqual({ kind: 'down', reason: 'logged-out' })
    await session.stop()
  })

  it('comes back by itself after an outage of 75 seconds', async () => {
    let isThere = true
    const { clock, opened, session, login } = watched({
      probe: async () => (isThere ? undefined : 'unreachable'),
    })
    await login()
    isThere = false
    opened[0]?.emit({ kind: 'broken', reason: 'gateway-14' })
    await clock.advance({ seconds: 75 })
    expect(session.state()).toEqual({ kind: 'down', reason: 'unreachable' })
    isThere = true
    await clock.advance({ seconds: 31 })
    await login()

    expect(session.state().kind).toBe('online')
    await session.stop()
  })

  it('waits while another replica owns the session, and takes over when that one is gone', async () => {
    let owned = true
    const { clock, opened, session } = watched({
      lease: { hold: async () => !owned, release: async () => undefined },
    })
    await clock.advance({ seconds: 25 })
    expect([session.state().kind, opened.length]).toEqual(['standby', 0])
    owned = false
    await clock.advance({ seconds: 11 })

    expect(opened).toHaveLength(1)
    await session.stop()
  })

  it('keeps the session while the store is away for a moment, and ends it before the lease does', async () => {
    let isThere = true
    const { clock, session, login } = watched({
      times: { silentAfter: 1e12 },
      lease: {
        hold: async () => {
          if (!isThere) throw new Error('The store is away.')
          return true
        },
        release: async () => undefined,
      },
    })
    await login()
    isThere = false
    await clock.advance({ seconds: 12 })
    expect(session.state().kind).toBe('online')
    isThere = true
    await clock.advance({ seconds: 30 })
    expect(session.state().kind).toBe('online')
    isThere = false
    await clock.advance({ seconds: 29 })

    expect(session.state()).toEqual({ kind: 'down', reason: 'store' })
    expect(session.link()).toBeUndefined()
    await session.stop()
  })

  it('tells its process for how long the session is ours, less than the lease', async () => {
    const { clock, opened, session, login } = watched({ times: { silentAfter: 1e12 } })
    await login()
    await clock.advance({ seconds: 31 })

    expect(opened[0]?.held).toEqual([24_000, 24_000, 24_000, 24_000])
    await session.stop()
  })

  it('lets another replica try when it has failed again and again', async () => {
    let released = 0
    const { clock, session } = watched({
      probe: async () => 'unreachable',
      lease: {
        hold: async () => true,
        release: async () => {
          released += 1
        },
      },
    })
    await clock.advance({ seconds: 2 })
    expect(released).toBe(0)
    await clock.advance({ seconds: 60 })

    expect(released).toBeGreaterThan(5)
    await session.stop()
  })

  it('stops its process when it loses the lease', async () => {
    let mine = true
    const { clock, session, login } = watched({
      lease: { hold: async () => mine, release: async () => undefined },
    })
    await login()
    mine = false
    await clock.advance({ seconds: 11 })

    expect(session.state().kind).toBe('standby')
    expect(session.link()).toBeUndefined()
    await session.stop()
  })
})
