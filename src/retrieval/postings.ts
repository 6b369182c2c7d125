/**
 * Which passages hold which term: the memory under the search index.
 *
 * Entries lie in pages of a pool and hang together in slices that grow with the term, so that adding
 * a passage never copies what is there and never stops the process. An entry is one 32-bit number:
 * 24 bits of passage slot, 8 bits of weight in quarters. A slice is [length, entries …, next slice].
 */
import { WORD_SEPARATOR } from '../domain/passage.ts'
import { createWordNumbers } from './word-numbers.ts'

/** A passage slot occupies 24 bits of an entry. */
export const MOST_PASSAGES = 1 << 24
/** Weights are kept in quarters, so 255 is a weight of 63.75. */
export const WEIGHT_STEPS = 4
const HEAVIEST = 255
/** Numbers in a page: 256 KB. */
const PAGE_BITS = 16
const PAGE_LENGTH = 1 << PAGE_BITS
const NOWHERE = 0xffff_ffff
/** A slice is as long as this share of the chain before it: a sixth of the room stays empty on average. */
const GROWTH = 0.5
const SHORTEST_SLICE = 2
const LONGEST_SLICE = 4096

/** Called with runs of entries of one page; an entry is `slot * 256 + weight * WEIGHT_STEPS`. */
export type VisitRun = (page: Uint32Array, from: number, to: number) => void

export interface Postings {
  readonly termCount: number
  /** The number of a term, given out when it is new. */
  intern(term: string): number
  /** The numbers of words joined by WORD_SEPARATOR, in order; they hold until the next call. */
  internAll(words: string): Uint32Array
  /** The number of a known term; undefined for a word that no passage ever held. */
  find(term: string): number | undefined
  /** The words from number `from` on, with the number of passages that hold each. */
  terms(from: number): Iterable<readonly [term: string, frequency: number]>
  /** Passages that hold the term, dead ones included until they are swept. */
  frequency(term: number): number
  add(term: number, slot: number, weight: number): void
  eachRun(term: number, visit: VisitRun): void
  /** Drops the entries of dead slots from one term's chain; returns how many entries it looked at. */
  sweep(term: number, isDead: (slot: number) => boolean): number
  /** Memory of the entries, the chains and the vocabulary. */
  readonly bytes: number
}

/** An empty set of postings. */
export function createPostings(): Postings {
  const numbers = createWordNumbers()
  let terms = new Uint32Array(1024)
  const pool = createPool()
  let chains = growChains(undefined, 1024)

  const intern = (text: string, from: number, to: number): number => {
    const number = numbers.intern(text, from, to)
    if (number >= chains.head.length) chains = growChains(chains, number * 2)
    return number
  }

  const extend = (term: number): void => {
    const link = at(chains.end, term)
    const next = link === NOWHERE ? NOWHERE : pool.read(link)
    const slice = next === NOWHERE ? pool.allocate(sliceLength(at(chains.count, term))) : next
    if (link === NOWHERE) chains.head[term] = slice
    else pool.write(link, slice)
    chains.next[term] = slice + 1
    chains.end[term] = slice + 1 + pool.read(slice)
  }

  const push = (term: number, entry: number): void => {
    if (at(chains.next, term) === at(chains.end, term)) extend(term)
    const address = at(chains.next, term)
    pool.write(address, entry)
    chains.next[term] = address + 1
    chains.count[term] = at(chains.count, term) + 1
  }

  const eachRun = (term: number, visit: VisitRun): void => {
    let left = at(chains.count, term)
    let slice = at(chains.head, term)
    while (left > 0) {
      const page = pool.page(slice)
      const from = (slice & (PAGE_LENGTH - 1)) + 1
      const length = at(page, from - 1)
      visit(page, from, from + Math.min(left, length))
      left -= length
      slice = at(page, from + length)
    }
  }

  /** Empties a chain but keeps its slices linked, to be filled again. */
  const rewind = (term: number): void => {
    const head = at(chains.head, term)
    chains.count[term] = 0
    chains.next[term] = head + 1
    chains.end[term] = head + 1 + pool.read(head)
  }

  return {
    get termCount() {
      return numbers.size
    },
    intern: (term) => intern(term, 0, term.length),
    internAll(words) {
      let count = 0
      for (let from = 0; from < words.length; count++) {
        const next = words.indexOf(WORD_SEPARATOR, from)
        const to = next < 0 ? words.length : next
        if (count === terms.length) terms = widenTerms(terms)
        terms[count] = intern(words, from, to)
        from = to + 1
      }
      return terms.subarray(0, count)
    },
    find: numbers.find,
    *terms(from) {
      for (let number = from; number < numbers.size; number++) {
        yield [numbers.word(number), at(chains.count, number)]
      }
    },
    frequency: (term) => at(chains.count, term),
    add(term, slot, weight) {
      const steps = Math.min(HEAVIEST, Math.max(1, Math.round(weight * WEIGHT_STEPS)))
      push(term, slot * 256 + steps)
    },
    eachRun,
    sweep(term, isDead) {
      const before = at(chains.count, term)
      const kept: number[] = []
      eachRun(term, (page, from, to) => {
        for (let i = from; i < to; i++) {
          const entry = at(page, i)
          if (!isDead(entry >>> 8)) kept.push(entry)
        }
      })
      if (kept.length === before) return before
      rewind(term)
      for (const entry of kept) push(term, entry)
      return before
    },
    get bytes() {
      return pool.bytes() + chains.head.length * 16 + numbers.bytes
    },
  }
}

function widenTerms(terms: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(terms.length * 2)
  wider.set(terms)
  return wider
}

/** Per term: its first slice, where its next entry goes, where its last slice ends, its entries. */
interface Chains {
  readonly head: Uint32Array
  readonly next: Uint32Array
  readonly end: Uint32Array
  readonly count: Uint32Array
}

function growChains(old: Chains | undefined, length: number): Chains {
  const grow = (from: Uint32Array | undefined, filler: number) => {
    const grown = new Uint32Array(length).fill(filler)
    if (from !== undefined) grown.set(from)
    return grown
  }
  return {
    head: grow(old?.head, NOWHERE),
    next: grow(old?.next, NOWHERE),
    end: grow(old?.end, NOWHERE),
    count: grow(old?.count, 0),
  }
}

function sliceLength(entriesBefore: number): number {
  return Math.min(LONGEST_SLICE, Math.max(SHORTEST_SLICE, Math.ceil(entriesBefore * GROWTH)))
}

/** Addresses count numbers through all pages; a slice never lies across two pages. */
function createPool() {
  const pages: Uint32Array[] = []
  let free = 0
  const page = (address: number) => {
    const found = pages[address >>> PAGE_BITS]
    if (found === undefined) throw new RangeError(`no page holds address ${address}`)
    return found
  }
  const write = (address: number, value: number): void => {
    page(address)[address & (PAGE_LENGTH - 1)] = value
  }
  return {
    page,
    write,
    read: (address: number) => at(page(address), address & (PAGE_LENGTH - 1)),
    allocate(length: number): number {
      const room = pages.length * PAGE_LENGTH - free
      if (room < length + 2) {
        free = pages.length * PAGE_LENGTH
        pages.push(new Uint32Array(PAGE_LENGTH))
      }
      const slice = free
      free += length + 2
      write(slice, length)
      write(slice + 1 + length, NOWHERE)
      return slice
    },
    bytes: () => pages.length * PAGE_LENGTH * 4,
  }
}

function at(numbers: Uint32Array, index: number): number {
  return numbers[index] ?? 0
}
