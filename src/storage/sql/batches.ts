/**
 * Rows of one statement, in a few fixed sizes: a prepared statement is kept for every text, and one of
 * five hundred rows takes half a megabyte, so a text of its own for each remainder would fill memory.
 */

/** SQLite allows 32,766 parameters, of which a row takes about ten. */
const SIZES = [500, 50, 5, 1]

/** `rows` in batches, in order. */
export function batchesOf<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const batches: (readonly T[])[] = []
  for (let from = 0; from < rows.length; ) {
    const size = SIZES.find((each) => each <= rows.length - from) ?? 1
    batches.push(rows.slice(from, from + size))
    from += size
  }
  return batches
}
