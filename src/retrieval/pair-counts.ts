/**
 * In how many passages each pair of neighbouring characters stands, so that a pair is worth as much
 * as it is rare. Counted in a fixed table by hash: 8 MB however many texts there are; two rare pairs
 * that share a cell look a little commoner than they are, which was not measurable.
 */
import { type LoadedNumbers, loadedArray, type SavedNumbers } from './saved-index.ts'

const CELLS = 1 << 20
/** The first passages are all counted; of later ones every eighth, eightfold: rarity stays known, loading is quick. */
const ALL_COUNTED = 24_000
const SAMPLE = 8

export interface PairCounts {
  /** Counts the pairs of one passage, each once; returns what to hand to {@link remove}: 0 when it was passed over. */
  add(text: string): number
  remove(text: string, counted: number): void
  /** Passages that hold the pair, about. */
  frequency(first: number, second: number): number
  readonly bytes: number
  save(): SavedNumbers
  /** Takes over what was saved, in place of everything here. */
  load(saved: LoadedNumbers): void
}

/** A table in which every pair stands in no passage. */
export function createPairCounts(): PairCounts {
  let counts = new Int32Array(CELLS)
  const lastSeen = new Uint32Array(CELLS)
  let run = 0
  let added = 0

  const count = (text: string, step: number): void => {
    run += 1
    let previous = foldUnit(text.charCodeAt(0))
    for (let i = 1; i < text.length; i++) {
      const unit = foldUnit(text.charCodeAt(i))
      const cell = cellOf(previous, unit)
      previous = unit
      if (lastSeen[cell] === run) continue
      lastSeen[cell] = run
      counts[cell] = (counts[cell] ?? 0) + step
    }
  }

  return {
    add(text) {
      added += 1
      const step = added <= ALL_COUNTED ? 1 : added % SAMPLE === 0 ? SAMPLE : 0
      if (step > 0) count(text, step)
      return step
    },
    remove(text, counted) {
      if (counted > 0) count(text, -counted)
    },
    frequency: (first, second) => Math.max(0, counts[cellOf(first, second)] ?? 0),
    bytes: CELLS * 8,
    save: () => ({ pairCounts: [counts], pairsAdded: [Uint32Array.of(added)] }),
    load(saved) {
      counts = loadedArray(saved, 'pairCounts', Int32Array)
      added = loadedArray(saved, 'pairsAdded', Uint32Array)[0] ?? 0
    },
  }
}

/** Half width and lower case of one UTF-16 unit: the folding that keeps every character's place. */
export function foldUnit(unit: number): number {
  const half = unit >= 0xff01 && unit <= 0xff5e ? unit - 0xfee0 : unit
  return half >= 0x41 && half <= 0x5a ? half + 0x20 : half
}

function cellOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 12
}
