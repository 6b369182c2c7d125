/**
 * The numbered places of passages in the index: whose passage lies there, how long it is, and room
 * for one score and one set of bits a place while a search runs.
 */
import { MOST_PASSAGES } from './postings.ts'
import { type LoadedNumbers, loadedArray, type SavedNumbers } from './saved-index.ts'
import type { IndexedDocument, IndexedPassage } from './search-index.ts'

/** Words of a passage beyond this many do not make it count as longer. */
export const LONGEST_PASSAGE = 2047

export interface PassageSlots {
  take(document: IndexedDocument, place: number, length: number): number
  /** The passage is gone at once; its number is given out again after {@link reuseDead}. */
  release(slot: number): void
  /** To be called when no posting of a dead slot is left. */
  reuseDead(): void
  isDead(slot: number): boolean
  owner(slot: number): IndexedDocument | undefined
  passage(slot: number): IndexedPassage | undefined
  /** Words in each passage, at most {@link LONGEST_PASSAGE}. */
  readonly lengths: Uint16Array
  /** All 0 between searches. */
  readonly scores: Float32Array
  /** Which of the question's words a passage has, one bit a word; all 0 between searches. */
  readonly found: Uint32Array
  /** Slots with a score in the running search, in order of discovery. */
  readonly touched: Uint32Array
  /** 1 for the slots that are looked at; all 0 between searches. */
  readonly marks: Uint8Array
  readonly meanLength: number
  readonly live: number
  readonly dead: number
  readonly bytes: number
  /** Without owners: a document says where its passages lie. */
  save(): SavedNumbers
  /** Room as it was saved, all of it free until {@link own} has been called for each passage. */
  load(saved: LoadedNumbers): void
  own(document: IndexedDocument, taken: readonly number[]): void
  /** Gives out what nobody owns. */
  loaded(): void
}

/** Places for passages, none taken. */
export function createPassageSlots(): PassageSlots {
  const owners: (IndexedDocument | undefined)[] = []
  let room = roomFor(1024)
  const free: number[] = []
  let dying: number[] = []
  let live = 0
  let words = 0

  return {
    take(document, place, length) {
      const slot = free.pop() ?? owners.length
      if (slot >= MOST_PASSAGES) throw new RangeError('the index holds 16,777,216 passages at most')
      if (slot >= room.lengths.length) room = roomFor(slot * 2, room)
      owners[slot] = document
      room.places[slot] = place
      room.lengths[slot] = Math.min(LONGEST_PASSAGE, length)
      live += 1
      words += room.lengths[slot] ?? 0
      return slot
    },
    release(slot) {
      owners[slot] = undefined
      live -= 1
      words -= room.lengths[slot] ?? 0
      dying.push(slot)
    },
    reuseDead() {
      for (const slot of dying) free.push(slot)
      dying = []
    },
    isDead: (slot) => owners[slot] === undefined,
    owner: (slot) => owners[slot],
    passage: (slot) => owners[slot]?.passages[room.places[slot] ?? 0],
    get lengths() {
      return room.lengths
    },
    get scores() {
      return room.scores
    },
    get found() {
      return room.found
    },
    get touched() {
      return room.touched
    },
    get marks() {
      return room.marks
    },
    get meanLength() {
      return live === 0 ? 1 : Math.max(1, words / live)
    },
    get live() {
      return live
    },
    get dead() {
      return dying.length
    },
    get bytes() {
      return owners.length * 8 + room.lengths.length * 16
    },
    save() {
      return { lengths: [room.lengths.subarray(0, owners.length)] }
    },
    load(saved) {
      const lengths = loadedArray(saved, 'lengths', Uint16Array)
      room = roomFor(lengths.length + 1024, { places: new Uint16Array(), lengths })
      owners.length = lengths.length
    },
    own(document, taken) {
      for (const [place, slot] of taken.entries()) {
        if (slot >= owners.length || owners[slot] !== undefined) {
          throw new RangeError(`a saved index gives slot ${slot} to two passages`)
        }
        owners[slot] = document
        room.places[slot] = place
        live += 1
        words += room.lengths[slot] ?? 0
      }
    },
    loaded() {
      for (let slot = 0; slot < owners.length; slot++) {
        if (owners[slot] === undefined) free.push(slot)
      }
    },
  }
}

function roomFor(length: number, old?: { places: Uint16Array; lengths: Uint16Array }) {
  const places = new Uint16Array(length)
  const lengths = new Uint16Array(length)
  if (old !== undefined) {
    places.set(old.places)
    lengths.set(old.lengths)
  }
  return {
    places,
    lengths,
    scores: new Float32Array(length),
    found: new Uint32Array(length),
    touched: new Uint32Array(length),
    marks: new Uint8Array(length),
  }
}
