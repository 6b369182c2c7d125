/** How much of what a question part is about a unit of evidence has, word by word. */
import type { EvidenceUnit } from './evidence-units.ts'
import type { Term } from './question-terms.ts'

export interface UnitScore {
  /** Share of the terms' weight that the unit or what stands around it has: 0 to 1. */
  readonly coverage: number
  /** Share that the unit itself has. */
  readonly ownCoverage: number
  /** Key terms of the part's own that stand neither in the unit nor around it nor in the title. */
  readonly missing: readonly Term[]
  /** Offsets in the unit's text where terms were found. */
  readonly places: readonly number[]
}

/** What a term counts when it stands before the unit, or in the document's title. */
const IN_CONTEXT = 0.6
const IN_TITLE = 0.55
/** A match at least this good is a match. */
const FOUND = 0.45

export function scoreUnit(terms: readonly Term[], unit: EvidenceUnit): UnitScore {
  const title = unit.document.metadata.title.toLowerCase()
  let total = 0
  let covered = 0
  let own = 0
  const missing: Term[] = []
  const places: number[] = []
  for (const term of terms) {
    const inUnit = matchTerm(term, unit.folded)
    const around = Math.max(
      IN_CONTEXT * matchTerm(term, unit.context).strength,
      IN_TITLE * matchTerm(term, title).strength,
    )
    total += term.weight
    own += term.weight * inUnit.strength
    covered += term.weight * Math.max(inUnit.strength, around)
    if (inUnit.at >= 0) places.push(inUnit.at)
    if (term.key && Math.max(inUnit.strength, around / IN_TITLE) < FOUND) missing.push(term)
  }
  if (total === 0) return { coverage: 0, ownCoverage: 0, missing, places }
  return { coverage: covered / total, ownCoverage: own / total, missing, places }
}

interface Match {
  readonly strength: number
  /** Offset of the match; -1 without one. */
  readonly at: number
}

const NO_MATCH: Match = { strength: 0, at: -1 }

/** The word itself, another wording of it, or most of its characters close together. */
export function matchTerm(term: Pick<Term, 'word' | 'others'>, text: string): Match {
  const at = text.indexOf(term.word)
  if (at >= 0) return { strength: 1, at }
  let best = partialMatch(term.word, text)
  for (const { wording, weight } of term.others) {
    const found = text.indexOf(wording)
    if (found >= 0 && weight > best.strength) best = { strength: weight, at: found }
  }
  return best
}

/** A two-character word torn apart (再领, 再次领取), or a long one of which parts are there. */
function partialMatch(word: string, text: string): Match {
  if (word.length < 2 || !/^[一-龥]+$/.test(word)) return NO_MATCH
  if (word.length === 2) return tornMatch(word, text)
  let found = 0
  let at = -1
  for (let i = 0; i + 2 <= word.length; i++) {
    const index = text.indexOf(word.slice(i, i + 2))
    if (index < 0) continue
    found += 1
    at = index
  }
  return { strength: (0.8 * found) / (word.length - 1), at }
}

/** Characters of a torn word may stand this far apart. */
const TORN = 4

function tornMatch(word: string, text: string): Match {
  const [first = '', second = ''] = word
  let at = text.indexOf(first)
  let single = at >= 0 ? at : text.indexOf(second)
  while (at >= 0) {
    const near = text.slice(Math.max(0, at - TORN), at + TORN + 1)
    if (near.includes(second)) return { strength: 0.5, at }
    single = at
    at = text.indexOf(first, at + 1)
  }
  return single >= 0 ? { strength: 0.2, at: single } : NO_MATCH
}
