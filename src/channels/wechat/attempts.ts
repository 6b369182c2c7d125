/**
 * How far the sending of a delivery got: what was shown for certain, and whether the next part may have
 * been. Kept with the cached values, so that a process that starts after a crash knows.
 */
import type { KeptValues } from './remember-choices.ts'

/** A day: longer than the outbox tries. */
const KEPT_MS = 24 * 60 * 60 * 1000

interface Progress {
  /** Parts that were shown for certain. */
  readonly shown: number
  /** The part after those went out, and nobody said what became of it. */
  readonly mayBeShown: boolean
}

export interface Attempt extends Progress {
  /** Part `index` goes out now. */
  begin(index: number): Promise<void>
  /** It was refused: nobody saw it. */
  undo(index: number): Promise<void>
  end(index: number): Promise<void>
}

/**
 * Takes up what earlier attempts came to. Other words than before (`digest`) begin anew, and own up to
 * being a repeat when anything of the old may have been shown.
 */
export async function openAttempt(
  deliveryId: string,
  digest: string,
  values: KeptValues,
): Promise<Attempt> {
  const key = `attempt/${deliveryId}`
  const keep = async (progress: Progress) => {
    await values.set(key, JSON.stringify({ ...progress, digest }), KEPT_MS)
  }
  const before = readProgress(await values.get(key))
  const isSame = before === undefined || before.digest === digest
  const begun = before !== undefined && (before.shown > 0 || before.mayBeShown)
  return {
    shown: isSame ? (before?.shown ?? 0) : 0,
    mayBeShown: isSame ? (before?.mayBeShown ?? false) : begun,
    begin: (index) => keep({ shown: index, mayBeShown: true }),
    undo: (index) => keep({ shown: index, mayBeShown: false }),
    end: (index) => keep({ shown: index + 1, mayBeShown: false }),
  }
}

/** What lies in a cache may be of an older version: anything unexpected counts as a part that went out. */
function readProgress(value: unknown): (Progress & { readonly digest?: string }) | undefined {
  if (value === undefined || value === null) return undefined
  const kept: unknown = typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) : {}
  return { shown: 0, mayBeShown: true, ...(typeof kept === 'object' ? kept : {}) }
}
