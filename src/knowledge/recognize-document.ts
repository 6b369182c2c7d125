/**
 * Whether a file that comes in is a document we have: the same file changed, or the same text in a
 * renamed file. Then it becomes the next version of that document.
 *
 * The name alone does not decide: every office has many a 通知.docx. And the wording alone does not
 * either: this year's plan repeats last year's. A document that speaks for another year, place or
 * number is another document, unless name and wording both say that it is the same file corrected.
 */
import type { DocumentMetadata, DocumentReading, DocumentSummary } from '../domain/document.ts'
import type { KnowledgeStore } from '../storage/knowledge-store.ts'
import { similarityOf } from './fingerprint.ts'

/** Wording so near that only a correction explains it: one changed character in 60 leaves 0.84. */
const NEAR_IDENTICAL = 0.8
/**
 * For news in files of different names: two papers' reports of one event share 80 to 90 % (of 4,950
 * news items 234 pairs did) and are both worth keeping.
 */
const NEAR_IDENTICAL_NEWS = 0.9
/** Wording that two drafts of the same file share at least. */
const SAME_FILE = 0.2
/**
 * Share of the samples that a relative has at least: near-identical texts share 80 % on average, and
 * fewer than 20 % with probability 1e-13; unrelated news share a stock phrase or two.
 */
const RELATED_SAMPLES = 0.2
/** Relatives that are compared in full. */
const CANDIDATES = 5

export interface Recognition {
  /** Newest version of the document it belongs to. */
  readonly newest: DocumentSummary
  readonly because: 'same-name' | 'near-identical'
  /** Share of the wording in common, 0 to 1. */
  readonly similarity: number
}

type Source = Pick<KnowledgeStore, 'findByFileName' | 'findSimilar' | 'contents' | 'history'>

/** The document that `reading` is a version of; undefined when it is a new document. */
export async function recognizeDocument(
  reading: Pick<DocumentReading, 'fileName' | 'text' | 'metadata'>,
  fingerprint: readonly number[],
  knowledge: Source,
): Promise<Recognition | undefined> {
  const candidates = await findCandidates(reading.fileName, fingerprint, knowledge)
  const recognitions = candidates.flatMap((candidate) => recognize(reading, candidate) ?? [])
  return recognitions.toSorted((a, b) => b.similarity - a.similarity)[0]
}

interface Candidate {
  readonly newest: DocumentSummary
  readonly text: string
  readonly sameName: boolean
}

async function findCandidates(
  fileName: string,
  fingerprint: readonly number[],
  knowledge: Source,
): Promise<readonly Candidate[]> {
  const named = await knowledge.findByFileName(fileName)
  const least = Math.max(1, Math.ceil(RELATED_SAMPLES * fingerprint.length))
  const similar = await knowledge.findSimilar(fingerprint, { limit: CANDIDATES, least })
  const namedIds = new Set(named.map(({ documentId }) => documentId))
  const other = similar.filter(({ documentId }) => !namedIds.has(documentId))
  const ofNamed = await candidatesFrom(
    named.slice(0, CANDIDATES).map(({ versionId }) => versionId),
    true,
    knowledge,
  )
  const ofOther = await candidatesFrom(
    other.map(({ versionId }) => versionId),
    false,
    knowledge,
  )
  return [...ofNamed, ...ofOther]
}

async function candidatesFrom(
  versionIds: readonly string[],
  sameName: boolean,
  knowledge: Source,
): Promise<readonly Candidate[]> {
  const contents = await knowledge.contents(versionIds)
  return Promise.all(
    contents.map(async ({ text, documentId, ...version }) => {
      const history = await knowledge.history(documentId)
      return { newest: history.at(-1) ?? { documentId, ...version }, text, sameName }
    }),
  )
}

function recognize(
  reading: Pick<DocumentReading, 'text' | 'metadata'>,
  { newest, text, sameName }: Candidate,
): Recognition | undefined {
  const similarity = similarityOf(reading.text, text)
  const because = sameName ? 'same-name' : 'near-identical'
  const isReport = !sameName && reading.metadata.kind === 'news'
  const nearIdentical = similarity >= (isReport ? NEAR_IDENTICAL_NEWS : NEAR_IDENTICAL)
  if (sameName && nearIdentical) return { newest, because, similarity }
  if (speaksForAnother(reading.metadata, newest.metadata)) return undefined
  const related = similarity >= SAME_FILE || reading.metadata.title === newest.metadata.title
  if (nearIdentical || (sameName && related)) return { newest, because, similarity }
  return undefined
}

/** Both say for which year, place or under which number they stand, and they say different things. */
function speaksForAnother(a: DocumentMetadata, b: DocumentMetadata): boolean {
  return (
    differ(a.number, b.number) ||
    differ(a.jurisdictionCode, b.jurisdictionCode) ||
    differ(yearOf(a), yearOf(b))
  )
}

const yearOf = ({ planYear, issuedOn }: DocumentMetadata) => planYear ?? issuedOn?.on.year

function differ<T>(a: T | undefined, b: T | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b
}
