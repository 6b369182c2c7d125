/**
 * The documents in force, ready to be searched: the index, kept in step with the store.
 *
 * Asked before each question, `refresh` compares one revision number; only what changed is loaded.
 * New versions come in before old ones go out, so a replaced document is never missing. Work is cut
 * into pieces of at most 15 ms (breathe.ts), so that messages go on being answered meanwhile.
 */
import { createBreather } from '../breathe.ts'
import type { KnowledgeChange, KnowledgeStore } from '../storage/knowledge-store.ts'
import type { SearchIndex } from './search-index.ts'

/** Versions read from the store at a time. */
const BATCH = 16
/** Index entries looked at in one piece of tidying: about 5 ms. */
const TIDY_ENTRIES = 500_000
/** Words learned in one piece: about 5 ms. */
const WORDS_LEARNED = 1_000

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

export interface FollowingOptions {
  /** Told when the store fails and the last state goes on serving. */
  readonly onStale?: (cause: unknown) => void
  /** Called behind the questions after each change until it returns true: up to `most` words a call. */
  readonly learn?: (most: number) => boolean
  /** Ends the work behind the questions. */
  readonly signal?: AbortSignal
}

/** A knowledge base that has loaded nothing yet. */
export function createKnowledgeBase(
  store: KnowledgeSource,
  index: SearchIndex,
  { onStale = () => {}, learn = () => true, signal }: FollowingOptions = {},
): KnowledgeBase {
  let revision = 0
  let loaded = false
  let running: Promise<void> | undefined
  /** Questions need not wait for it: what was removed is passed over anyway. */
  let tidying = Promise.resolve()

  const follow = async (): Promise<void> => {
    if (loaded && (await store.revision()) === revision) return
    const { revision: next, changes } = await store.changesSince(revision)
    await apply(changes, store, index)
    revision = next
    loaded = true
    tidying = tidying.then(() => tidyUp(index, learn, signal))
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
  index: SearchIndex,
): Promise<void> {
  const breathe = createBreather()
  const coming = changes.filter(({ inForce }) => inForce)
  for (let i = 0; i < coming.length; i += BATCH) {
    const batch = coming.slice(i, i + BATCH)
    const versions = await store.contents(batch.map(({ versionId }) => versionId))
    for (const version of versions) {
      for (const _ of index.adding(version)) await breathe()
      await breathe()
    }
  }
  for (const { versionId, inForce } of changes) {
    if (!inForce) index.remove(versionId)
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
