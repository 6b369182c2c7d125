/**
 * How values lie in columns, the same on both engines.
 *
 * A moment is kept as whole milliseconds since 1970: it sorts as a number and fits a safe integer.
 * Structured values are JSON text in which days and moments are tagged objects, so that what comes
 * back is equal to what went in.
 */

const DATE_TAG = '$date'
const INSTANT_TAG = '$instant'

/** Whole milliseconds since 1970; finer parts of the moment are dropped. */
export function storedInstant(instant: Temporal.Instant): number {
  return instant.epochMilliseconds
}

export function readInstant(stored: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(stored)
}

/** JSON text of a value; `Temporal.PlainDate` and `Temporal.Instant` inside it survive {@link readJson}. */
export function storedJson(value: unknown): string {
  return JSON.stringify(value, function replace(this: Record<string, unknown>, key, child) {
    const original = this[key]
    if (original instanceof Temporal.PlainDate) return { [DATE_TAG]: original.toString() }
    if (original instanceof Temporal.Instant) return { [INSTANT_TAG]: original.toString() }
    return child
  })
}

/** The value that {@link storedJson} wrote. The type is the writer's promise: only our own rows are read. */
export function readJson<T>(stored: string): T {
  if (!stored.includes(`"${DATE_TAG}"`) && !stored.includes(`"${INSTANT_TAG}"`)) {
    return JSON.parse(stored) as T
  }
  return JSON.parse(stored, (_key, child) => revive(child)) as T
}

function revive(child: unknown): unknown {
  if (typeof child !== 'object' || child === null) return child
  if (DATE_TAG in child) return Temporal.PlainDate.from(String(child[DATE_TAG]))
  if (INSTANT_TAG in child) return Temporal.Instant.from(String(child[INSTANT_TAG]))
  return child
}
