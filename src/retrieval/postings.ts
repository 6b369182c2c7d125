/**
 * Which passages hold which term: the memory under the search index.
 *
 * Entries lie in pages of a pool and hang together in slices that grow with the term, so that adding
 * a passage never copies what is there and never stops the process. An entry is one 32-bit number:
 * 24 bits of passage slot, 8 bits of weight in quarters. A slice is [length, entries …, next slice].
 */
import { WORD_SEPARATOR } from '../domain/passage.ts'
import { type LoadedNumbers, loadedArray, type SavedNumbers } from './saved-index.ts'
import { createWordNumbers } from './word-numbers.ts'

/** A passage slot occupies 24 bits of an entry. */
export const MOST_PASSAGES = 1 << 24
/** Weights are kept in quarters, so 255 is a weight of 63.75. */
export const WEIGHT_STEPS = 4
const HEAVIEST = 255
const SEPARATOR = WORD_SEPARATOR.charCodeAt(0)
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
  save(): SavedNumbers
  /** Takes over what was saved, in place of everything here. */
  load(saved: LoadedNumbers): void
}

/** An empty set of postings. */
export function createPostings(): Postings {
  const numbers = createWordNumbers()
  let terms = new Uint32Array(1024)
  const pool = createPool()
  let chains = growChains(new Uint32Array(0), 1024)

  const countOf = (term: number): number => at(chains, term * CHAIN + COUNT)

  const intern = (text: string, from: number, to: number): number => {
    const number = numbers.intern(text, from, to)
    if (number * CHAIN >= chains.length) chains = growChains(chains, number * 2)
    return number
  }

  const extend = (term: number): void => {
    const chain = term * CHAIN
    const link = at(chains, chain + END)
    const next = link === NOWHERE ? NOWHERE : pool.read(link)
    const slice = next === NOWHERE ? pool.allocate(sliceLength(at(chains, chain + COUNT))) : next
    if (link === NOWHERE) chains[chain + HEAD] = slice
    else pool.write(link, slice)
    chains[chain + NEXT] = slice + 1
    chains[chain + END] = slice + 1 + pool.read(slice)
  }

  const push = (term: number, entry: number): void => {
    const chain = term * CHAIN
    if (at(chains, chain + NEXT) === at(chains, chain + END)) extend(term)
    const address = at(chains, chain + NEXT)
    pool.write(address, entry)
    chains[chain + NEXT] = address + 1
    chains[chain + COUNT] = at(chains, chain + COUNT) + 1
  }

  const eachRun = (term: number, visit: VisitRun): void => {
    let left = countOf(term)
    let slice = at(chains, term * CHAIN + HEAD)
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
    const chain = term * CHAIN
    const head = at(chains, chain + HEAD)
    chains[chain + COUNT] = 0
    chains[chain + NEXT] = head + 1
    chains[chain + END] = head + 1 + pool.read(head)
  }

  return {
    get termCount() {
      return numbers.size
    },
    intern: (term) => intern(term, 0, term.length),
    internAll(words) {
      let count = 0
      for (let from = 0, to = 0; from < words.length; to++) {
        if (to < words.length && words.charCodeAt(to) !== SEPARATOR) continue
        if (count === terms.length) terms = widenTerms(terms)
        terms[count++] = intern(words, from, to)
        from = to + 1
      }
      return terms.subarray(0, count)
    },
    find: numbers.find,
    *terms(from) {
      for (let number = from; number < numbers.size; number++) {
        yield [numbers.word(number), countOf(number)]
      }
    },
    frequency: countOf,
    add(term, slot, weight) {
      const steps = Math.min(HEAVIEST, Math.max(1, Math.round(weight * WEIGHT_STEPS)))
      push(term, slot * 256 + steps)
    },
    eachRun,
    sweep(term, isDead) {
      const before = countOf(term)
      let dead = 0
      eachRun(term, (page, from, to) => {
        for (let i = from; i < to; i++) if (isDead(at(page, i) >>> 8)) dead += 1
      })
      if (dead === 0) return before
      const kept: number[] = []
      eachRun(term, (page, from, to) => {
        for (let i = from; i < to; i++) {
          const entry = at(page, i)
          if (!isDead(entry >>> 8)) kept.push(entry)
        }
      })
      rewind(term)
      for (const entry of kept) push(term, entry)
      return before
    },
    get bytes() {
      return pool.bytes() + chains.byteLength + numbers.bytes
    },
    save: () => ({
      ...numbers.save(),
      chains: [chains.subarray(0, numbers.size * CHAIN)],
      ...pool.save(),
    }),
    load(saved) {
      numbers.load(saved)
      chains = growChains(loadedArray(saved, 'chains', Uint32Array), numbers.size + 1024)
      pool.load(saved)
    },
  }
}

function widenTerms(terms: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(terms.length * 2)
  wider.set(terms)
  return wider
}

/** Numbers of a term's chain, side by side: first slice, place of the next entry, end of the last slice, entries. */
const CHAIN = 4
const HEAD = 0
const NEXT = 1
const END = 2
const COUNT = 3

/** Room for so many terms; chains not begun have neither place nor end. */
function growChains(old: Uint32Array, terms: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(terms * CHAIN).fill(NOWHERE)
  for (let chain = 0; chain < grown.length; chain += CHAIN) grown[chain + COUNT] = 0
  grown.set(old)
  return grown
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
    save: (): SavedNumbers => ({ pages, pageEnd: [Uint32Array.of(free)] }),
    load(saved: LoadedNumbers): void {
      const all = loadedArray(saved, 'pages', Uint32Array)
      pages.length = 0
      for (let from = 0; from < all.length; from += PAGE_LENGTH) {
        pages.push(all.subarray(from, from + PAGE_LENGTH))
      }
      free = at(loadedArray(saved, 'pageEnd', Uint32Array), 0)
    },
  }
}

function at(numbers: Uint32Array, index: number): number {
  return numbers[index] ?? 0
}
