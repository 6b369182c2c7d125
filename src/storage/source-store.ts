/**
 * Pages that documents were fetched from, to be looked at again now and then. A claim moves a
 * source's next check forward, so that no two replicas check it at once, and one that dies leaves it
 * to the next.
 */

export interface WatchedSource {
  readonly url: string
  readonly documentId: string
  /** When the page was last read, changed or not. */
  readonly checkedAt?: Temporal.Instant
  readonly nextCheckAt: Temporal.Instant
  /** Checks that failed since the last that did not. */
  readonly failures: number
  /** Why the last check failed, in plain Chinese; absent when it did not. */
  readonly problem?: string
}

export interface SourceStore {
  /** Begins to watch a page; one that is watched already keeps its record and takes the document. */
  watch(source: Pick<WatchedSource, 'url' | 'documentId' | 'nextCheckAt'>): Promise<void>
  /** False when it was not watched. */
  unwatch(url: string): Promise<boolean>
  /** One source that is due, taken until `leaseUntil`; undefined when none is. */
  claim(now: Temporal.Instant, leaseUntil: Temporal.Instant): Promise<WatchedSource | undefined>
  settle(source: WatchedSource): Promise<void>
  /** All, by address. */
  list(): Promise<readonly WatchedSource[]>
  /** When the next one becomes due; undefined when none is watched. */
  nextDueAt(): Promise<Temporal.Instant | undefined>
}
