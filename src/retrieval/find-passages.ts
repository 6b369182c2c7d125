/**
 * From a question to the evidence for it: documents first (place, level, year, words), then the
 * sentences of the best documents, part by part. The same function serves chat, hit test, evaluation
 * and 「为什么这样答」.
 */
import { mayRead } from '../domain/person.ts'
import type { Query } from '../domain/query.ts'
import type { Ask, AskedKind } from './asked-kinds.ts'
import { coversYear, placePrior, placeStanding } from './document-standing.ts'
import type { EvidenceUnit, UnitReader } from './evidence-units.ts'
import { type Judgement, judgeUnit } from './judge-evidence.ts'
import type { Term } from './question-terms.ts'
import { FOUND, matchTerm, scoreUnit, type UnitScore } from './score-unit.ts'
import type { Expansion, IndexedDocument, SearchHit, SearchIndex } from './search-index.ts'
import type { QuestionPart, UnderstoodQuestion } from './understand-question.ts'
import { weighCircumstance } from './weigh-circumstance.ts'

export interface Evidence {
  readonly unit: EvidenceUnit
  readonly score: UnitScore
  readonly judgement: Judgement
  /** Document and sentence together: for ordering only. */
  readonly rank: number
}

export interface PartFindings {
  readonly part: QuestionPart
  /** Best first; at most {@link EVIDENCE_KEPT}. */
  readonly evidence: readonly Evidence[]
}

export interface Findings {
  readonly parts: readonly PartFindings[]
  /** Documents that hold for the place asked about, best first. */
  readonly documents: readonly RankedDocument[]
}

export interface RankedDocument {
  readonly document: IndexedDocument
  /** 1 for the best. */
  readonly share: number
}

const HITS = 40
const DOCUMENTS = 6
const EVIDENCE_KEPT = 24
/** In longer documents only sentences of the passages found are read. */
const LONG_DOCUMENT = 8_000
/** Weight of a document that speaks for another year than the one asked. */
const OTHER_YEAR = 0.6

export function findPassages(
  question: UnderstoodQuestion,
  query: Query,
  { index, reader }: { readonly index: SearchIndex; readonly reader: UnitReader },
): Findings {
  const hits = index.search({
    ...searchWords(question),
    limit: HITS,
    accepts: (document) => mayRead(query.role, document.metadata.readableBy),
    prior: (document) => priorOf(document, question, query),
  })
  const ranked = rankDocuments(hits)
  const weak = (hits[0]?.coverage ?? 0) < WEAK_HIT && index.passageCount <= SMALL_INDEX
  const documents = weak ? withLocal(ranked, documentsOf(question, query, index)) : ranked
  const parts = question.parts.map((part) => ({
    part,
    evidence: documents
      .flatMap(({ document, share }) => weighUnits(part, question, document, share, hits, reader))
      .toSorted((a, b) => b.rank - a.rank)
      .slice(0, EVIDENCE_KEPT),
  }))
  return { parts, documents }
}

