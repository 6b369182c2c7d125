/** Picks the few sentences that together answer: the best one of each part, then what they leave open. */
import { liesWithin } from '../domain/jurisdiction.ts'
import { coversYear, shortName } from '../retrieval/document-standing.ts'
import type { EvidenceUnit } from '../retrieval/evidence-units.ts'
import type { Findings, PartFindings } from '../retrieval/find-passages.ts'
import { matchTerm } from '../retrieval/match-term.ts'
import type { Term } from '../retrieval/question-terms.ts'
import type { QuestionPart, UnderstoodQuestion } from '../retrieval/understand-question.ts'
import { hasForm } from '../retrieval/values-in-text.ts'
import type { Evidence } from '../retrieval/weigh-units.ts'

export interface ChosenPart {
  readonly part: QuestionPart
  /** Empty when nothing answers this part. */
  readonly chosen: readonly Evidence[]
  /** Chosen though it hardly answers, or does not: nothing does better. */
  readonly onlyClose?: true
  /** What comes nearest, whether it answers or not. */
  readonly nearest?: Evidence
}

/** A further sentence must be this good beside the best one. */
const FURTHER = 0.62
/** When both of two things are asked, sentences this close to the best are taken too; of another document, less close ones. */
const BOTH = 0.8
const BOTH_ELSEWHERE = 0.6
const MOST = 3
/** All parts answer from one document, unless another is clearly better. */
const SAME_DOCUMENT = 0.3

export function chooseEvidence(question: UnderstoodQuestion, findings: Findings): ChosenPart[] {
  const chosen = chooseAnswering(question, findings)
  const none = chosen.every((one) => one.chosen.length === 0)
  return chosen.map((one, i) =>
    none || isOpenSide(one) ? closest(one, findings.parts[i]?.evidence ?? []) : doubted(one),
  )
}

/** One of two places set side by side, of which nothing answers: what comes closest is better than one side alone. */
function isOpenSide({ part, chosen }: ChosenPart): boolean {
  return part.place !== undefined && chosen.length === 0
}

/**
 * Of 456 answers to four question sets, those that ranked below this were right six times in ten, those
 * above nineteen times in twenty; no other signal and no combination of them told right from wrong better.
 */
const SURE = 0.96

/** What hardly answers is quoted as what only comes closest. */
function doubted(one: ChosenPart): ChosenPart {
  const [best] = one.chosen
  return best !== undefined && (best.rank < SURE || missesName(one, best))
    ? { ...one, onlyClose: true }
    : one
}

/** A word as telling as a name. */
const NAME_LIKE = 0.8

/** The document has the most telling word elsewhere, the sentence does not: it may be about something else. */
function missesName({ part, chosen }: ChosenPart, { unit, score }: Evidence): boolean {
  return part.terms.some(
    (term) =>
      term.key &&
      term.carried === 'no' &&
      term.weight >= NAME_LIKE &&
      score.missing.includes(term) &&
      unit.document.text.includes(term.word) &&
      !chosen.some((one) => one.unit.folded.includes(term.word)),
  )
}

/** When nothing answers: the nearest sentence, if it is worth quoting as what comes closest. */
function closest(one: ChosenPart, evidence: readonly Evidence[]): ChosenPart {
  const { nearest } = one
  if (nearest?.judgement.close !== true) return one
  const equal = evidence.find(
    (other) =>
      other !== nearest &&
      other.judgement.close &&
      other.unit.document === nearest.unit.document &&
      other.rank >= AS_CLOSE * nearest.rank,
  )
  return { ...one, chosen: equal === undefined ? [nearest] : [nearest, equal], onlyClose: true }
}

/** A second sentence as close as that is quoted beside the first. */
const AS_CLOSE = 0.85

function chooseAnswering(question: UnderstoodQuestion, findings: Findings): ChosenPart[] {
  const home = bestAnswer(findings)?.unit.document.versionId
  return findings.parts.map((found) => {
    const ordered = preferDocument(found, home)
    const answering = ordered.filter(({ judgement }) => judgement.answers)
    const [best] = answering
    const nearest = ordered[0]
    const compared = compare(ordered, question, found.part)
    const chosen =
      compared.length > 0
        ? compared
        : best === undefined
          ? []
          : withRest([best, ...further(best, answering, found.part, question)], ordered)
    return { part: found.part, chosen, ...(nearest && { nearest }) }
  })
}

/** The best answer to any part: its document is preferred for the others. */
function bestAnswer({ parts }: Findings): Evidence | undefined {
  return parts
    .flatMap(({ evidence }) => evidence.find(({ judgement }) => judgement.answers) ?? [])
    .toSorted((a, b) => b.rank - a.rank)[0]
}

function preferDocument({ evidence }: PartFindings, home: string | undefined): readonly Evidence[] {
  if (home === undefined) return evidence
  const standing = (one: Evidence) =>
    one.rank + (one.unit.document.versionId === home ? SAME_DOCUMENT : 0)
  return evidence.toSorted((a, b) => standing(b) - standing(a))
}

