/**
 * The best passages by score times standing. Filters and priors are asked in layers of falling score,
 * and no further than a passage may still enter the best: asking is what costs, not scoring.
 */
import type { PassageSlots } from './passage-slots.ts'
import type { Candidate } from './rank-passages.ts'
import type { IndexedDocument, SearchRequest } from './search-index.ts'

/** Scores are told apart this finely to cut layers: at 150,000 passages a bin holds some dozens. */
const BINS = 2048
/** Only so many layers are put in order at first: asking seldom goes further. */
const TOP_LAYERS = 12

type Filters = Pick<SearchRequest, 'accepts' | 'prior'>

/** The best `wanted` of the touched slots, best first; equal ones in order of their slots. */
export function pickBest(
  touched: Uint32Array,
  wanted: number,
  filters: Filters,
  slots: Pick<PassageSlots, 'scores' | 'found' | 'owner'>,
): Candidate[] {
  const standing = standingOf(filters)
  let best: Candidate[] = []
  for (const layer of layersOf(touched, slots.scores, wanted)) {
    const last = best[wanted - 1]
    /** No passage with a lower score can enter any more: nobody stands higher than 1. */
    const least = last === undefined ? 0 : last.score * last.prior
    const reaching = layer.filter((slot) => (slots.scores[slot] ?? 0) >= least)
    if (reaching.length === 0) break
    best = [...best, ...candidatesOf(reaching, standing, slots)].sort(byStanding).slice(0, wanted)
  }
  return best
}

function candidatesOf(
  reaching: Uint32Array,
  standing: (document: IndexedDocument) => number,
  { scores, found, owner }: Pick<PassageSlots, 'scores' | 'found' | 'owner'>,
): Candidate[] {
  const candidates: Candidate[] = []
  for (const slot of reaching) {
    const document = owner(slot)
    const prior = document === undefined ? 0 : standing(document)
    if (document === undefined || prior === 0) continue
    candidates.push({ slot, document, score: scores[slot] ?? 0, prior, found: found[slot] ?? 0 })
  }
  return candidates
}

/** The slots in runs of about `size`, each run's scores at most as high as those of the run before. */
function* layersOf(
  touched: Uint32Array,
  scores: Float32Array,
  size: number,
): Generator<Uint32Array> {
  const [top, rest] = splitTop(touched, scores, size * TOP_LAYERS)
  yield* cutLayers(top, scores, size)
  yield* cutLayers(rest, scores, size)
}

/** The slots whose scores are among the `size` highest, or about so, and the others. */
function splitTop(touched: Uint32Array, scores: Float32Array, size: number) {
  const bins = binsOf(touched, scores)
  const starts = startsOf(bins)
  const lowest = starts.findIndex((start) => start >= size)
  if (lowest < 0) return [touched, touched.subarray(0, 0)] as const
  const split = new Uint32Array(touched.length)
  const middle = starts[lowest] ?? 0
  let high = 0
  let low = middle
  for (let i = 0; i < touched.length; i++) {
    if ((bins[i] ?? 0) < lowest) split[high++] = touched[i] ?? 0
    else split[low++] = touched[i] ?? 0
  }
  return [split.subarray(0, middle), split.subarray(middle)] as const
}

function* cutLayers(
  slots: Uint32Array,
  scores: Float32Array,
  size: number,
): Generator<Uint32Array> {
  const bins = binsOf(slots, scores)
  const starts = startsOf(bins)
  const next = starts.slice()
  const ordered = new Uint32Array(slots.length)
  for (let i = 0; i < slots.length; i++) {
    const bin = bins[i] ?? 0
    const place = next[bin] ?? 0
    ordered[place] = slots[i] ?? 0
    next[bin] = place + 1
  }
  let from = 0
  for (const start of starts) {
    if (start - from < size) continue
    yield ordered.subarray(from, start)
    from = start
  }
  yield ordered.subarray(from)
}

/** The bin of each slot's score: 0 for the highest scores, below {@link BINS}. */
function binsOf(slots: Uint32Array, scores: Float32Array): Uint16Array {
  let highest = 0
  for (const slot of slots) {
    const score = scores[slot] ?? 0
    if (score > highest) highest = score
  }
  const perScore = highest === 0 ? 0 : (BINS - 1) / highest
  const bins = new Uint16Array(slots.length)
  for (let i = 0; i < slots.length; i++) {
    bins[i] = BINS - 1 - Math.floor((scores[slots[i] ?? 0] ?? 0) * perScore)
  }
  return bins
}

/** Where each bin begins when slots are ordered by bin; one more for the end. */
function startsOf(bins: Uint16Array): Uint32Array {
  const starts = new Uint32Array(BINS + 1)
  for (const bin of bins) starts[bin + 1] = (starts[bin + 1] ?? 0) + 1
  for (let bin = 1; bin <= BINS; bin++) starts[bin] = (starts[bin] ?? 0) + (starts[bin - 1] ?? 0)
  return starts
}

function byStanding(a: Candidate, b: Candidate): number {
  return b.score * b.prior - a.score * a.prior || a.slot - b.slot
}

/** 0 for a document that the asker may not see, else its prior; asked once a document and search. */
function standingOf({ accepts, prior }: Filters): (document: IndexedDocument) => number {
  if (accepts === undefined && prior === undefined) return () => 1
  const known = new Map<IndexedDocument, number>()
  return (document) => {
    const before = known.get(document)
    if (before !== undefined) return before
    const accepted = accepts === undefined || accepts(document)
    const standing = accepted ? Math.min(1, prior?.(document) ?? 1) : 0
    known.set(document, standing)
    return standing
  }
}
