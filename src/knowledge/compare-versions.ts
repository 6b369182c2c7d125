/**
 * What changed from one version to the next, in the terms of the text: passages, list items,
 * figures. For the admin who publishes, and for the cadres whose tasks rest on a sentence.
 */
import type { DocumentReading } from '../domain/document.ts'
import type { Fact } from '../domain/fact.ts'
import type { ListItem, ListOfItems } from '../domain/list.ts'
import type { Passage } from '../domain/passage.ts'
import { similarityOf } from './fingerprint.ts'

/** Something that was, is, or is otherwise now. */
export type Difference<T> =
  | { readonly kind: 'added'; readonly after: T }
  | { readonly kind: 'removed'; readonly before: T }
  | { readonly kind: 'changed'; readonly before: T; readonly after: T }

/** A passage without the words it is found by. */
type PassageWording = Omit<Passage, 'tokens'>

export interface VersionComparison {
  readonly passages: readonly Difference<PassageWording>[]
  readonly listItems: readonly Difference<ListItem>[]
  readonly facts: readonly Difference<Fact>[]
}

type Compared = Pick<DocumentReading, 'lists' | 'facts'> & {
  readonly passages: readonly PassageWording[]
}

/** A passage that kept this share of its wording was changed; below it, one went and another came. */
const SAME_PASSAGE = 0.4

/** The differences in reading order; three empty arrays when nothing was changed. */
export function compareVersions(before: Compared, after: Compared): VersionComparison {
  return {
    passages: comparePassages(before.passages, after.passages),
    listItems: compareKeyed(itemsByKey(before.lists), itemsByKey(after.lists), sameItem),
    facts: compareKeyed(factsByKey(before.facts), factsByKey(after.facts), sameFigure),
  }
}

function comparePassages(
  before: readonly PassageWording[],
  after: readonly PassageWording[],
): Difference<PassageWording>[] {
  const differences: Difference<PassageWording>[] = []
  for (const [removed, added] of gaps(before, after, (a, b) => a.text === b.text)) {
    differences.push(...pairUp(removed, added))
  }
  return differences
}

/** Within one gap: the best-fitting later passage of each earlier one, in order. */
function pairUp(
  removed: readonly PassageWording[],
  added: readonly PassageWording[],
): Difference<PassageWording>[] {
  const differences: Difference<PassageWording>[] = []
  let next = 0
  for (const before of removed) {
    const match = added.findIndex(
      (after, index) => index >= next && similarityOf(before.text, after.text) >= SAME_PASSAGE,
    )
    if (match < 0) {
      differences.push({ kind: 'removed', before })
      continue
    }
    const after = added[match]
    differences.push(...added.slice(next, match).map((passage) => asAdded(passage)))
    if (after) differences.push({ kind: 'changed', before, after })
    next = match + 1
  }
  return [...differences, ...added.slice(next).map((passage) => asAdded(passage))]
}

const asAdded = <T>(after: T): Difference<T> => ({ kind: 'added', after })

/** Runs of items between the longest common subsequence of two sequences. */
function gaps<T>(
  before: readonly T[],
  after: readonly T[],
  same: (a: T, b: T) => boolean,
): (readonly [removed: readonly T[], added: readonly T[]])[] {
  const matches = commonSubsequence(before, after, same)
  const result: (readonly [readonly T[], readonly T[]])[] = []
  let [fromBefore, fromAfter] = [0, 0]
  for (const [i, j] of [...matches, [before.length, after.length] as const]) {
    if (i > fromBefore || j > fromAfter) {
      result.push([before.slice(fromBefore, i), after.slice(fromAfter, j)])
    }
    fromBefore = i + 1
    fromAfter = j + 1
  }
  return result
}

/** Index pairs of a longest common subsequence: the table of lengths, walked from the start. */
function commonSubsequence<T>(
  before: readonly T[],
  after: readonly T[],
  same: (a: T, b: T) => boolean,
): (readonly [number, number])[] {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  const equal = (i: number, j: number) => same(before[i] as T, after[j] as T)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] = equal(i, j)
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (equal(i, j)) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}

/** Differences of things that have a name: what is under one name on both sides is compared by `same`. */
function compareKeyed<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  same: (a: T, b: T) => boolean,
): Difference<T>[] {
  const differences: Difference<T>[] = []
  for (const [key, earlier] of before) {
    const later = after.get(key)
    if (later === undefined) differences.push({ kind: 'removed', before: earlier })
    else if (!same(earlier, later)) {
      differences.push({ kind: 'changed', before: earlier, after: later })
    }
  }
  for (const [key, later] of after) if (!before.has(key)) differences.push(asAdded(later))
  return differences
}

const sameItem = (a: ListItem, b: ListItem) => a.text === b.text
const sameFigure = (a: Fact, b: Fact) => a.value === b.value && a.bound === b.bound

function itemsByKey(lists: readonly ListOfItems[]): Map<string, ListItem> {
  const entries = lists.flatMap((list, index) =>
    list.items.map((item) => [`${list.title || `#${index}`}/${item.ordinal}`, item] as const),
  )
  return numbered(entries)
}

function factsByKey(facts: readonly Fact[]): Map<string, Fact> {
  return numbered(
    facts.map((fact) => [`${fact.subject}/${fact.unit}/${fact.year ?? ''}`, fact] as const),
  )
}

/** One name may stand several times: the second is another thing than the first. */
function numbered<T>(entries: readonly (readonly [string, T])[]): Map<string, T> {
  const result = new Map<string, T>()
  for (const [key, value] of entries) {
    let unique = key
    for (let copy = 2; result.has(unique); copy++) unique = `${key}#${copy}`
    result.set(unique, value)
  }
  return result
}
