/** Where the words of a question part stand in one document: each word sought in each unit once. */
import type { EvidenceUnit } from './evidence-units.ts'
import { FOUND, type Match, matchTerm } from './match-term.ts'
import type { Term } from './question-terms.ts'
import type { IndexedDocument } from './search-index.ts'

export interface DocumentMatches {
  inUnit(term: Term, unit: EvidenceUnit): Match
  /** Strength of the match in what stands above all units: the title, the lead of a piece of news. */
  above(term: Term): number
  /** Weight of a term inside this document: words of every sentence tell sentences apart the least. */
  localWeight(term: Term): number
  /** Share of the terms' weight that the document has somewhere: 0 to 1. */
  readonly coverage: number
}

/** @param units of one document, all of them, in order. */
export function matchDocument(
  terms: readonly Term[],
  document: IndexedDocument,
  units: readonly EvidenceUnit[],
): DocumentMatches {
  const title = document.metadata.title.toLowerCase()
  const lead = leadOf(document)
  const found = new Map(
    terms.map((term) => {
      const matches = units.map(({ folded }) => matchTerm(term, folded))
      const inTitle = matchTerm(term, title).strength
      const above = Math.max(inTitle, IN_LEAD * matchTerm(term, lead).strength)
      const best = matches.reduce((most, { strength }) => Math.max(most, strength), inTitle)
      return [term, { matches, above, best, localWeight: localWeight(term, matches) }] as const
    }),
  )
  return {
    inUnit: (term, unit) => found.get(term)?.matches[unit.ordinal] ?? matchTerm(term, unit.folded),
    above: (term) => found.get(term)?.above ?? 0,
    localWeight: (term) => found.get(term)?.localWeight ?? 1,
    coverage: coverageOf(terms, (term) => found.get(term)?.best ?? 0),
  }
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

function coverageOf(terms: readonly Term[], strengthOf: (term: Term) => number): number {
  const total = terms.reduce((sum, { weight }) => sum + weight, 0)
  const covered = terms.reduce((sum, term) => sum + term.weight * strengthOf(term), 0)
  return total === 0 ? 0 : covered / total
}
