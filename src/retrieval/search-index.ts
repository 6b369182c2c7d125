/**
 * The lexical index: every passage in force, in memory, searchable by words.
 *
 * First BM25 over words picks the best passages, filters applied; then those few are read again
 * (rescore-passage.ts) for character pairs, closeness and coverage. Adding and removing never copies
 * the index: a removed passage is passed over at once, and its entries are swept out bit by bit.
 */
import type { DocumentVersion } from '../domain/document.ts'
import type { Passage } from '../domain/passage.ts'
import { createPostings, MOST_PASSAGES, type Postings, WEIGHT_STEPS } from './postings.ts'
import { prepareRescoring } from './rescore-passage.ts'

/** A passage as the index keeps it: its tokens live in the postings only. */
export type IndexedPassage = Omit<Passage, 'tokens'>

/** What the index keeps of a document. */
export type IndexedDocument = Pick<
  DocumentVersion,
  'documentId' | 'versionId' | 'fileName' | 'metadata' | 'text' | 'lists' | 'facts'
> & { readonly passages: readonly IndexedPassage[] }

/** What the index is given: a stored version, or as much of one as it needs. */
export type IndexableDocument = Omit<IndexedDocument, 'passages'> & {
  readonly passages: readonly Passage[]
}

/** A word or phrase that stands beside the words of the question: a synonym, a spelled-out pinyin. */
export interface Expansion {
  readonly term: string
  /** 1 counts like a word of the question. */
  readonly weight: number
  /** The words of the question it stands for: finding it covers them. */
  readonly insteadOf?: string
}

export interface SearchRequest {
  readonly text: string
  readonly expansions?: readonly Expansion[]
  readonly limit: number
  /** Whether this asker may see the document; decided before ranking. */
  readonly accepts?: (document: IndexedDocument) => boolean
  /** Multiplies the scores of a document's passages: at most {@link HIGHEST_PRIOR}. */
  readonly prior?: (document: IndexedDocument) => number
}

export interface SearchHit {
  readonly document: IndexedDocument
  readonly passage: IndexedPassage
  readonly score: number
  /** Share of the question's words, weighed by rarity, that the passage has: 0 to 1. */
  readonly coverage: number
}

export interface SearchIndex {
  /** Adding a version that is there already replaces it. */
  add(document: IndexableDocument): void
  remove(versionId: string): void
  /** Best first. */
  search(request: SearchRequest): readonly SearchHit[]
  documents(): Iterable<IndexedDocument>
  document(versionId: string): IndexedDocument | undefined
  /** How many passages hold the word; 0 for a word of no passage. */
  frequency(word: string): number
  /** Every word of the passages with the number of passages that hold it. */
  vocabulary(): Iterable<readonly [word: string, frequency: number]>
  /** Sweeps out what removed documents left, at most about `entries` entries; true when clean. */
  tidy(entries: number): boolean
  readonly passageCount: number
  /** Memory of the index itself, without vocabulary strings and texts. */
  readonly bytes: number
}

/** Cuts a text into the words that passages were stored with. */
export interface WordCutter {
  tokens(text: string): readonly string[]
}

/** A prior above this is cut off: it bounds how far below the best a preferred passage is looked for. */
export const HIGHEST_PRIOR = 4

/** BM25: measured best on news and encyclopedia questions; higher k1 only loses. */
const K1 = 0.6
const B = 0.4
/** Weight of a title's or a list's words beside those of the passage. */
const TITLE_WEIGHT = 0.5
/** Passages read again after the first ranking: 50 are as good as 100 (measured). */
const CANDIDATES = 60
/** Lengths above this count as this. */
const LONGEST = 2047

