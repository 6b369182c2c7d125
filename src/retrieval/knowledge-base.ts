/**
 * The documents in force, ready to be searched: the index, kept in step with the store.
 *
 * Asked before each question, `refresh` compares one revision number; only what changed is loaded.
 * New versions come in before old ones go out, so a replaced document is never missing. Work is cut
 * into pieces of at most 15 ms (breathe.ts), so that messages go on being answered meanwhile.
 */
import { createBreather } from '../breathe.ts'
import type { KnowledgeChange, KnowledgeStore } from '../storage/knowledge-store.ts'
import { beginWith, type FollowedIndex, type IndexKeeper } from './kept-index.ts'
import type { SearchIndex } from './search-index.ts'

/** Versions read from the store at a time. */
const BATCH = 32
/** Index entries looked at in one piece of tidying: some 3 ms, 12 in the first. */
const TIDY_ENTRIES = 100_000
/** Words learned in one piece: about 5 ms. */
const WORDS_LEARNED = 1_000
/** Fewer passages are read from the store in about a second, 500 changed versions in a tenth of one. */
const KEEPING: Keeping = { fromPassages: 50_000, afterChanges: 500 }

export interface KnowledgeBase {
  readonly index: SearchIndex
  /** The revision the index stands at; 0 before the first load. */
  readonly revision: number
  /**
   * Follows the store. Calls that overlap share one run.
   *
   * @throws what the store throws, but only while nothing was ever loaded: later the last state goes
   * on serving and `onStale` is told.
   */
  refresh(): Promise<void>
  /** Resolves when new words are learned and what removed versions left in memory is swept out. */
  tidied(): Promise<void>
}

export type KnowledgeSource = Pick<KnowledgeStore, 'revision' | 'changesSince' | 'contents'>

interface Keeping {
  readonly fromPassages: number
  readonly afterChanges: number
}

export interface FollowingOptions {
  /** Told when the store fails and the last state goes on serving. */
  readonly onStale?: (cause: unknown) => void
  /** Called behind the questions after each change until it returns true: up to `most` words a call. */
  readonly learn?: (most: number) => boolean
  /** Where a large index outlives the process. */
  readonly keeper?: IndexKeeper
  /** From how many passages it is large, and after how many changes it is kept again. */
  readonly keeping?: Keeping
  /** Ends the work behind the questions. */
  readonly signal?: AbortSignal
}

/** A knowledge base that has loaded nothing yet. */
export function createKnowledgeBase(
  store: KnowledgeSource,
  index: SearchIndex,
  options: FollowingOptions = {},
): KnowledgeBase {
  const { onStale = () => {}, learn = () => true, keeper, keeping = KEEPING, signal } = options
  let revision = 0
  let loaded = false
  /** At which revision each version was read. */
  const revisions = new Map<string, number>()
  let changesSinceKept = 0
  let running: Promise<void> | undefined
  /** Questions need not wait for it: what was removed is passed over anyway. */
  let tidying = Promise.resolve()

  const follow = async (): Promise<void> => {
    if (loaded && (await store.revision()) === revision) return
    const standing = await store.changesSince(revision)
    const state = { index, revisions, breathe: createBreather() }
    const changes = loaded ? standing.changes : await beginWith(standing, keeper, state)
    await apply(changes, store, state)
    changesSinceKept += worthOf(changes, loaded)
    revision = standing.revision
    loaded = true
    tidying = tidying.then(() => tidyUp(index, learn, signal)).then(keepIfWorth)
  }

  /** What was withdrawn while nobody followed leaves the file with the next start. */
  const worthOf = (changes: readonly KnowledgeChange[], wasLoaded: boolean): number =>
    !wasLoaded && changes.some(({ inForce }) => !inForce) ? keeping.afterChanges : changes.length

  const keepIfWorth = async (): Promise<void> => {
    const { fromPassages, afterChanges } = keeping
    if (index.passageCount < fromPassages || changesSinceKept < afterChanges) return
    const saved = signal?.aborted === true ? undefined : index.save()
    if (keeper === undefined || saved === undefined) return
    const { changes } = index
    const kept = changesSinceKept
    const isCurrent = () => index.changes === changes && signal?.aborted !== true
    if (await keeper.keep({ ...saved, revisions }, isCurrent)) changesSinceKept -= kept
  }

  const followOrServe = async (): Promise<void> => {
    try {
      await follow()
    } catch (cause) {
      if (!loaded) throw cause
      onStale(cause)
    }
  }

  return {
    index,
    get revision() {
      return revision
    },
    tidied: () => tidying,
    refresh() {
      running ??= followOrServe().finally(() => {
        running = undefined
      })
      return running
    },
  }
}

async function apply(
  changes: readonly KnowledgeChange[],
  store: KnowledgeSource,
  { index, revisions, breathe }: FollowedIndex,
): Promise<void> {
  const coming = changes.filter(({ inForce }) => inForce)
  const revisionOf = new Map(coming.map(({ versionId, revision }) => [versionId, revision]))
  for (let i = 0; i < coming.length; i += BATCH) {
    const batch = coming.slice(i, i + BATCH)
    const versions = await store.contents(batch.map(({ versionId }) => versionId))
    for (const version of versions) {
      for (const _ of index.adding(version)) await breathe()
      revisions.set(version.versionId, revisionOf.get(version.versionId) ?? 0)
      await breathe()
    }
  }
  for (const { versionId, inForce } of changes) {
    if (!inForce) {
      index.remove(versionId)
      revisions.delete(versionId)
    }
    await breathe()
  }
}

async function tidyUp(
  index: SearchIndex,
  learn: (most: number) => boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const breathe = createBreather()
  await breathe()
  while (signal?.aborted !== true && !index.tidy(TIDY_ENTRIES)) await breathe()
  while (signal?.aborted !== true && !learn(WORDS_LEARNED)) await breathe()
}
