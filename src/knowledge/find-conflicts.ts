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

/** Documents read from the store at once. */
const BATCH_SIZE = 16
/** More than anybody reads: a text that contradicts so much is compared no further. */
const MOST_CONFLICTS = 100

/** Conflicts with everything in force but the document's own earlier versions, in reading order; at most {@link MOST_CONFLICTS}. */
export async function findConflicts(
  reading: Examined,
  { knowledge, documentId }: { readonly knowledge: Source; readonly documentId?: string },
): Promise<readonly Conflict[]> {
  const others = (await knowledge.inForce()).filter(
    (other) => other.documentId !== documentId && comparable(reading.metadata, other.metadata),
  )
  const said = { figures: figureStatements(reading), sentences: sentencesWithValues(reading) }
  const breathe = createBreather()
  const conflicts: Conflict[] = []
  for (
    let from = 0;
    from < others.length && conflicts.length < MOST_CONFLICTS;
    from += BATCH_SIZE
  ) {
    const ids = others.slice(from, from + BATCH_SIZE).map(({ versionId }) => versionId)
    for (const other of await knowledge.contents(ids)) {
      conflicts.push(...(await conflictsWith(reading, said, other, breathe)))
      if (conflicts.length >= MOST_CONFLICTS) break
    }
  }
  return conflicts
    .slice(0, MOST_CONFLICTS)
    .toSorted((a, b) => a.here.span.start - b.here.span.start)
}

/** A figure in a sentence that is a conflict already is not told again. */
async function conflictsWith(
  reading: Examined,
  said: Said,
  other: VersionContent,
  breathe: Breathe,
): Promise<readonly Conflict[]> {
  const sentences =
    said.sentences.length === 0 ? [] : await bySentence(reading, said, other, breathe)
  const covered = (start: number) =>
    sentences.some(({ here }) => here.span.start <= start && start < here.span.end)
  const figures = await byFigure(reading, said, other, breathe)
  return [...sentences, ...figures.filter(({ here }) => !covered(here.span.start))]
}

interface Said {
  readonly figures: readonly FigureStatement[]
  readonly sentences: readonly Sentence[]
}

type Breathe = () => Promise<void>

async function bySentence(
  reading: Examined,
  { sentences }: Said,
  other: VersionContent,
  breathe: Breathe,
): Promise<Conflict[]> {
  const theirs = sentencesWithValues(other)
  const likeness = setsNothing(reading.metadata.kind, other.metadata.kind) ? 'identical' : 'similar'
  const conflicts: Conflict[] = []
  for (const here of sentences) {
    const found = sentenceConflict(here, theirs, likeness)
    if (found)
      conflicts.push(
        conflict(found.kind, here.subject, here.span, found.there.span, reading, other),
      )
    if (conflicts.length >= MOST_CONFLICTS) break
    await breathe()
  }
  return conflicts
}

async function byFigure(
  reading: Examined,
  { figures }: Said,
  other: VersionContent,
  breathe: Breathe,
): Promise<Conflict[]> {
  if (setsNothing(reading.metadata.kind, other.metadata.kind)) return []
  const theirs = figureStatements(other)
  const conflicts: Conflict[] = []
  for (const here of figures) {
    const found = figureConflict(here, theirs)
    const { subject, span } = here.fact
    if (found)
      conflicts.push(conflict(found.kind, subject, span, found.there.fact.span, reading, other))
    if (conflicts.length >= MOST_CONFLICTS) break
    await breathe()
  }
  return conflicts
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
