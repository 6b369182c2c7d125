/**
 * One watched page looked at again: a text that changed becomes the next version of its document, as
 * a draft that an admin publishes. What surrounds the text (menus, dates of the day) is no change.
 *
 * Safe to run on many replicas and after a crash: the page is claimed, and the same text again adds
 * nothing.
 */
import type { DocumentReading } from '../domain/document.ts'
import { BotError } from '../errors.ts'
import type { DocumentSource } from '../ingestion/ingest-document.ts'
import type { WatchedSource } from '../storage/source-store.ts'
import { similarityOf } from './fingerprint.ts'
import { type CheckResult, FAILURES_TO_REPORT, planRecheck } from './plan-recheck.ts'
import { type Arrival, addDocument, type ChangeContext } from './publish-document.ts'

export interface RecheckTools {
  /** Fetches a page behind the guard of ingestion/fetch-page. */
  fetch(url: string, signal: AbortSignal): Promise<{ readonly bytes: Uint8Array }>
  ingest(source: DocumentSource): Promise<DocumentReading>
  change(): ChangeContext
}

export type Recheck =
  | { readonly kind: 'unchanged'; readonly source: WatchedSource }
  | { readonly kind: 'changed'; readonly source: WatchedSource; readonly arrival: Arrival }
  | {
      readonly kind: 'failed'
      readonly source: WatchedSource
      readonly cause: unknown
      /** The page has failed so often in a row that an admin should hear of it; true once. */
      readonly worthTelling: boolean
    }

/** Until a page is looked at for the second time; the first time is when an admin brought it in. */
export const FIRST_RECHECK = { hours: 24 }
/** Longer than a fetch and the reading of a large page together. */
const LEASE = { minutes: 10 }

/** Checks one page that is due; undefined when none is. `source` is its record afterwards. */
export async function recheckNextSource(
  tools: RecheckTools,
  signal: AbortSignal,
): Promise<Recheck | undefined> {
  const { store, at } = tools.change()
  const dueAt = await store.sources.nextDueAt()
  if (!dueAt || Temporal.Instant.compare(dueAt, at) > 0) return undefined
  const claimed = await store.sources.claim(at, at.add(LEASE))
  if (!claimed) return undefined
  try {
    const { bytes } = await tools.fetch(claimed.url, signal)
    const reading = await tools.ingest({ fileName: claimed.url, bytes, url: claimed.url })
    const arrival = await addIfChanged(reading, bytes, claimed, tools.change())
    const documentId = arrival?.version.documentId ?? claimed.documentId
    const source = await settle(claimed, { kind: 'read', documentId }, tools)
    return arrival ? { kind: 'changed', source, arrival } : { kind: 'unchanged', source }
  } catch (cause) {
    if (!(cause instanceof BotError) || cause.code.startsWith('store_')) throw cause
    const source = await settle(claimed, { kind: 'failed', problem: cause.message }, tools)
    const worthTelling = source.failures === FAILURES_TO_REPORT
    return { kind: 'failed', source, cause, worthTelling }
  }
}

async function settle(claimed: WatchedSource, result: CheckResult, tools: RecheckTools) {
  const { store, at } = tools.change()
  const source = planRecheck(claimed, result, at)
  await store.sources.settle(source)
  return source
}

async function addIfChanged(
  reading: DocumentReading,
  original: Uint8Array,
  { documentId }: WatchedSource,
  context: ChangeContext,
): Promise<Arrival | undefined> {
  const newest = (await context.store.knowledge.history(documentId)).at(-1)
  const [before] = newest ? await context.store.knowledge.contents([newest.versionId]) : []
  if (before && similarityOf(before.text, reading.text) === 1) return undefined
  const options = { publish: false, original, ...(newest && { versionOf: documentId }) }
  const arrival = await addDocument(reading, options, context)
  return arrival.kind === 'known' ? undefined : arrival
}
