/**
 * The lexical index: every passage in force, in memory, searchable by words.
 *
 * First BM25 over words picks the best passages, filters applied; then those few are read again
 * (rescore-passage.ts) for character pairs, closeness and coverage. Adding and removing never copies
 * the index: a removed passage is passed over at once, and its entries are swept out bit by bit.
 */
import type { DocumentVersion } from '../domain/document.ts'
import type { Passage, StoredPassage } from '../domain/passage.ts'
import { createPairFinder } from './find-pairs.ts'
import { createKeptStandings } from './kept-standings.ts'
import { createPairCounts } from './pair-counts.ts'
import { createPassageSlots } from './passage-slots.ts'
import { createPostings } from './postings.ts'
import { rankPassages } from './rank-passages.ts'
import { keep, listTitles, wordsOf } from './read-indexable.ts'
import { rescorePassages } from './rescore-passage.ts'
import type { HeldDocument, LoadedIndex, SavedIndex } from './saved-index.ts'
import { createWeigher } from './weigh-terms.ts'

/** A passage as the index keeps it: its tokens live in the postings only. */
export type IndexedPassage = Omit<Passage, 'tokens'>

/** What the index keeps of a document. */
export type IndexedDocument = Pick<
  DocumentVersion,
  'documentId' | 'versionId' | 'fileName' | 'metadata' | 'text' | 'lists' | 'facts'
> & { readonly passages: readonly IndexedPassage[] }

/** What the index is given: a stored version, or as much of one as it needs. */
export type IndexableDocument = Omit<IndexedDocument, 'passages'> & {
  readonly passages: readonly (Passage | StoredPassage)[]
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
  /** Share of their score that a document's passages keep: 0 (none is found) to 1. */
  readonly prior?: (document: IndexedDocument) => number
  /**
   * Requests of one key accept and prefer the same documents alike, so that what they say of each may
   * be remembered.
   */
  readonly standingKey?: string
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
  /** {@link add} in steps of one passage, for whoever must not block: run it to its end. */
  adding(document: IndexableDocument): Iterable<void>
  remove(versionId: string): void
  /** Best first. */
  search(request: SearchRequest): readonly SearchHit[]
  documents(): Iterable<IndexedDocument>
  document(versionId: string): IndexedDocument | undefined
  /** How many passages hold the word; 0 for a word of no passage. */
  frequency(word: string): number
  /**
   * The words of all passages ever added, in order of first appearance, from the `from`-th on, with
   * the number of passages that hold each now.
   */
  vocabulary(from?: number): Iterable<readonly [word: string, frequency: number]>
  /** Passages in which two characters stand side by side, about (a little too many at most). */
  pairFrequency(first: string, second: string): number
  /** Sweeps out what removed documents left, at most about `entries` entries; true when clean. */
  tidy(entries: number): boolean
  readonly passageCount: number
  /** Memory of the index itself, its vocabulary included, texts not. */
  readonly bytes: number
  /** Grows with every step of a change: what was saved before is not what is here now. */
  readonly changes: number
  /** Everything here, to be kept in a file; undefined while something is coming in or to be swept out. */
  save(): SavedIndex | undefined
  /** Takes over what was saved into an empty index, in steps of one document: run it to its end. */
  loading(saved: LoadedIndex): Iterable<void>
}

/** Cuts a text into the words that passages were stored with. */
export interface WordCutter {
  tokens(text: string): readonly string[]
}

/** An empty index. */
export function createSearchIndex(cutter: WordCutter): SearchIndex {
  const postings = createPostings()
  const held = new Map<string, HeldDocument>()
  const slots = createPassageSlots()
  const pairCounts = createPairCounts()
  const pairs = createPairFinder(pairCounts)
  const weigher = createWeigher(postings)
  const standings = createKeptStandings(slots)
  let sweeping = 0
  let changes = 0
  /** Documents of which some passages are still to come. */
  let coming = 0

  const cutWords = (text: string) => (text === '' ? [] : cutter.tokens(text))

  function* adding(document: IndexableDocument): Generator<void> {
    remove(document.versionId)
    coming += 1
    try {
      const kept = keep(document)
      const taken: number[] = []
      held.set(document.versionId, { document: kept, slots: taken })
      const titleWords = cutWords(document.metadata.title)
      for (const [place, passage] of document.passages.entries()) {
        const extra = [...titleWords, ...cutWords(listTitles(document, passage))]
        taken.push(enter(kept, place, wordsOf(passage), extra))
        yield
      }
    } finally {
      coming -= 1
    }
  }

  const enter = (
    document: IndexedDocument,
    place: number,
    words: string,
    extra: readonly string[],
  ): number => {
    changes += 1
    const terms = postings.internAll(words)
    const slot = slots.take(document, place, terms.length)
    standings.forget(slot)
    pairCounts.add(document.passages[place]?.text ?? '')
    weigher.weigh(terms, extra, slot)
    return slot
  }

  function* loading({ numbers, documents }: LoadedIndex): Generator<void> {
    if (held.size > 0) throw new RangeError('a saved index is loaded into an empty one')
    changes += 1
    standings.clear()
    slots.load(numbers)
    postings.load(numbers)
    pairCounts.load(numbers)
    for (const { document, slots: taken } of documents) {
      slots.own(document, taken)
      held.set(document.versionId, { document, slots: taken })
      yield
    }
    slots.loaded()
  }

  const remove = (versionId: string): void => {
    changes += 1
    for (const slot of held.get(versionId)?.slots ?? []) {
      pairCounts.remove(slots.passage(slot)?.text ?? '')
      slots.release(slot)
    }
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
    add(document) {
      for (const _ of adding(document));
    },
    adding,
    remove,
    tidy,
    search(request) {
      const ranked = rankPassages(request, { postings, slots, cutter, standings })
      const hits = rescorePassages(ranked, request.text, { slots, pairs })
      return hits.slice(0, request.limit)
    },
    *documents() {
      for (const { document } of held.values()) yield document
    },
    document: (versionId) => held.get(versionId)?.document,
    frequency(word) {
      const term = postings.find(word)
      return term === undefined ? 0 : postings.frequency(term)
    },
    vocabulary: (from = 0) => postings.terms(from),
    pairFrequency: (first, second) =>
      pairCounts.frequency(first.charCodeAt(0), second.charCodeAt(0)),
    get passageCount() {
      return slots.live
    },
    get bytes() {
      return postings.bytes + slots.bytes + pairCounts.bytes + standings.bytes
    },
    get changes() {
      return changes
    },
    save() {
      if (coming > 0 || slots.dead > 0) return undefined
      const numbers = { ...postings.save(), ...pairCounts.save(), ...slots.save() }
      return { numbers, documents: held.values() }
    },
    loading,
  }
}
