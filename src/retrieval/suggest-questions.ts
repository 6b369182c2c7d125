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
  const places = new Map<string, Place>()
  let order = 0
  for (const document of documents) {
    const issued = issuedOn(document)
    for (const [round, title] of titlesOf(document).entries()) {
      const place = { round, issued, order: order++ }
      const known = places.get(title)
      if (known === undefined || byPlace(place, known) < 0) places.set(title, place)
    }
  }
  return [...places]
    .toSorted(([, a], [, b]) => byPlace(a, b))
    .slice(0, limit)
    .map(([title]) => `“${title}”有哪些？`)
}

/** The first list of each document, then the second of each, …: no document takes all places. */
interface Place {
  readonly round: number
  readonly issued: number
  readonly order: number
}

function byPlace(a: Place, b: Place): number {
  return a.round - b.round || b.issued - a.issued || a.order - b.order
}

/** Names of its lists, the longest list first. */
function titlesOf({ lists }: IndexedDocument): string[] {
  return lists
    .filter(
      ({ title, items }) => title.length > 1 && title.length <= LONGEST_NAME && items.length > 1,
    )
    .toSorted((a, b) => b.items.length - a.items.length)
    .map(({ title }) => title)
}

/** A number that grows with the day; a document without a date is the oldest. */
function issuedOn({ metadata }: IndexedDocument): number {
  const on = metadata.issuedOn?.on
  return on === undefined ? 0 : on.year * 10_000 + on.month * 100 + on.day
}
