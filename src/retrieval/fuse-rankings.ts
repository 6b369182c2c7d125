/**
 * Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009): joins rankings whose scores cannot be
 * compared, by places alone. An item gets weight / (60 + place) from each ranking that has it.
 */

/** The constant of the paper: how little the very first places count for more than the next. */
const SMOOTHING = 60

export interface Ranking<T> {
  /** Best first. */
  readonly items: readonly T[]
  readonly weight: number
}

export interface Fused<T> {
  readonly item: T
  /** 1 would be the first place in every ranking. */
  readonly score: number
}

/** Items of all rankings, best first; equal keys are one item, as the first ranking has it. */
export function fuseRankings<T>(
  rankings: readonly Ranking<T>[],
  keyOf: (item: T) => string,
): Fused<T>[] {
  const most = rankings.reduce((sum, { weight }) => sum + weight / (SMOOTHING + 1), 0)
  const fused = new Map<string, { item: T; score: number }>()
  for (const { items, weight } of rankings) {
    for (const [place, item] of items.entries()) {
      const gain = weight / (SMOOTHING + place + 1) / most
      const known = fused.get(keyOf(item))
      if (known === undefined) fused.set(keyOf(item), { item, score: gain })
      else known.score += gain
    }
  }
  return [...fused.values()].sort((a, b) => b.score - a.score)
}
