/**
 * The best passages by score times standing. Filters and priors are asked in bands of falling score,
 * and no further than a passage may still enter the best: asking is what costs, not scoring.
 */
import type { PassageSlots } from './passage-slots.ts'
import type { Candidate } from './rank-passages.ts'
import type { IndexedDocument, SearchRequest } from './search-index.ts'

/** The first band holds about this many times the passages wanted, each next four times more. */
const FIRST_BAND = 2
const NEXT_BAND = 4
/** Scores are told apart this finely to cut bands. */
const BINS = 256

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
  for (const band of cutBands(touched, slots.scores, wanted * FIRST_BAND)) {
    const last = best[wanted - 1]
    if (last !== undefined && band.below <= last.score * last.prior) break
    const found = candidatesIn(band, touched, standing, slots)
    best = [...best, ...found].sort(byStanding).slice(0, wanted)
  }
  return best
}

/** Scores from `from` on and below `below`. */
interface Band {
  readonly from: number
  readonly below: number
}

function candidatesIn(
  { from, below }: Band,
  touched: Uint32Array,
  standing: (document: IndexedDocument) => number,
  { scores, found, owner }: Pick<PassageSlots, 'scores' | 'found' | 'owner'>,
): Candidate[] {
  const candidates: Candidate[] = []
  for (const slot of touched) {
    const score = scores[slot] ?? 0
    if (score < from || score >= below) continue
    const document = owner(slot)
    const prior = document === undefined ? 0 : standing(document)
    if (document === undefined || prior === 0) continue
    candidates.push({ slot, document, score, prior, found: found[slot] ?? 0 })
  }
  return candidates
}

/** Ranges of scores, highest first, that leave no score out. */
function cutBands(touched: Uint32Array, scores: Float32Array, size: number): Band[] {
  let highest = 0
  for (const slot of touched) highest = Math.max(highest, scores[slot] ?? 0)
  if (highest === 0) return []
  const perScore = BINS / highest
  const counts = new Uint32Array(BINS + 1)
  for (const slot of touched) {
    const bin = Math.floor((scores[slot] ?? 0) * perScore)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const bands: Band[] = []
  let below = Number.POSITIVE_INFINITY
  let held = 0
  let most = size
  for (let bin = BINS; bin > 0; bin--) {
    held += counts[bin] ?? 0
    if (held < most) continue
    bands.push({ from: bin / perScore, below })
    below = bin / perScore
    held = 0
    most *= NEXT_BAND
  }
  return [...bands, { from: 0, below }]
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
