/**
 * From a question to the evidence for it: documents first (place, level, year, words), then the
 * sentences of the best documents, part by part. The same function serves chat, hit test, evaluation
 * and 「为什么这样答」.
 */
import type { Query } from '../domain/query.ts'
import type { UnitReader } from './evidence-units.ts'
import { type RankedDocument, rankDocuments } from './rank-documents.ts'
import type { SearchIndex } from './search-index.ts'
import type { QuestionPart, UnderstoodQuestion } from './understand-question.ts'
import { createUnitWeigher, type Evidence } from './weigh-units.ts'

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

const EVIDENCE_KEPT = 24

export function findPassages(
  question: UnderstoodQuestion,
  query: Query,
  { index, reader }: { readonly index: SearchIndex; readonly reader: UnitReader },
): Findings {
  const { hits, documents } = rankDocuments(question, query, index)
  const reading = { question, hits, reader }
  const parts = question.parts.map((part) => {
    const weighed = documents.flatMap(createUnitWeigher(part, reading))
    return { part, evidence: weighed.toSorted((a, b) => b.rank - a.rank).slice(0, EVIDENCE_KEPT) }
  })
  return { parts, documents }
}
