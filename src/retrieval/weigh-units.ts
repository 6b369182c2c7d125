/** The sentences of one document as evidence for one part of a question, each with its rank. */
import type { Ask, AskedKind } from './asked-kinds.ts'
import type { EvidenceUnit, UnitReader } from './evidence-units.ts'
import { createJudge, type Judgement } from './judge-evidence.ts'
import { matchDocument } from './match-document.ts'
import { createTermFinder } from './match-term.ts'
import type { FoundDocuments, RankedDocument } from './rank-documents.ts'
import { phrasesOf, scoreUnit, type UnitScore } from './score-unit.ts'
import type { IndexedDocument } from './search-index.ts'
import type { QuestionPart, UnderstoodQuestion } from './understand-question.ts'
import { circumstancesOf } from './weigh-circumstance.ts'

export interface Evidence {
  readonly unit: EvidenceUnit
  readonly score: UnitScore
  readonly judgement: Judgement
  /** Document and sentence together: for ordering only. */
  readonly rank: number
}

interface Reading {
  readonly question: UnderstoodQuestion
  readonly hits: FoundDocuments['hits']
  readonly reader: UnitReader
}

/** In longer documents only sentences of the passages found are read. */
const LONG_DOCUMENT = 8_000

/**
 * For one part of a question, the evidence that a document has, in order of appearance; sentences that
 * have none of the words and give nothing are left out.
 */
export function createUnitWeigher(
  part: QuestionPart,
  { question, hits, reader }: Reading,
): (ranked: RankedDocument) => Evidence[] {
  const sought = part.terms.map((term) => ({ term, find: createTermFinder(term) }))
  const phrases = phrasesOf(part.text)
  const circumstance = circumstancesOf(part.text)
  const judge = createJudge(part, question)
  return ({ document, share }) => {
    const units = reader.units(document)
    const matches = matchDocument(sought, document, units)
    const weighed = toRead(units, document, hits)
      .map((unit) => {
        const score = scoreUnit(unit, matches, phrases)
        const judgement = judge(unit, score)
        const fitting = circumstance(unit.folded)
        const rank = rankOf(part, share, score, judgement, fitting) - oversize(part, unit)
        return { unit, score, judgement, rank }
      })
      .filter(({ score, judgement }) => score.coverage > 0 || judgement.fit > 0)
    return withOnlyGiver(part, weighed)
  }
}

function toRead(
  units: readonly EvidenceUnit[],
  document: IndexedDocument,
  hits: Reading['hits'],
): readonly EvidenceUnit[] {
  if (document.text.length <= LONG_DOCUMENT) return units
  const passages = hits.filter((hit) => hit.document === document).map(({ passage }) => passage)
  return units.filter(({ span }) =>
    passages.some(({ start, end }) => start <= span.start && span.start < end),
  )
}

/** Words by which a text ends what it tells of; an end of year alone may be anything's. */
const CLOSING = /(?:持续|延续|开放|延长|进行|办)到|(?:持续|延续|延长|进行)至|截止|截至|结束|为止/

/** A document that is about it and gives the kind in one place only gives it there. */
const ONLY_GIVER = { document: 0.7, givers: 2 }

function withOnlyGiver(part: QuestionPart, weighed: readonly Evidence[]): Evidence[] {
  const exact = part.asks.length === 1 && part.asks.every(isTelltale)
  const closing = part.asks.some(({ kind, phrase }) => kind === 'date' && phrase !== '')
  const givers = weighed.filter(
    ({ judgement, unit }) =>
      judgement.fit >= 0.75 && judgement.placed && (!closing || CLOSING.test(unit.folded)),
  )
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
function isTelltale({ kind, per, unit, edge }: Ask): boolean {
  if (per !== undefined) return false
  if (kind === 'date') return edge === 'end'
  return TELLTALE.has(kind) || (kind === 'count' && unit !== undefined && unit !== '个')
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
  share: number,
  score: UnitScore,
  judgement: Judgement,
  circumstance: number,
): number {
  const subjectless = part.asks.some(({ kind }) => SUBJECTLESS.has(kind))
  const ownShare = subjectless ? OWN_SHARE_OF_LISTS : OWN_SHARE
  const words = ownShare * score.ownCoverage + (1 - ownShare) * score.coverage
  const about = 0.04 * Math.min(3, score.recurrence)
  return (
    circumstance +
    words * (0.55 + 0.45 * share) +
    0.2 * score.phrase +
    FIT * judgement.fit +
    0.15 * judgement.near +
    about
  )
}