/** An empty index. */
export function createSearchIndex(cutter: WordCutter): SearchIndex {
  const postings = createPostings()
  const held = new Map<string, { readonly document: IndexedDocument; readonly slots: number[] }>()
  const slots = createSlots()
  let sweeping = 0

  const add = (document: IndexableDocument): void => {
    if (held.has(document.versionId)) remove(document.versionId)
    const kept = keep(document)
    const titleWords = cutter.tokens(document.metadata.title)
    const taken = document.passages.map((passage, i) => {
      const extra = [...titleWords, ...cutter.tokens(listTitles(document, passage))]
      const slot = slots.take(kept, i, passage.tokens.length)
      for (const [word, weight] of weigh(passage.tokens, extra)) {
        postings.add(postings.intern(word), slot, weight)
      }
      return slot
    })
    held.set(document.versionId, { document: kept, slots: taken })
  }

  const remove = (versionId: string): void => {
    for (const slot of held.get(versionId)?.slots ?? []) slots.release(slot)
    held.delete(versionId)
    sweeping = 0
  }

  const tidy = (entries: number): boolean => {
    if (slots.dead === 0) return true
    let left = entries
    while (left > 0 && sweeping < postings.termCount) {
      left -= 1 + postings.sweep(sweeping++, slots.isDead)
    }
    if (sweeping < postings.termCount) return false
    slots.reuseDead()
    sweeping = 0
    return true
  }

  return {
    add,
    remove,
    tidy,
    search: (request) => search(request, { postings, slots, cutter }),
    *documents() {
      for (const { document } of held.values()) yield document
    },
    document: (versionId) => held.get(versionId)?.document,
    frequency(word) {
      const term = postings.find(word)
      return term === undefined ? 0 : postings.frequency(term)
    },
    vocabulary: () => postings.terms(),
    get passageCount() {
      return slots.live
    },
    get bytes() {
      return postings.bytes + slots.bytes
    },
  }
}

/** Without the tokens; passage texts become views of the document's text where they are its spans. */
function keep(document: IndexableDocument): IndexedDocument {
  const { documentId, versionId, fileName, metadata, text, lists, facts } = document
  const passages = document.passages.map(({ start, end, ordinal, headings, text: own }) => {
    const view = text.slice(start, end)
    return { start, end, ordinal, headings, text: view === own ? view : own }
  })
  return { documentId, versionId, fileName, metadata, text, lists, facts, passages }
}

function listTitles(document: IndexableDocument, passage: Passage): string {
  return document.lists
    .filter(({ span }) => span.start < passage.end && passage.start < span.end)
    .flatMap(({ title, aliases }) => [title, ...aliases])
    .join(' ')
}

function weigh(words: readonly string[], extra: readonly string[]): Map<string, number> {
  const weights = new Map<string, number>()
  for (const word of words) weights.set(word, (weights.get(word) ?? 0) + 1)
  for (const word of new Set(extra)) weights.set(word, (weights.get(word) ?? 0) + TITLE_WEIGHT)
  return weights
}

type Slots = ReturnType<typeof createSlots>

/** The numbered places of passages: which document and passage each holds, how long it is. */
function createSlots() {
  const owners: (IndexedDocument | undefined)[] = []
  let places = new Uint16Array(1024)
  let lengths = new Uint16Array(1024)
  let scores = new Float32Array(1024)
  const free: number[] = []
  let dying: number[] = []
  let live = 0
  let totalLength = 0

  return {
    take(document: IndexedDocument, place: number, length: number): number {
      const slot = free.pop() ?? owners.length
      if (slot >= MOST_PASSAGES) throw new RangeError('the index holds 16,777,216 passages at most')
      if (slot >= lengths.length) {
        places = widen(places, new Uint16Array(slot * 2))
        lengths = widen(lengths, new Uint16Array(slot * 2))
        scores = new Float32Array(slot * 2)
      }
      owners[slot] = document
      places[slot] = place
      lengths[slot] = Math.min(LONGEST, length)
      live += 1
      totalLength += lengths[slot] ?? 0
      return slot
    },
    release(slot: number): void {
      owners[slot] = undefined
      live -= 1
      totalLength -= lengths[slot] ?? 0
      dying.push(slot)
    },
    isDead: (slot: number) => owners[slot] === undefined,
    /** To be called when no entry of a dead slot is left. */
    reuseDead(): void {
      free.push(...dying)
      dying = []
    },
    owner: (slot: number) => owners[slot],
    passage: (slot: number) => owners[slot]?.passages[places[slot] ?? 0],
    get lengths() {
      return lengths
    },
    /** Room for one score a slot, all 0 between searches. */
    get scores() {
      return scores
    },
    get meanLength() {
      return live === 0 ? 1 : totalLength / live
    },
    get live() {
      return live
    },
    get dead() {
      return dying.length
    },
    get bytes() {
      return owners.length * 8 + lengths.length * 8
    },
  }
}

function widen(from: Uint16Array, to: Uint16Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  to.set(from)
  return to
}

interface Parts {
  readonly postings: Postings
  readonly slots: Slots
  readonly cutter: WordCutter
}

interface Candidate {
  readonly slot: number
  readonly document: IndexedDocument
  readonly score: number
  readonly prior: number
}

