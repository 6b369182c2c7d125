/**
 * A draft in the index that no question finds: so that one can ask what would be answered if it were
 * in force, with the live index's own word counts, while everybody else is answered as before.
 */
import type { IndexableDocument, IndexedDocument, SearchIndex } from './search-index.ts'

export interface Stage {
  /** The index that everybody asks: staged documents are not in it. */
  readonly index: SearchIndex
  /** Takes a draft in, in steps for whoever must not block: run it to its end. */
  staging(draft: IndexableDocument): Iterable<void>
  /** The index with one staged draft in, and with some versions out. */
  seenWith(draftId: string, without: ReadonlySet<string>): SearchIndex
  /** Forgets a draft. */
  clear(draftId: string): void
}

/** @param base is only reached through the stage from here on. */
export function createStage(base: SearchIndex): Stage {
  const staged = new Set<string>()
  const isLive = ({ versionId }: IndexedDocument) => !staged.has(versionId)
  return {
    index: through(base, isLive, () => staged.size > 0),
    *staging(draft) {
      staged.add(draft.versionId)
      yield* base.adding(draft)
    },
    seenWith: (draftId, without) =>
      through(
        base,
        (document) =>
          document.versionId === draftId || (isLive(document) && !without.has(document.versionId)),
      ),
    clear(draftId) {
      base.remove(draftId)
      staged.delete(draftId)
    },
  }
}

/** The index with only the documents that pass; while nothing is hidden it costs nothing. */
function through(
  base: SearchIndex,
  passes: (document: IndexedDocument) => boolean,
  hides: () => boolean = () => true,
): SearchIndex {
  return {
    ...base,
    search: (request) => {
      if (!hides()) return base.search(request)
      // What is accepted here is accepted nowhere else: nothing of it may be remembered.
      const { standingKey: _, accepts: allows, ...rest } = request
      const accepts = (document: IndexedDocument) =>
        passes(document) && (allows?.(document) ?? true)
      return base.search({ ...rest, accepts })
    },
    *documents() {
      for (const document of base.documents()) if (passes(document)) yield document
    },
    document: (versionId) => {
      const found = base.document(versionId)
      return found && passes(found) ? found : undefined
    },
    get passageCount() {
      return base.passageCount
    },
    get bytes() {
      return base.bytes
    },
    get changes() {
      return base.changes
    },
  }
}
