/**
 * The conflict radar: what a document about to be published says otherwise than one in force.
 *
 * Two statements conflict when they speak of the same thing, for the same place, in overlapping
 * periods, and give another figure, unit or day. A target above the province's, this year's figure
 * beside last year's, and 「不少于30个」 beside 「35个」 are no conflicts. News reports what happened and
 * sets nothing, so only nearly the same sentence counts there.
 */
import { createBreather } from '../breathe.ts'
import type { DocumentKind, DocumentMetadata, DocumentReading } from '../domain/document.ts'
import type { Span } from '../domain/span.ts'
import type { KnowledgeStore, VersionContent } from '../storage/knowledge-store.ts'
import { type FigureStatement, figureConflict, figureStatements } from './compare-figures.ts'
import { type Sentence, sentenceConflict, sentencesWithValues } from './compare-sentences.ts'

export interface Quotation {
  readonly span: Span
  readonly quote: string
}

export interface Conflict {
  readonly kind: 'number' | 'unit' | 'date'
  /** What both speak of, in the words of the document about to be published. */
  readonly subject: string
  readonly here: Quotation
  readonly there: Quotation & {
    readonly documentId: string
    readonly versionId: string
    readonly title: string
  }
}

/** What the radar reads of a document that is about to be published. */
export type Examined = Pick<DocumentReading, 'text' | 'facts' | 'metadata'>

type Source = Pick<KnowledgeStore, 'inForce' | 'contents'>

/** Documents read from the store and compared in one piece: about 10 ms. */
const BATCH_SIZE = 16

/** Conflicts with everything in force but the document's own earlier versions, in reading order. */
export async function findConflicts(
  reading: Examined,
  { knowledge, documentId }: { readonly knowledge: Source; readonly documentId?: string },
): Promise<readonly Conflict[]> {
  const others = (await knowledge.inForce()).filter(
    (other) => other.documentId !== documentId && comparable(reading.metadata, other.metadata),
  )
  const conflicts: Conflict[] = []
  const breathe = createBreather()
  for (let from = 0; from < others.length; from += BATCH_SIZE) {
    const ids = others.slice(from, from + BATCH_SIZE).map(({ versionId }) => versionId)
    conflicts.push(...conflictsBetween(reading, await knowledge.contents(ids)))
    await breathe()
  }
  return conflicts.toSorted((a, b) => a.here.span.start - b.here.span.start)
}

/** Conflicts of one reading with documents that may be compared with it. */
export function conflictsBetween(
  reading: Examined,
  others: readonly VersionContent[],
): readonly Conflict[] {
  const figures = figureStatements(reading)
  const sentences = sentencesWithValues(reading)
  return others.flatMap((other) => {
    if (!comparable(reading.metadata, other.metadata)) return []
    const bySentence = sentenceConflicts(reading, sentences, other)
    const byFigure = figureConflicts(reading, figures, other)
    const covered = new Set(bySentence.map(({ here }) => here.span.start))
    const startsIn = ({ here }: Conflict) =>
      sentences.find(({ span }) => span.start <= here.span.start && here.span.start < span.end)
    return [
      ...bySentence,
      ...byFigure.filter((conflict) => !covered.has(startsIn(conflict)?.span.start ?? -1)),
    ]
  })
}

function sentenceConflicts(
  reading: Examined,
  sentences: readonly Sentence[],
  other: VersionContent,
): readonly Conflict[] {
  const theirs = sentencesWithValues(other)
  const likeness = setsNothing(reading.metadata.kind, other.metadata.kind) ? 'identical' : 'similar'
  return sentences.flatMap((here) => {
    const found = sentenceConflict(here, theirs, likeness)
    return found
      ? [conflict(found.kind, here.subject, here.span, found.there.span, reading, other)]
      : []
  })
}

function figureConflicts(
  reading: Examined,
  figures: readonly FigureStatement[],
  other: VersionContent,
): readonly Conflict[] {
  if (setsNothing(reading.metadata.kind, other.metadata.kind)) return []
  const theirs = figureStatements(other)
  return figures.flatMap((here) => {
    const found = figureConflict(here, theirs)
    return found
      ? [
          conflict(
            found.kind,
            here.fact.subject,
            here.fact.span,
            found.there.fact.span,
            reading,
            other,
          ),
        ]
      : []
  })
}

function conflict(
  kind: Conflict['kind'],
  subject: string,
  here: Span,
  there: Span,
  reading: Examined,
  other: VersionContent,
): Conflict {
  const { documentId, versionId } = other
  return {
    kind,
    subject,
    here: quotation(reading.text, here),
    there: { ...quotation(other.text, there), documentId, versionId, title: other.metadata.title },
  }
}

const quotation = (text: string, span: Span): Quotation => ({
  span,
  quote: text.slice(span.start, span.end).trim(),
})

const setsNothing = (a: DocumentKind, b: DocumentKind) => a === 'news' || b === 'news'

/** Same place, and both hold on some day. */
function comparable(a: DocumentMetadata, b: DocumentMetadata): boolean {
  return a.jurisdictionCode === b.jurisdictionCode && meet(a.validity, b.validity)
}

type Interval = Pick<DocumentMetadata['validity'], 'from' | 'to'>

function meet(a: Interval, b: Interval): boolean {
  return !endsBefore(a, b) && !endsBefore(b, a)
}

function endsBefore(a: Interval, b: Interval): boolean {
  return a.to !== undefined && b.from !== undefined && Temporal.PlainDate.compare(a.to, b.from) < 0
}
