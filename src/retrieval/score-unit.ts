/** How much of what a question part is about a unit of evidence has, word by word and phrase by phrase. */
import type { EvidenceUnit } from './evidence-units.ts'
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
/** A match at least this good is a match. */
export const FOUND = 0.45

export function scoreUnit(
  part: { readonly text: string; readonly terms: readonly Term[] },
  unit: EvidenceUnit,
  /** Weight of a term inside this document: words of every sentence tell sentences apart the least. */
  local: (term: Term) => number = () => 1,
): Omit<UnitScore, 'documentCoverage'> {
  const title = unit.document.metadata.title.toLowerCase()
  const lead = leadOf(unit.document)
  let total = 0
  let covered = 0
  let own = 0
  const missing: Term[] = []
  const places: Place[] = []
  let recurrence = 0
  for (const term of part.terms) {
    const inUnit = matchTerm(term, unit.folded)
    const before = matchTerm(term, unit.context).strength
    const above = Math.max(
      matchTerm(term, title).strength,
      IN_LEAD * matchTerm(term, lead).strength,
    )
    const weight = term.weight * local(term)
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
  const phrase = sharedPairs(part.text, unit.folded)
  if (total === 0) return { coverage: 0, ownCoverage: 0, phrase, missing, places, recurrence }
  return {
    coverage: covered / total,
    ownCoverage: own / total,
    phrase,
    missing,
    places,
    recurrence,
  }
}

/** A short piece of news is about one thing, which its first sentences name. */
const LEAD = { characters: 120, longestNews: 1_600 }
/** What the lead names counts this much of what the title does. */
const IN_LEAD = 0.75

function leadOf({ text, metadata }: EvidenceUnit['document']): string {
  if (metadata.kind !== 'news' || text.length > LEAD.longestNews) return ''
  return text.slice(0, LEAD.characters).toLowerCase()
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

/** Share of the character pairs of `question` that `text` has. */
function sharedPairs(question: string, text: string): number {
  let pairs = 0
  let shared = 0
  for (let i = 0; i + 2 <= question.length; i++) {
    const pair = question.slice(i, i + 2)
    if (!/^[\p{L}\p{N}]{2}$/u.test(pair)) continue
    pairs += 1
    if (text.includes(pair)) shared += 1
  }
  return pairs === 0 ? 0 : shared / pairs
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
  const filled = filledMatch(word, text)
  if (filled >= 0) return { strength: FILLED, at: filled }
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

/** 「暑期班」 in 「暑期培养班」: all its characters in order, a few others between. */
const FILLED = 0.65
const LONGEST_FILLED = 4

function filledMatch(word: string, text: string): number {
  if (word.length > LONGEST_FILLED) return -1
  const head = word.slice(0, -1)
  const last = word.at(-1) ?? ''
  for (let at = text.indexOf(head); at >= 0; at = text.indexOf(head, at + 1)) {
    const end = at + head.length
    if (
      /^[一-龥]*$/.test(text.slice(end, end + TORN)) &&
      text.slice(end, end + TORN).includes(last)
    )
      return at
  }
  return -1
}

/** Characters of a torn word may stand this far apart. */
const TORN = 4

function tornMatch(word: string, text: string): Match {
  const [first = '', second = ''] = word
  let at = text.indexOf(first)
  let single = at >= 0 ? at : text.indexOf(second)
  while (at >= 0) {
    const near = text.slice(at + 1, at + TORN + 1)
    if (near.includes(second)) return { strength: 0.5, at }
    single = at
    at = text.indexOf(first, at + 1)
  }
  return single >= 0 ? { strength: 0.2, at: single } : NO_MATCH
}
