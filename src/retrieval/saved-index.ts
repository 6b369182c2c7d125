/**
 * What an index gives away to be kept in a file, and takes back: its numbers as they lie in memory,
 * by name, and its documents. Nothing here is ever the truth: it is derived from the store, and only
 * saves deriving it again.
 */
import type { IndexedDocument } from './search-index.ts'

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array

/** Arrays by name, each in pieces that follow one another; they go on changing with the index. */
export type SavedNumbers = Readonly<Record<string, readonly Numbers[]>>

/** The same, as bytes that nobody else holds. */
export type LoadedNumbers = Readonly<Record<string, Uint8Array<ArrayBuffer>>>

export interface HeldDocument {
  readonly document: IndexedDocument
  /** Where each of its passages lies in the index. */
  readonly slots: readonly number[]
}

export interface SavedIndex {
  readonly numbers: SavedNumbers
  readonly documents: Iterable<HeldDocument>
}

export interface LoadedIndex {
  readonly numbers: LoadedNumbers
  readonly documents: Iterable<HeldDocument>
}

interface ArrayType<T> {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBuffer, offset: number, length: number): T
}

/** One array of what was loaded, without copying. @throws {RangeError} when it is missing or cut off */
export function loadedArray<T>(loaded: LoadedNumbers, name: string, Type: ArrayType<T>): T {
  const bytes = loaded[name]
  if (bytes === undefined) throw new RangeError(`a saved index without ${name}`)
  return new Type(bytes.buffer, bytes.byteOffset, bytes.byteLength / Type.BYTES_PER_ELEMENT)
}