/** Documents of other places that have the words: only ever shown labelled as such. */
export function findElsewhere(
  question: UnderstoodQuestion,
  query: Query,
  { index }: { readonly index: SearchIndex },
): readonly RankedDocument[] {
  const hits = index.search({
    ...searchWords(question),
    limit: HITS,
    accepts: (document) =>
      mayRead(query.role, document.metadata.readableBy) &&
      placeStanding(document, question, query) === 'elsewhere',
  })
  return rankDocuments(hits.filter(({ coverage }) => coverage >= ELSEWHERE_COVERAGE))
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

function priorOf(document: IndexedDocument, question: UnderstoodQuestion, query: Query): number {
  const place = placePrior(document, question, query, placeStanding(document, question, query))
  const { years } = question
  const wrongYear = years.length > 0 && years.every((year) => coversYear(document, year) === false)
  const future = years.length === 0 && isYetToCome(document, query.askedOn)
  return place * (wrongYear ? OTHER_YEAR : 1) * (future ? YET_TO_COME : 1)
}

/** Weight of what was not issued or not in force yet on the day of asking: 「2014年怎么规定」 is not asked of 2016. */
const YET_TO_COME = 0.5

function isYetToCome({ metadata }: IndexedDocument, askedOn: Temporal.PlainDate): boolean {
  const { issuedOn, validity } = metadata
  const begins = [validity.from, issuedOn?.on].filter((day) => day !== undefined)
  return begins.length > 0 && begins.every((day) => Temporal.PlainDate.compare(day, askedOn) > 0)
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
  question: UnderstoodQuestion,
  query: Query,
  index: SearchIndex,
): readonly RankedDocument[] {
  const standing = [...index.documents()]
    .filter((document) => mayRead(query.role, document.metadata.readableBy))
    .map((document) => ({ document, share: priorOf(document, question, query) }))
    .filter(({ share }) => share > 0)
  const newest = (document: IndexedDocument) => document.metadata.issuedOn?.on.toString() ?? ''
  return standing
    .toSorted((a, b) => b.share - a.share || newest(b.document).localeCompare(newest(a.document)))
    .slice(0, DOCUMENTS)
}

/** A document stands as its best passage. */
function rankDocuments(hits: readonly SearchHit[]): RankedDocument[] {
  const best = new Map<string, SearchHit>()
  for (const hit of hits) {
    const before = best.get(hit.document.versionId)
    if (before === undefined || before.score < hit.score) best.set(hit.document.versionId, hit)
  }
  const ranked = [...best.values()].toSorted((a, b) => b.score - a.score).slice(0, DOCUMENTS)
  const top = ranked[0]?.score ?? 1
  return ranked.map(({ document, score }) => ({ document, share: score / top }))
}

function weighUnits(
  part: QuestionPart,
  question: UnderstoodQuestion,
  document: IndexedDocument,
  share: number,
  hits: readonly SearchHit[],
  reader: UnitReader,
): Evidence[] {
  const passages = hits.filter((hit) => hit.document === document).map(({ passage }) => passage)
  const units = reader.units(document)
  const local = localWeights(part.terms, units)
  const documentCoverage = coverDocument(part.terms, units)
  const weighed = units
    .filter(
      ({ span }) =>
        document.text.length <= LONG_DOCUMENT ||
        passages.some(({ start, end }) => start <= span.start && span.start < end),
    )
    .map((unit) => {
      const score = { ...scoreUnit(part, unit, local), documentCoverage }
      const judgement = judgeUnit(part, question, unit, score)
      return {
        unit,
        score,
        judgement,
        rank: rankOf(part, unit, share, score, judgement) - oversize(part, unit),
      }
    })
    .filter(({ score, judgement }) => score.coverage > 0 || judgement.fit > 0)
  return withOnlyGiver(part, weighed)
}

/** A document that is about it and gives the kind in one place only gives it there. */
const ONLY_GIVER = { document: 0.7, givers: 2 }

function withOnlyGiver(part: QuestionPart, weighed: readonly Evidence[]): Evidence[] {
  const exact = part.asks.length === 1 && part.asks.every(isTelltale)
  const givers = weighed.filter(({ judgement }) => judgement.fit >= 0.75 && judgement.placed)
  const about = (weighed[0]?.score.documentCoverage ?? 0) >= ONLY_GIVER.document
  if (!exact || !about || givers.length === 0 || givers.length > ONLY_GIVER.givers)
    return [...weighed]
  return weighed.map((one) =>
    givers.includes(one) ? { ...one, judgement: { ...one.judgement, answers: true } } : one,
  )
}

/** A whole enumeration is quoted when a list is asked for; else its one item is better. */
function oversize(part: QuestionPart, unit: EvidenceUnit): number {
  const isWhole = (unit.text.match(/[;；]/g)?.length ?? 0) >= 2
  return isWhole && part.asks.every(({ kind }) => kind !== 'list') ? 0.12 : 0
}

const TELLTALE: ReadonlySet<AskedKind> = new Set([
  'money',
  'percent',
  'age',
  'clock',
  'phone',
  'fee',
  'materials',
  'payer',
  'link',
])

/** A kind that a document seldom gives by accident; dates and bare numbers are in every text. */
function isTelltale({ kind, per, unit, edge, phrase }: Ask): boolean {
  if (per !== undefined) return false
  if (kind === 'date') return edge === 'end' && phrase === ''
  return TELLTALE.has(kind) || (kind === 'count' && unit !== undefined && unit !== '个')
}

/** Share of the terms' weight that the document has somewhere. */
function coverDocument(terms: readonly Term[], units: readonly EvidenceUnit[]): number {
  const title = units[0]?.document.metadata.title.toLowerCase() ?? ''
  const total = terms.reduce((sum, { weight }) => sum + weight, 0)
  const covered = terms.reduce((sum, term) => {
    const best = Math.max(
      matchTerm(term, title).strength,
      ...units.map(({ folded }) => matchTerm(term, folded).strength),
    )
    return sum + term.weight * best
  }, 0)
  return total === 0 ? 0 : covered / total
}

/** A word of every sentence of a document keeps this share of its weight there. */
const EVERYWHERE = 0.5
/** A deed that the document calls by another name. */
const UNSAID_DEED = 0.35

function localWeights(
  terms: readonly Term[],
  units: readonly EvidenceUnit[],
): (term: Term) => number {
  const weights = new Map(
    terms.map((term) => {
      const holding = units.filter(({ folded }) => matchTerm(term, folded).strength >= FOUND).length
      if (holding === 0 && term.deed) return [term, UNSAID_DEED]
      return [term, 1 - EVERYWHERE * (holding / Math.max(units.length, 1))]
    }),
  )
  return (term) => weights.get(term) ?? 1
}

/** What the sentence itself has, beside what stands around and above it. */
const OWN_SHARE = 0.4
/** Lists, steps and conditions seldom name their subject again. */
const OWN_SHARE_OF_LISTS = 0.25
const SUBJECTLESS: ReadonlySet<AskedKind> = new Set(['list', 'steps', 'materials', 'eligibility'])

/** Weight of giving the kind that was asked, beside words that make up about 1. */
const FIT = 0.4

/** The sentence decides; the document's standing parts equals; the kind asked for must be there. */
function rankOf(
  part: QuestionPart,
  unit: EvidenceUnit,
  share: number,
  score: UnitScore,
  judgement: Judgement,
): number {
  const subjectless = part.asks.some(({ kind }) => SUBJECTLESS.has(kind))
  const ownShare = subjectless ? OWN_SHARE_OF_LISTS : OWN_SHARE
  const words = ownShare * score.ownCoverage + (1 - ownShare) * score.coverage
  const about = 0.04 * Math.min(3, score.recurrence)
  return (
    weighCircumstance(part.text, unit.folded) +
    words * (0.55 + 0.45 * share) +
    0.2 * score.phrase +
    FIT * judgement.fit +
    0.15 * judgement.near +
    about
  )
}
