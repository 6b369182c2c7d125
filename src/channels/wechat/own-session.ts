/**
 * Of all replicas one owns the session, by a lease in the store. The session's process is told so after
 * each renewal and ends by itself when it is not: a replica that hangs gives the session up all the same.
 */
import type { Clock } from '../../clock.ts'
import type { WechatLink } from './wechat-link.ts'

export interface SessionLease {
  hold(until: Temporal.Instant): Promise<boolean>
  release(): Promise<void>
}

export interface Ownership {
  /** Whose the session is now, as far as the store says. */
  take(): Promise<'ours' | 'theirs' | 'unknown'>
  /** Renews until `over`; ends the session before another owner can start one. */
  keep(link: WechatLink, over: AbortSignal, end: (reason: string) => void): Promise<void>
  release(): Promise<void>
}

/** The process gives itself up before the lease is over, whatever became of us. */
const OWNED_SHARE = 0.8

/** @param times milliseconds. */
export function ownSession(
  lease: SessionLease,
  {
    clock,
    times,
  }: {
    readonly clock: Clock
    readonly times: { readonly lease: number; readonly renewEvery: number }
  },
): Ownership {
  const take: Ownership['take'] = async () => {
    try {
      const until = clock.now().add({ milliseconds: times.lease })
      return (await lease.hold(until)) ? 'ours' : 'theirs'
    } catch {
      return 'unknown' // said in the state: the store is asked again soon
    }
  }
  const say = (link: WechatLink) => link.post({ kind: 'hold', forMs: times.lease * OWNED_SHARE })
  return {
    take,
    keep: async (link, over, end) => {
      say(link)
      let heldSince = clock.now()
      while (!over.aborted) {
        await clock.sleepUntil(clock.now().add({ milliseconds: times.renewEvery }), over)
        if (over.aborted) return
        const askedAt = clock.now()
        const whose = await take()
        if (whose === 'theirs') end('lease-lost')
        if (whose === 'ours') {
          heldSince = askedAt
          say(link)
        }
        // A store that does not answer takes nothing away until the lease is nearly over.
        const left = times.lease - clock.now().since(heldSince).total('milliseconds')
        if (left <= times.renewEvery) end('store')
      }
    },
    release: () => lease.release().catch(() => undefined),
  }
}
