/**
 * What was found of documents by filter and prior, kept from search to search: askers of one town
 * are told the same of every document, and asking reads texts. One byte a passage and kind of asker.
 */
import type { PassageSlots } from './passage-slots.ts'
import { type Standing, standingOf } from './pick-best.ts'
import type { SearchRequest } from './search-index.ts'

export interface KeptStandings {
  /** The request's filter and prior, remembered under its `standingKey`. */
  of(request: SearchRequest): Standing
  /** To be called when another passage comes to lie there. */
  forget(slot: number): void
  clear(): void
  readonly bytes: number
}

/** Kinds of askers of whom much was asked lately: a hundred with 150,000 passages. */
const BYTES_KEPT = 16_000_000
const MOST_KEPT = 256
/** Of so many standings at most each has a number; 0 is none yet. */
const MOST_STANDINGS = 255

interface Kept {
  /** Number of the standing, by slot. */
  readonly numbers: Uint8Array
  readonly standings: number[]
  readonly numberOf: Map<number, number>
}

/** Nothing known yet. */
export function createKeptStandings(slots: Pick<PassageSlots, 'lengths'>): KeptStandings {
  /** The least recently used first. */
  const kept = new Map<string, Kept>()

  const keptFor = (key: string): Kept => {
    const before = kept.get(key)
    kept.delete(key)
    const current = before ?? { numbers: new Uint8Array(), standings: [0], numberOf: new Map() }
    const fitting = withRoom(current, slots.lengths.length)
    kept.set(key, fitting)
    const most = Math.min(MOST_KEPT, BYTES_KEPT / fitting.numbers.length)
    for (const oldest of kept.keys()) {
      if (kept.size <= Math.max(1, most)) break
      kept.delete(oldest)
    }
    return fitting
  }

  return {
    of(request) {
      const standing = standingOf(request)
      if (request.standingKey === undefined) return standing
      const { numbers, standings, numberOf } = keptFor(request.standingKey)
      return (document, slot) => {
        const known = numbers[slot] ?? 0
        if (known !== 0) return standings[known] ?? 0
        const found = standing(document, slot)
        const number = numberOf.get(found) ?? standings.length
        if (number > MOST_STANDINGS) return found
        if (number === standings.length) {
          standings.push(found)
          numberOf.set(found, number)
        }
        numbers[slot] = number
        return found
      }
    },
    forget(slot) {
      for (const { numbers } of kept.values()) numbers[slot] = 0
    },
    clear: () => kept.clear(),
    get bytes() {
      let bytes = 0
      for (const { numbers } of kept.values()) bytes += numbers.length
      return bytes
    },
  }
}

function withRoom(kept: Kept, length: number): Kept {
  if (kept.numbers.length >= length) return kept
  const numbers = new Uint8Array(length)
  numbers.set(kept.numbers)
  return { ...kept, numbers }
}
