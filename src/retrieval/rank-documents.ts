/**
 * Which documents a question is answered from: those that hold for its place and year and have its
 * words. A document stands as its best passage.
 */
import { mayRead, READERSHIPS, type Readership, type Role } from '../domain/person.ts'
import type { Query } from '../domain/query.ts'
import { coversYear, placeKey, placePrior, placeStandings } from './document-standing.ts'
import type {
  Expansion,
  IndexedDocument,
  SearchHit,
  SearchIndex,
  SearchRequest,
} from './search-index.ts'
import type { UnderstoodQuestion } from './understand-question.ts'

export interface RankedDocument {
  readonly document: IndexedDocument
  /** 1 for the best. */
  readonly share: number
}

export interface FoundDocuments {
  /** Passages that have the words, best first. */
  readonly hits: readonly SearchHit[]
  /** Best first. */
  readonly documents: readonly RankedDocument[]
}

const HITS = 40
const DOCUMENTS = 6

/** The documents that hold for the place asked about and that the asker may read. */
export function rankDocuments(
  question: UnderstoodQuestion,
  query: Query,
  index: SearchIndex,
): FoundDocuments {
  const prior = priorsFor(question, query)
  const hits = index.search({
    ...searchWords(question),
    ...keyFor(question, query, [question.years, query.askedOn]),
    limit: HITS,
    prior,
  })
  const ranked = bestOfEach(hits)
  const weak = (hits[0]?.coverage ?? 0) < WEAK_HIT && index.passageCount <= SMALL_INDEX
  const documents = weak ? withLocal(ranked, documentsOf(prior, index)) : ranked
  return { hits, documents }
}

/** Documents of other places that have the words: only ever shown labelled as such. */
export function rankElsewhere(
  question: UnderstoodQuestion,
  query: Query,
  index: SearchIndex,
): readonly RankedDocument[] {
  const readable = readableTo(query.role)
  const standing = placeStandings(question, query)
  const hits = index.search({
    ...searchWords(question),
    ...keyFor(question, query, ['elsewhere']),
    limit: HITS,
    accepts: (document) =>
      readable.has(document.metadata.readableBy) && standing(document) === 'elsewhere',
  })
  return bestOfEach(hits.filter(({ coverage }) => coverage >= ELSEWHERE_COVERAGE))
}

/** Less than this of the question's words and a document elsewhere is not worth naming. */
const ELSEWHERE_COVERAGE = 0.55

function searchWords(question: UnderstoodQuestion): { text: string; expansions: Expansion[] } {
  const terms = question.parts.flatMap((part) => part.terms)
  const own = terms.filter(({ carried }) => carried === 'no')
  const text = (own.length > 0 ? own : terms).map(({ word }) => word).join(' ')
  const carried = terms
    .filter(({ carried }) => carried !== 'no')
    .map(({ word, weight }) => ({ term: word, weight: Math.min(1, weight) }))
  const others = terms.flatMap(({ word, others }) =>
    others.map(({ wording, weight }) => ({ term: wording, weight, insteadOf: word })),
  )
  return { text, expansions: [...carried, ...others] }
}

/** Weight of a document that speaks for another year than the one asked. */
const OTHER_YEAR = 0.6

/** What a document's words count for this question and asker; 0 keeps it from them. */
function priorsFor(
  question: UnderstoodQuestion,
  query: Query,
): (document: IndexedDocument) => number {
  const { years } = question
  const readable = readableTo(query.role)
  const standing = placeStandings(question, query)
  return (document) => {
    if (!readable.has(document.metadata.readableBy)) return 0
    const place = placePrior(document, question, query, standing(document))
    if (place === 0) return 0
    const wrongYear =
      years.length > 0 && years.every((year) => coversYear(document, year) === false)
    const future = years.length === 0 && isYetToCome(document, query.askedOn)
    return place * (wrongYear ? OTHER_YEAR : 1) * (future ? YET_TO_COME : 1)
  }
}

/** Names what the search takes from question and asker beside the words. */
function keyFor(
  question: UnderstoodQuestion,
  query: Query,
  more: readonly unknown[],
): Pick<SearchRequest, 'standingKey'> {
  const place = placeKey(question, query)
  return place === undefined ? {} : { standingKey: JSON.stringify([query.role, ...place, ...more]) }
}

function readableTo(role: Role): ReadonlySet<Readership> {
  return new Set(READERSHIPS.filter((readership) => mayRead(role, readership)))
}

/** Weight of what was not issued or not in force yet on the day of asking: 「2014年怎么规定」 is not asked of 2016. */
const YET_TO_COME = 0.5

function isYetToCome({ metadata }: IndexedDocument, askedOn: Temporal.PlainDate): boolean {
  const from = metadata.validity.from
  const issuedOn = metadata.issuedOn?.on
  if (from === undefined && issuedOn === undefined) return false
  return isAfter(from, askedOn) && isAfter(issuedOn, askedOn)
}

/** A day that is not known is after any. */
function isAfter(day: Temporal.PlainDate | undefined, other: Temporal.PlainDate): boolean {
  return day === undefined || Temporal.PlainDate.compare(day, other) > 0
}

/** Below this coverage the words found little: the documents of the place are read as well. */
const WEAK_HIT = 0.6
/** In a larger index going through all documents takes too long. */
const SMALL_INDEX = 20_000
/** Standing of a document that no word found. */
const UNFOUND = 0.6

function withLocal(
  ranked: readonly RankedDocument[],
  local: readonly RankedDocument[],
): readonly RankedDocument[] {
  const known = new Set(ranked.map(({ document }) => document))
  const more = local.filter(({ document }) => !known.has(document))
  return [
    ...ranked,
    ...more.map(({ document, share }) => ({ document, share: share * UNFOUND })),
  ].slice(0, DOCUMENTS)
}

/** 「这份计划是哪个会议上定的?」 has no words to search by: place and year decide, then the newest. */
function documentsOf(
  prior: (document: IndexedDocument) => number,
  index: SearchIndex,
): readonly RankedDocument[] {
  const standing = [...index.documents()]
    .map((document) => ({ document, share: prior(document) }))
    .filter(({ share }) => share > 0)
  const newest = (document: IndexedDocument) => document.metadata.issuedOn?.on.toString() ?? ''
  return standing
    .toSorted((a, b) => b.share - a.share || newest(b.document).localeCompare(newest(a.document)))
    .slice(0, DOCUMENTS)
}

function bestOfEach(hits: readonly SearchHit[]): RankedDocument[] {
  const best = new Map<string, SearchHit>()
  for (const hit of hits) {
    const before = best.get(hit.document.versionId)
    if (before === undefined || before.score < hit.score) best.set(hit.document.versionId, hit)
  }
  const ranked = [...best.values()].toSorted((a, b) => b.score - a.score).slice(0, DOCUMENTS)
  const top = ranked[0]?.score ?? 1
  return ranked.map(({ document, score }) => ({ document, share: score / top }))
}
