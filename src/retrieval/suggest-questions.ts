/**
 * Questions to offer somebody who has none: about the lists that the documents in force name, newest
 * document first. A named list is what a document is proudest of, and is always answered whole.
 */
import type { IndexedDocument } from './search-index.ts'

/** Names longer than this are sentences, not names. */
const LONGEST_NAME = 12

export function suggestQuestions(
  documents: Iterable<IndexedDocument>,
  { limit }: { readonly limit: number },
): string[] {
  const newestFirst = [...documents].toSorted((a, b) => issued(b) - issued(a))
  const perDocument = newestFirst.map(({ lists }) =>
    lists
      .filter(
        ({ title, items }) => title.length > 1 && title.length <= LONGEST_NAME && items.length > 1,
      )
      .toSorted((a, b) => b.items.length - a.items.length)
      .map(({ title }) => `“${title}”有哪些？`),
  )
  return [...new Set(interleave(perDocument))].slice(0, limit)
}

/** Days since year 0; a document without a date is the oldest. */
function issued({ metadata }: IndexedDocument): number {
  const on = metadata.issuedOn?.on
  return on === undefined ? 0 : on.year * 366 + on.dayOfYear
}

/** The first of each, then the second of each, …: no document takes all places. */
function interleave(rows: readonly (readonly string[])[]): string[] {
  const longest = Math.max(0, ...rows.map(({ length }) => length))
  return Array.from({ length: longest }, (_, i) => rows.flatMap((row) => row[i] ?? [])).flat()
}
