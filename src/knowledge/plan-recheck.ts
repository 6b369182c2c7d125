/** When a watched page is looked at again. Pure: the caller passes the moment of the check. */
import type { WatchedSource } from '../storage/source-store.ts'

/** A page that was read, changed or not, is looked at once a day: policies do not change by the hour. */
const EVERY = { hours: 24 }
/** After a failure: 1, 2, 4 … hours, at most three days, so that a page that is gone costs little. */
const FIRST_RETRY_HOURS = 1
const LONGEST_RETRY_HOURS = 72
/** From this many failures in a row on an admin is told: about a day of trying. */
export const FAILURES_TO_REPORT = 5

export type CheckResult =
  | { readonly kind: 'read'; readonly documentId: string }
  | { readonly kind: 'failed'; readonly problem: string }

/** The source's record after a check that ended at `checkedAt`. */
export function planRecheck(
  source: WatchedSource,
  result: CheckResult,
  checkedAt: Temporal.Instant,
): WatchedSource {
  if (result.kind === 'read') {
    const { url } = source
    const { documentId } = result
    return { url, documentId, checkedAt, nextCheckAt: checkedAt.add(EVERY), failures: 0 }
  }
  const failures = source.failures + 1
  const hours = Math.min(FIRST_RETRY_HOURS * 2 ** (failures - 1), LONGEST_RETRY_HOURS)
  return { ...source, failures, problem: result.problem, nextCheckAt: checkedAt.add({ hours }) }
}