function search(request: SearchRequest, parts: Parts): readonly SearchHit[] {
  const words = weighWords(request, parts)
  const candidates = firstRanking(request, words, parts)
  const rescore = prepareRescoring(request.text, words)
  return candidates
    .flatMap(({ slot, document, score, prior }) => {
      const passage = parts.slots.passage(slot)
      if (passage === undefined) return []
      const fine = rescore(passage.text, score)
      return [{ document, passage, score: fine.score * prior, coverage: fine.coverage }]
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, request.limit)
}

/** A word to look for: its weight and rarity, and the word of the question it stands for. */
export interface QueryWord {
  readonly word: string
  readonly weight: number
  readonly idf: number
  /** The question's own words this one covers; itself when it is the question's own. */
  readonly covers: readonly string[]
}

function weighWords(request: SearchRequest, { postings, slots, cutter }: Parts): QueryWord[] {
  const idf = (word: string) => {
    const term = postings.find(word)
    const frequency = term === undefined ? 0 : postings.frequency(term)
    return Math.log(1 + (slots.live - Math.min(frequency, slots.live) + 0.5) / (frequency + 0.5))
  }
  const words = new Map<string, QueryWord>()
  for (const word of cutter.tokens(request.text)) {
    words.set(word, { word, weight: 1, idf: idf(word), covers: [word] })
  }
  for (const { term, weight, insteadOf } of request.expansions ?? []) {
    const covers = insteadOf === undefined ? [] : cutter.tokens(insteadOf)
    for (const word of cutter.tokens(term)) {
      const known = words.get(word)
      if (known !== undefined && known.weight >= weight) continue
      words.set(word, { word, weight, idf: idf(word), covers })
    }
  }
  return [...words.values()]
}

/** BM25 over words; the best passages that the asker may see. */
function firstRanking(
  request: SearchRequest,
  words: readonly QueryWord[],
  { postings, slots }: Parts,
): Candidate[] {
  const { scores, lengths } = slots
  const norms = normsByLength(slots.meanLength)
  const touched: number[] = []
  for (const { word, weight, idf } of words) {
    const term = postings.find(word)
    if (term === undefined) continue
    const gain = weight * idf * (K1 + 1)
    postings.eachRun(term, (page, from, to) => {
      for (let i = from; i < to; i++) {
        const entry = page[i] ?? 0
        const slot = entry >>> 8
        const frequency = (entry & 255) / WEIGHT_STEPS
        const before = scores[slot] ?? 0
        if (before === 0) touched.push(slot)
        scores[slot] = before + (gain * frequency) / (frequency + (norms[lengths[slot] ?? 0] ?? 0))
      }
    })
  }
  const best = pickBest(touched, scores, request, slots)
  for (const slot of touched) scores[slot] = 0
  return best
}

function normsByLength(meanLength: number): Float32Array {
  const norms = new Float32Array(LONGEST + 1)
  for (let length = 0; length <= LONGEST; length++) {
    norms[length] = K1 * (1 - B + (B * length) / meanLength)
  }
  return norms
}

/** The best candidates by score × prior; filters and priors are asked only for those that may enter. */
function pickBest(
  touched: readonly number[],
  scores: Float32Array,
  request: SearchRequest,
  slots: Slots,
): Candidate[] {
  const wanted = Math.max(CANDIDATES, request.limit)
  const ceiling = request.prior === undefined ? 1 : HIGHEST_PRIOR
  const standing = standingOf(request)
  let best: Candidate[] = []
  let threshold = 0
  for (const slot of touched) {
    const score = scores[slot] ?? 0
    if (score * ceiling <= threshold) continue
    const document = slots.owner(slot)
    if (document === undefined) continue
    const prior = standing(document)
    if (prior <= 0 || score * prior <= threshold) continue
    best.push({ slot, document, score, prior })
    if (best.length >= wanted * 2) {
      best = best.sort(byStanding).slice(0, wanted)
      const last = best.at(-1)
      if (last !== undefined) threshold = last.score * last.prior
    }
  }
  return best.sort(byStanding).slice(0, wanted)
}

function byStanding(a: Candidate, b: Candidate): number {
  return b.score * b.prior - a.score * a.prior
}

/** 0 for a document the asker may not see, else its prior; asked once a document and search. */
function standingOf({ accepts, prior }: SearchRequest): (document: IndexedDocument) => number {
  const known = new Map<IndexedDocument, number>()
  return (document) => {
    const before = known.get(document)
    if (before !== undefined) return before
    const accepted = accepts === undefined || accepts(document)
    const standing = accepted ? Math.min(HIGHEST_PRIOR, prior?.(document) ?? 1) : 0
    known.set(document, standing)
    return standing
  }
}
