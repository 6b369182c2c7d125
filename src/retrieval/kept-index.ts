/**
 * An index that outlives the process, so that a start need not read every passage: what was kept is
 * taken over as far as it still stands, the rest comes from the store.
 *
 * What is in force is only ever the store's word. A version is taken over when the store has it in
 * force at the very revision it was kept at; everything else is read anew or removed. So a file of an
 * earlier state, of a restored or of a wholly different store leads to the same index, only later.
 */
import type { KnowledgeChange, KnowledgeStore } from '../storage/knowledge-store.ts'
import type { LoadedIndex, SavedIndex } from './saved-index.ts'
import type { SearchIndex } from './search-index.ts'

export interface Kept {
  /** At which revision each version was read. */
  readonly revisions: ReadonlyMap<string, number>
}

export interface IndexKeeper {
  /** What was kept last; undefined when there is nothing. @throws when it is not whole or not ours */
  open(): Promise<(LoadedIndex & Kept) | undefined>
  /** Keeps the index, unless it changes meanwhile (`isCurrent` says no) or it cannot; whether it did. */
  keep(index: SavedIndex & Kept, isCurrent: () => boolean): Promise<boolean>
  /** Told why what was kept is of no use: it is thrown away. */
  refuse(cause: unknown): Promise<void>
}

/** An index and what it was read from, while it follows the store. */
export interface FollowedIndex {
  readonly index: SearchIndex
  readonly revisions: Map<string, number>
  /** Lets others have their turn when it is time. */
  readonly breathe: () => Promise<void>
}

/** All that is in force. */
type Standing = Awaited<ReturnType<KnowledgeStore['changesSince']>>

/** Of what was kept, at least this share must still stand: else reading all anew is quicker. */
const LEAST_STANDING = 0.5

/** Fills an empty index from what was kept, if it can; returns what is left to be read or removed. */
export async function beginWith(
  standing: Standing,
  keeper: IndexKeeper | undefined,
  state: FollowedIndex,
): Promise<readonly KnowledgeChange[]> {
  if (keeper !== undefined && state.index.passageCount === 0) {
    try {
      await takeOver(await keeper.open(), standing, state)
    } catch (cause) {
      await keeper.refuse(cause)
    }
  }
  const left = standing.changes.filter((change) => !stands(change, state.revisions))
  return [...left, ...goneSince(state.index, standing)]
}

async function takeOver(
  kept: (LoadedIndex & Kept) | undefined,
  { changes, revision }: Standing,
  { index, revisions, breathe }: FollowedIndex,
): Promise<void> {
  if (kept === undefined) return
  const standing = changes.filter((change) => stands(change, kept.revisions))
  const newest = kept.revisions.values().reduce((most, one) => Math.max(most, one), 0)
  if (newest > revision || standing.length < kept.revisions.size * LEAST_STANDING) {
    throw new RangeError('what was kept is of another store, or of a later state of this one')
  }
  for (const _ of index.loading(kept)) await breathe()
  for (const change of standing) revisions.set(change.versionId, change.revision)
}

function stands({ versionId, revision }: KnowledgeChange, revisions: Kept['revisions']): boolean {
  return revisions.get(versionId) === revision
}

function goneSince(index: SearchIndex, { changes, revision }: Standing): KnowledgeChange[] {
  const standing = new Set(changes.map(({ versionId }) => versionId))
  return [...index.documents()]
    .filter(({ versionId }) => !standing.has(versionId))
    .map(({ versionId }) => ({ versionId, inForce: false, revision }))
}
