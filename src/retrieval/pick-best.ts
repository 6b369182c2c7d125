/**
 * The best passages by score times standing. Filters and priors are asked in layers of falling score,
 * and no further than a passage may still enter the best: asking is what costs, not scoring.
 */
import type { PassageSlots } from './passage-slots.ts'
import { MOST_PASSAGES } from './postings.ts'
import type { Candidate } from './rank-passages.ts'
import type { IndexedDocument, SearchRequest } from './search-index.ts'

/** So many layers are put in order at first: asking seldom goes further. */
const TOP_LAYERS = 3
/** From layer to layer this many times as many. */
const MORE = 4
/** So many scores tell where a share of all of them begins, to about a seventh of a share of an eighth. */
const SAMPLE = 256

/** 0 for a document that the asker may not see, else its prior, 1 at most. `slot` is of its passage. */
export type Standing = (document: IndexedDocument, slot: number) => number

type Slots = Pick<PassageSlots, 'scores' | 'found' | 'owner'>

/** The best `wanted` of the touched slots, best first; equal ones in order of their slots. */
export function pickBest(
  touched: Uint32Array,
  wanted: number,
  standing: Standing,
  slots: Slots,
): Candidate[] {
  let best: Candidate[] = []
  for (const layer of layersOf(touched, slots.scores, wanted)) {
    const last = best[wanted - 1]
    /** No passage with a lower score can enter any more: nobody stands higher than 1. */
    const least = last === undefined ? 0 : last.score * last.prior
    const reaching = least === 0 ? layer : reachingOf(layer, least, slots.scores)
    if (reaching.length === 0) break
    const more = candidatesOf(reaching, standing, slots)
    if (more.length > 0) best = [...best, ...more].sort(byStanding).slice(0, wanted)
  }
  return best
}

/** Asked once for passages of a document that come one after the other, as nearly all do. */
export function standingOf({ accepts, prior }: Pick<SearchRequest, 'accepts' | 'prior'>): Standing {
  if (accepts === undefined && prior === undefined) return () => 1
  let last: IndexedDocument | undefined
  let standing = 0
  return (document) => {
    if (document === last) return standing
    last = document
    const accepted = accepts === undefined || accepts(document)
    standing = accepted ? Math.min(1, prior?.(document) ?? 1) : 0
    return standing
  }
}

function reachingOf(layer: Uint32Array, least: number, scores: Float32Array): Uint32Array {
  const reaching = new Uint32Array(layer.length)
  let count = 0
  for (let i = 0; i < layer.length; i++) {
    const slot = layer[i] ?? 0
    if ((scores[slot] ?? 0) >= least) reaching[count++] = slot
  }
  return reaching.subarray(0, count)
}

function candidatesOf(
  reaching: Uint32Array,
  standing: Standing,
  { scores, found, owner }: Slots,
): Candidate[] {
  const candidates: Candidate[] = []
  for (const slot of reaching) {
    const document = owner(slot)
    const prior = document === undefined ? 0 : standing(document, slot)
    if (document === undefined || prior === 0) continue
    candidates.push({ slot, document, score: scores[slot] ?? 0, prior, found: found[slot] ?? 0 })
  }
  return candidates
}

/** The slots in runs, each run's scores at most as high as those of the run before; the first of `size`. */
function* layersOf(
  touched: Uint32Array,
  scores: Float32Array,
  size: number,
): Generator<Uint32Array> {
  let [top, rest] = splitTop(touched, size * TOP_LAYERS, scores)
  const ordered = inOrder(top, scores)
  for (let from = 0; from < ordered.length; from += size) yield ordered.subarray(from, from + size)
  for (let width = size * TOP_LAYERS; rest.length > 0; ) {
    width *= MORE
    ;[top, rest] = splitTop(rest, width, scores)
    yield top
  }
}

/** The slots with about the `size` highest scores, and the others; all are high when few are left over. */
export function splitTop(touched: Uint32Array, size: number, scores: Float32Array) {
  if (touched.length <= Math.max(SAMPLE, 2 * size))
    return [touched, touched.subarray(0, 0)] as const
  const least = scoreAtRank(touched, size, scores)
  const split = new Uint32Array(touched.length)
  let high = 0
  let low = touched.length
  for (const slot of touched) {
    if ((scores[slot] ?? 0) >= least) split[high++] = slot
    else split[--low] = slot
  }
  return [split.subarray(0, high), split.subarray(low)] as const
}

/** About the score that `rank` of the slots reach. */
function scoreAtRank(touched: Uint32Array, rank: number, scores: Float32Array): number {
  const step = touched.length / SAMPLE
  const sample = new Float32Array(SAMPLE)
  for (let i = 0; i < SAMPLE; i++) sample[i] = scores[touched[Math.floor(i * step)] ?? 0] ?? 0
  sample.sort()
  return sample[SAMPLE - Math.ceil(rank / step)] ?? 0
}

/** Highest score first. Sorts numbers that begin with the bits of the score and end with the slot: 53 bits in all. */
function inOrder(slots: Uint32Array, scores: Float32Array): Uint32Array {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length)
  const keys = new Float64Array(slots.length)
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] ?? 0
    keys[i] = (HIGHEST - ((bits[slot] ?? 0) >>> 2)) * MOST_PASSAGES + slot
  }
  return Uint32Array.from(keys.sort(), (key) => key % MOST_PASSAGES)
}

/** No score above 0 has more than 29 bits after its last two are dropped. */
const HIGHEST = 2 ** 29 - 1

function byStanding(a: Candidate, b: Candidate): number {
  return b.score * b.prior - a.score * a.prior || a.slot - b.slot
}