function further(
  best: Evidence,
  answering: readonly Evidence[],
  part: QuestionPart,
  question: UnderstoodQuestion,
): Evidence[] {
  const chosen: Evidence[] = []
  const others = answering.filter((one) => one !== best)
  for (const one of others) {
    if (chosen.length >= MOST - 1) break
    const already = [best, ...chosen]
    const home = one.unit.document === best.unit.document
    if (home && addsTerms(one, already, part.terms) && one.rank >= FURTHER * best.rank) {
      chosen.push(one)
      continue
    }
    if (
      question.wantsAll &&
      (home || !question.sumsUp) &&
      isClose(one, best) &&
      addsValue(one, already)
    )
      chosen.push(one)
    else if (home && chosen.length === 0 && one.rank >= LEVEL * best.rank) chosen.push(one)
  }
  return chosen
}

/** How a sentence begins that lists what the one before it counts. */
const GOES_ON =
  /^(?:分别(?:是|为)|具体(?:是|为|包括)|包括|其中包括|即|他们(?:是|分别)|它们(?:是|分别))/

/** 「还有四位。分别为:……」: the list that the quoted sentence announces. */
function withRest(chosen: readonly Evidence[], evidence: readonly Evidence[]): Evidence[] {
  return chosen.flatMap((one) => {
    const rest = evidence.find(
      ({ unit }) =>
        unit.document === one.unit.document &&
        unit.span.start >= one.unit.span.end &&
        unit.span.start - one.unit.span.end <= 2 &&
        GOES_ON.test(unit.folded) &&
        !chosen.some((other) => other.unit === unit),
    )
    return rest === undefined ? [one] : [one, rest]
  })
}

/**
 * So close to the best that nothing tells which of the two is meant: both are quoted. At .95 one answer in
 * fifty is wrong for want of the second sentence; lower than this quotes more and finds nothing more.
 */
const LEVEL = 0.85

function isClose(one: Evidence, best: Evidence): boolean {
  const near = one.unit.document === best.unit.document ? BOTH : BOTH_ELSEWHERE
  return one.rank >= near * best.rank
}

/** Below this a sentence does not stand for its place. */
const FOR_A_PLACE = 0.3
/** Of what is said without a figure, all that is about as good is taken. */
const AS_GOOD = 0.85

function isEnumeration(text: string): boolean {
  return (text.match(/[;；]/g)?.length ?? 0) >= 2
}

/** Two places, or two years. */
function compare(
  evidence: readonly Evidence[],
  question: UnderstoodQuestion,
  part: QuestionPart,
): Evidence[] {
  const places = bestOfEachPlace(evidence, question, part)
  return places.length > 0 ? places : bestOfEachYear(evidence, question)
}

/** Two years compared: the best sentence of a document of each. */
function bestOfEachYear(evidence: readonly Evidence[], { years }: UnderstoodQuestion): Evidence[] {
  if (years.length < 2) return []
  const found = years.map((year) =>
    evidence.find(
      ({ unit, score, judgement }) =>
        coversYear(unit.document, year) === true &&
        score.coverage >= FOR_A_PLACE &&
        judgement.fit > 0,
    ),
  )
  const whole = found.filter((one) => one !== undefined)
  return whole.length === years.length ? [...new Set(whole)] : []
}

/** Two places compared: the best sentence of each, from documents of that place; the kind asked for must be there. */
function bestOfEachPlace(
  evidence: readonly Evidence[],
  question: UnderstoodQuestion,
  part: QuestionPart,
): Evidence[] {
  const figure = part.asks.some(({ kind }) => hasForm(kind))
  const { places } = question
  const nested = places.some((one) =>
    places.some((other) => one !== other && liesWithin(one.code, other.code)),
  )
  if (places.length < 2 || nested) return []
  const found = places.map(({ code, name }) => {
    const own = evidence.filter(
      ({ unit, score, judgement }) =>
        speaksFor(unit, code, name) &&
        score.coverage >= FOR_A_PLACE &&
        judgement.fit > 0 &&
        !isEnumeration(unit.text),
    )
    const [best] = own
    return own.filter(({ rank }) => rank >= AS_GOOD * (best?.rank ?? 0)).slice(0, figure ? 1 : MOST)
  })
  return found.every((own) => own.length > 0) ? [...new Set(found.flat())] : []
}

/** A document of the place, or of the level above it in a sentence that names the place. */
function speaksFor({ document, text }: EvidenceUnit, code: string, name: string): boolean {
  const own = document.metadata.jurisdictionCode
  if (own === undefined || liesWithin(own, code)) return own !== undefined
  return liesWithin(code, own) && text.includes(shortName(name))
}

/** A match this good makes a term the sentence's own. */
const OWN = 0.6

function addsTerms(one: Evidence, already: readonly Evidence[], terms: readonly Term[]): boolean {
  const open = terms.filter(
    (term) =>
      term.key &&
      term.carried === 'no' &&
      already.every(({ unit }) => matchTerm(term, unit.folded).strength < OWN),
  )
  return open.some((term) => matchTerm(term, one.unit.folded).strength >= OWN)
}

function addsValue(one: Evidence, already: readonly Evidence[]): boolean {
  const values = valuesIn(one)
  const known = new Set(already.flatMap(valuesIn))
  return values.some((value) => !known.has(value))
}

function valuesIn({ unit, judgement }: Evidence): string[] {
  return judgement.values.map(({ start, end }) => unit.folded.slice(start, end))
}
