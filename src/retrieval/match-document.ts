/** Where the words of a question part stand in one document: each word sought in each unit once. */
import type { EvidenceUnit } from './evidence-units.ts'
import { FOUND, type Match, type TermFinder } from './match-term.ts'
import type { Term } from './question-terms.ts'
import type { IndexedDocument } from './search-index.ts'

/** A word of a question part, and how it is looked for. */
export interface SoughtTerm {
  readonly term: Term
  readonly find: TermFinder
}

export interface TermMatches extends SoughtTerm {
  /** By the ordinal of the unit. */
  readonly inUnits: readonly Match[]
  /** Strength of the match in what stands above all units: the title, the lead of a piece of news. */
  readonly above: number
  /** Strength of the best match in the document. */
  readonly best: number
  /** Its weight inside this document: words of every sentence tell sentences apart the least. */
  readonly weight: number
}

export interface DocumentMatches {
  readonly terms: readonly TermMatches[]
  /** Share of the terms' weight that the document has somewhere: 0 to 1. */
  readonly coverage: number
}

/** @param units of one document, all of them, in order. */
export function matchDocument(
  sought: readonly SoughtTerm[],
  document: IndexedDocument,
  units: readonly EvidenceUnit[],
): DocumentMatches {
  const title = document.metadata.title.toLowerCase()
  const lead = leadOf(document)
  const terms = sought.map(({ term, find }): TermMatches => {
    const inUnits = units.map(({ folded }) => find(folded))
    const inTitle = find(title).strength
    const above = Math.max(inTitle, IN_LEAD * find(lead).strength)
    const best = inUnits.reduce((most, { strength }) => Math.max(most, strength), inTitle)
    return { term, find, inUnits, above, best, weight: term.weight * localWeight(term, inUnits) }
  })
  return { terms, coverage: coverageOf(terms) }
}

/** A short piece of news is about one thing, which its first sentences name. */
const LEAD = { characters: 120, longestNews: 1_600 }
/** What the lead names counts this much of what the title does. */
const IN_LEAD = 0.75

function leadOf({ text, metadata }: IndexedDocument): string {
  if (metadata.kind !== 'news' || text.length > LEAD.longestNews) return ''
  return text.slice(0, LEAD.characters).toLowerCase()
}

/** A word of every sentence of a document keeps this share of its weight there. */
const EVERYWHERE = 0.5
/** A deed that the document calls by another name. */
const UNSAID_DEED = 0.35

function localWeight(term: Term, matches: readonly Match[]): number {
  const holding = matches.filter(({ strength }) => strength >= FOUND).length
  if (holding === 0 && term.deed) return UNSAID_DEED
  return 1 - EVERYWHERE * (holding / Math.max(matches.length, 1))
}

function coverageOf(terms: readonly TermMatches[]): number {
  const total = terms.reduce((sum, { term }) => sum + term.weight, 0)
  const covered = terms.reduce((sum, { term, best }) => sum + term.weight * best, 0)
  return total === 0 ? 0 : covered / total
}
