/** How much of what a question part is about a unit of evidence has, word by word and phrase by phrase. */
import type { EvidenceUnit } from './evidence-units.ts'
import type { DocumentMatches } from './match-document.ts'
import { FOUND } from './match-term.ts'
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

/** What there is of a question part's text to look for in the units. */
export function phrasesOf(text: string): readonly string[] {
  return pairsOf(text)
}

/** Scores a unit of one document by the words of one part of a question and its {@link phrasesOf}. */
export function scoreUnit(
  unit: EvidenceUnit,
  matches: DocumentMatches,
  pairs: readonly string[],
): UnitScore {
  let total = 0
  let covered = 0
  let own = 0
  const missing: Term[] = []
  const places: Place[] = []
  let recurrence = 0
  for (const match of matches.terms) {
    const { term, above, weight } = match
    const inUnit = match.inUnits[unit.ordinal] ?? match.find(unit.folded)
    const here = Math.max(inUnit.strength, IN_TITLE * above)
    // What stands before the unit counts no more than this: it is not read when there is better.
    const before = here >= IN_CONTEXT ? 0 : match.find(unit.context).strength
    total += weight
    own += weight * Math.max(inUnit.strength, TOPIC * above)
    covered += weight * Math.max(here, IN_CONTEXT * before)
    if (inUnit.strength >= FOUND) {
      const found = { term, weight: weight * inUnit.strength }
      places.push(...allOf(term.word, unit.folded, inUnit.at).map((at) => ({ ...found, at })))
      if (term.key) recurrence += Math.min(2, unit.folded.split(term.word).length - 2)
    }
    if (term.key && Math.max(inUnit.strength, before, above) < FOUND) missing.push(term)
  }
  return {
    coverage: shareIn(total, covered),
    ownCoverage: shareIn(total, own),
    documentCoverage: matches.coverage,
    phrase: shareOf(pairs, unit.folded),
    missing,
    places,
    recurrence,
  }
}

const shareIn = (total: number, part: number) => (total === 0 ? 0 : part / total)

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
