/**
 * Gives every word a number, in order of first appearance. Words are looked up where they stand in a
 * longer text, without making strings of them: a start of the program looks up 15 million, of which
 * one in hundreds is new (a Map of strings took a third of the whole start, measured).
 *
 * An open-addressed table of numbers over one run of UTF-16 units; nothing is ever removed.
 */

import { type LoadedNumbers, loadedArray, type SavedNumbers } from './saved-index.ts'

export interface WordNumbers {
  /** The number of the word at [from, to) of the text, given out when it is new. */
  intern(text: string, from: number, to: number): number
  /** undefined for a word that was never interned. */
  find(word: string): number | undefined
  /** The word of a number given out before. */
  word(number: number): string
  readonly size: number
  readonly bytes: number
  save(): SavedNumbers
  /** Takes over what was saved, in place of everything here. */
  load(saved: LoadedNumbers): void
}

/** The table is at most this full. */
const FULLEST = 0.5
const NONE = -1

/** No words yet. */
export function createWordNumbers(): WordNumbers {
  let table = new Int32Array(2048).fill(NONE)
  let hashes = new Int32Array(1024)
  /** Where each word begins in `units`; the next one begins where it ends. */
  let starts = new Uint32Array(1025)
  let units = new Uint16Array(4096)
  let size = 0

  const isAt = (number: number, text: string, from: number, to: number): boolean => {
    const start = starts[number] ?? 0
    if ((starts[number + 1] ?? 0) - start !== to - from) return false
    for (let i = from; i < to; i++) {
      if (units[start + i - from] !== text.charCodeAt(i)) return false
    }
    return true
  }

  /** The cell where the word is, or where it would go. */
  const cellOf = (hash: number, text: string, from: number, to: number): number => {
    const mask = table.length - 1
    let cell = hash & mask
    for (;;) {
      const number = table[cell] ?? NONE
      if (number === NONE) return cell
      if (hashes[number] === hash && isAt(number, text, from, to)) return cell
      cell = (cell + 1) & mask
    }
  }

  const fillTable = (cells: number): void => {
    table = new Int32Array(cells).fill(NONE)
    const mask = table.length - 1
    for (let number = 0; number < size; number++) {
      let cell = (hashes[number] ?? 0) & mask
      while (table[cell] !== NONE) cell = (cell + 1) & mask
      table[cell] = number
    }
  }

  const append = (hash: number, text: string, from: number, to: number): void => {
    const start = starts[size] ?? 0
    const end = start + to - from
    if (end > units.length) units = widened(units, new Uint16Array(end * 2))
    if (size + 1 >= starts.length) {
      starts = widened(starts, new Uint32Array(size * 2 + 1024))
      hashes = widened(hashes, new Int32Array(size * 2 + 1024))
    }
    for (let i = from; i < to; i++) units[start + i - from] = text.charCodeAt(i)
    hashes[size] = hash
    size += 1
    starts[size] = end
    if (size > table.length * FULLEST) fillTable(table.length * 2)
  }

  return {
    intern(text, from, to) {
      const hash = hashOf(text, from, to)
      const cell = cellOf(hash, text, from, to)
      const known = table[cell] ?? NONE
      if (known !== NONE) return known
      const number = size
      table[cell] = number
      append(hash, text, from, to)
      return number
    },
    find(word) {
      const number = table[cellOf(hashOf(word, 0, word.length), word, 0, word.length)] ?? NONE
      return number === NONE ? undefined : number
    },
    word: (number) => String.fromCharCode(...units.subarray(starts[number], starts[number + 1])),
    get size() {
      return size
    },
    get bytes() {
      return table.byteLength + hashes.byteLength + starts.byteLength + units.byteLength
    },
    save: () => ({
      wordHashes: [hashes.subarray(0, size)],
      wordStarts: [starts.subarray(0, size + 1)],
      wordUnits: [units.subarray(0, starts[size])],
    }),
    load(saved) {
      hashes = loadedArray(saved, 'wordHashes', Int32Array)
      starts = loadedArray(saved, 'wordStarts', Uint32Array)
      units = loadedArray(saved, 'wordUnits', Uint16Array)
      size = hashes.length
      let cells = 2048
      while (size > cells * FULLEST) cells *= 2
      fillTable(cells)
    },
  }
}

/** FNV-1a over UTF-16 units, its high bits folded into the low ones that choose the cell. */
function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash ^ (hash >>> 15)
}

function widened<T extends Uint16Array | Uint32Array | Int32Array>(old: T, wider: T): T {
  wider.set(old)
  return wider
}
