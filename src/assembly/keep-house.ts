/** What runs beside the messages: watched pages are looked at again, what is past its time is swept out. */
import type { App } from '../app.ts'
import { fetchPage } from '../ingestion/fetch-page.ts'
import { type Recheck, recheckNextSource } from '../knowledge/recheck-sources.ts'
import type { Store } from '../storage/store.ts'
import { startWorkLoop } from '../work-loop.ts'
import { tellOfPage } from './tell-of-page.ts'

/** Expired entries are passed over by readers anyway; this only keeps the table small. */
const SWEEP_EVERY = { hours: 1 }
/** 7 days: Feishu delivers a message again for up to 8 hours. */
const INBOX_KEPT_HOURS = 7 * 24
/** 180 days, as long as the log of questions: what was said to whom is nobody's business after that. */
const OUTBOX_KEPT_HOURS = 180 * 24

export interface Housekeeping {
  stop(): Promise<void>
}

/** @param channels those that may begin a conversation: on them the admins hear of watched pages. */
export function startHousekeeping(app: App, channels: readonly string[]): Housekeeping {
  const { store, clock, logger } = app
  const onError = (error: unknown) => logger.error('loop_failed', { loop: 'housekeeping', error })
  const tools = {
    fetch: (url: string, signal: AbortSignal) => fetchPage(url, { signal }),
    ingest: app.read,
    change: () => app.change('schedule'),
  }
  const watch = startWorkLoop(
    async (signal) => {
      const recheck = await recheckNextSource(tools, signal)
      if (!recheck) return false
      report(recheck, app)
      await tellOfPage(recheck, app, channels)
      return true
    },
    { clock, onError, nextDueAt: () => store.sources.nextDueAt() },
  )
  let sweptAt = clock.now()
  const sweep = startWorkLoop(
    async () => {
      const now = clock.now()
      if (Temporal.Instant.compare(now, sweptAt.add(SWEEP_EVERY)) < 0) return false
      sweptAt = now
      await sweepOut(store, now)
      return false
    },
    { clock, onError, nextDueAt: async () => sweptAt.add(SWEEP_EVERY) },
  )
  return {
    stop: async () => {
      await watch.stop()
      await sweep.stop()
    },
  }
}

/** Forgets what is past its time. */
export async function sweepOut(
  store: Pick<Store, 'cache' | 'inbox' | 'outbox'>,
  now: Temporal.Instant,
): Promise<void> {
  await store.cache.prune()
  await store.inbox.prune(now.subtract({ hours: INBOX_KEPT_HOURS }))
  await store.outbox.prune(now.subtract({ hours: OUTBOX_KEPT_HOURS }))
}

function report(recheck: Recheck, { logger }: App): void {
  const { documentId } = recheck.source
  if (recheck.kind === 'changed') {
    const { versionId } = recheck.arrival.version
    logger.info('source_changed', { documentId, versionId })
  } else if (recheck.kind === 'failed' && recheck.worthTelling) {
    logger.warn('source_gone', { documentId, failures: recheck.source.failures })
  }
}
