/**
 * In how many passages each pair of neighbouring characters stands, so that a pair is worth as much
 * as it is rare. Counted in a fixed table by hash: 8 MB however many texts there are; two rare pairs
 * that share a cell look a little commoner than they are, which was not measurable.
 */
import { type LoadedNumbers, loadedArray, type SavedNumbers } from './saved-index.ts'

const CELLS = 1 << 20

export interface PairCounts {
  /** Counts the pairs of one passage, each once. */
  add(text: string): void
  /** Takes back what {@link add} counted of the same text. */
  remove(text: string): void
  /** Passages that hold the pair; a few too many at most. */
  frequency(first: number, second: number): number
  readonly bytes: number
  save(): SavedNumbers
  /** Takes over what was saved, in place of everything here. */
  load(saved: LoadedNumbers): void
}

/** A table in which every pair stands in no passage. */
export function createPairCounts(): PairCounts {
  /** Two numbers a cell, so that they are fetched together: passages, and the last run that saw it. */
  let table = new Int32Array(CELLS * 2)
  let run = 0

  const count = (text: string, step: number): void => {
    run = (run + 1) | 0
    let previous = foldUnit(text.charCodeAt(0))
    for (let i = 1; i < text.length; i++) {
      const unit = foldUnit(text.charCodeAt(i))
      const cell = cellOf(previous, unit)
      previous = unit
      if (table[cell + 1] === run) continue
      table[cell + 1] = run
      table[cell] = (table[cell] ?? 0) + step
    }
  }

  return {
    add: (text) => count(text, 1),
    remove: (text) => count(text, -1),
    frequency: (first, second) => table[cellOf(first, second)] ?? 0,
    bytes: CELLS * 8,
    save: () => ({ pairs: [table], pairsRun: [Int32Array.of(run)] }),
    load(saved) {
      table = loadedArray(saved, 'pairs', Int32Array)
      run = loadedArray(saved, 'pairsRun', Int32Array)[0] ?? 0
    },
  }
}

/** Half width and lower case of one UTF-16 unit: the folding that keeps every character's place. */
export function foldUnit(unit: number): number {
  const half = unit >= 0xff01 && unit <= 0xff5e ? unit - 0xfee0 : unit
  return half >= 0x41 && half <= 0x5a ? half + 0x20 : half
}

function cellOf(first: number, second: number): number {
  return ((Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 12) << 1
}
