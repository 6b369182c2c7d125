/** What runs beside the messages: watched pages are looked at again, expired cache entries swept out. */
import type { App } from '../app.ts'
import { fetchPage } from '../ingestion/fetch-page.ts'
import { type Recheck, recheckNextSource } from '../knowledge/recheck-sources.ts'
import { startWorkLoop } from '../work-loop.ts'

/** Expired entries are passed over by readers anyway; this only keeps the table small. */
const SWEEP_EVERY = { hours: 1 }

export interface Housekeeping {
  stop(): Promise<void>
}

export function startHousekeeping(app: App): Housekeeping {
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
      if (recheck) report(recheck, app)
      return recheck !== undefined
    },
    { clock, onError, nextDueAt: () => store.sources.nextDueAt() },
  )
  let sweptAt = clock.now()
  const sweep = startWorkLoop(
    async () => {
      const now = clock.now()
      if (Temporal.Instant.compare(now, sweptAt.add(SWEEP_EVERY)) < 0) return false
      sweptAt = now
      await store.cache.prune()
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

function report(recheck: Recheck, { logger }: App): void {
  const { documentId } = recheck.source
  if (recheck.kind === 'changed') {
    const { versionId } = recheck.arrival.version
    logger.info('source_changed', { documentId, versionId })
  } else if (recheck.kind === 'failed' && recheck.worthTelling) {
    logger.warn('source_gone', { documentId, failures: recheck.source.failures })
  }
}
