/** How much of what a question part is about a unit of evidence has, word by word and phrase by phrase. */
import type { EvidenceUnit } from './evidence-units.ts'
import type { DocumentMatches } from './match-document.ts'
import { FOUND, matchTerm } from './match-term.ts'
import type { Term } from './question-terms.ts'

export interface UnitScore {
  /** Share of the terms' weight that the unit or what stands around it has: 0 to 1. */
  readonly coverage: number
  /** Share that the unit itself has. */
  readonly ownCoverage: number
  /** Share of the terms' weight that its document has somewhere; the same for all its units. */
  readonly documentCoverage: number
  /** Share of the question's character pairs that the unit has: literal likeness. */
  readonly phrase: number
  /** Key terms that stand neither in the unit nor around it nor in the title. */
  readonly missing: readonly Term[]
  /** Terms of the unit itself: where each was found first, and what it weighs. */
  readonly places: readonly Place[]
  /** How often key terms recur: a sentence on the matter names it again. */
  readonly recurrence: number
}

export interface Place {
  readonly term: Term
  readonly at: number
  readonly weight: number
}

/** What a term counts when it stands before the unit, or in the document's title. */
const IN_CONTEXT = 0.6
const IN_TITLE = 0.9
/** What the title names is every sentence's topic: naming it again tells them apart little. */
const TOPIC = 0.7

/** Scores the units of one document for one part of a question. */
export function createUnitScorer(
  part: { readonly text: string; readonly terms: readonly Term[] },
  matches: DocumentMatches,
): (unit: EvidenceUnit) => UnitScore {
  const pairs = pairsOf(part.text)
  return (unit) => scoreUnit(unit, part.terms, pairs, matches)
}

function scoreUnit(
  unit: EvidenceUnit,
  terms: readonly Term[],
  pairs: readonly string[],
  matches: DocumentMatches,
): UnitScore {
  let total = 0
  let covered = 0
  let own = 0
  const missing: Term[] = []
  const places: Place[] = []
  let recurrence = 0
  for (const term of terms) {
    const inUnit = matches.inUnit(term, unit)
    const before = matchTerm(term, unit.context).strength
    const above = matches.above(term)
    const weight = term.weight * matches.localWeight(term)
    total += weight
    own += weight * Math.max(inUnit.strength, TOPIC * above)
    covered += weight * Math.max(inUnit.strength, IN_CONTEXT * before, IN_TITLE * above)
    if (inUnit.strength >= FOUND) {
      for (const at of allOf(term.word, unit.folded, inUnit.at))
        places.push({ term, at, weight: weight * inUnit.strength })
      if (term.key) recurrence += Math.min(2, unit.folded.split(term.word).length - 2)
    }
    if (term.key && Math.max(inUnit.strength, before, above) < FOUND) missing.push(term)
  }
  return {
    coverage: total === 0 ? 0 : covered / total,
    ownCoverage: total === 0 ? 0 : own / total,
    documentCoverage: matches.coverage,
    phrase: shareOf(pairs, unit.folded),
    missing,
    places,
    recurrence,
  }
}

/** Every place of a word; the one place of a match that is not the word itself. */
function allOf(word: string, text: string, first: number): number[] {
  const places = [first]
  for (
    let at = text.indexOf(word, first + 1);
    at >= 0 && places.length < 6;
    at = text.indexOf(word, at + 1)
  )
    places.push(at)
  return places
}

const PAIR = /^[\p{L}\p{N}]{2}$/u

/** Pairs of neighbouring letters or digits, repeats included. */
function pairsOf(text: string): string[] {
  const pairs: string[] = []
  for (let i = 0; i + 2 <= text.length; i++) {
    const pair = text.slice(i, i + 2)
    if (PAIR.test(pair)) pairs.push(pair)
  }
  return pairs
}

/** Share of the pairs that stand in the text. */
function shareOf(pairs: readonly string[], text: string): number {
  let shared = 0
  for (const pair of pairs) if (text.includes(pair)) shared += 1
  return pairs.length === 0 ? 0 : shared / pairs.length
}
