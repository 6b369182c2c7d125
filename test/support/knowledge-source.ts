/** A store of which the test sets what is in force, with revisions as the real one gives them. */
import type { KnowledgeSource } from '../../src/retrieval/knowledge-base.ts'
import type { IndexableDocument } from '../../src/retrieval/search-index.ts'
import type { VersionContent } from '../../src/storage/knowledge-store.ts'

export interface FakeSource {
  readonly source: KnowledgeSource
  publish(document: IndexableDocument): void
  withdraw(versionId: string): void
  /** From now on every call fails, or no longer. */
  fail(now: boolean): void
  /** How many versions were read. */
  reads(): number
}

export function knowledgeSource(): FakeSource {
  const versions = new Map<string, IndexableDocument>()
  const changed = new Map<string, { readonly inForce: boolean; readonly revision: number }>()
  let revision = 0
  let failing = false
  let reads = 0
  const change = (versionId: string, inForce: boolean) => {
    revision += 1
    changed.delete(versionId)
    changed.set(versionId, { inForce, revision })
  }
  return {
    source: {
      revision: () => (failing ? Promise.reject(new Error('down')) : Promise.resolve(revision)),
      changesSince: async (since) => {
        if (failing) throw new Error('down')
        const changes = [...changed]
          .map(([versionId, state]) => ({ versionId, ...state }))
          .filter((one) => one.revision > since && (since > 0 || one.inForce))
        return { revision, changes }
      },
      contents: async (versionIds) => {
        reads += versionIds.length
        return versionIds.flatMap((versionId) => (versions.get(versionId) as VersionContent) ?? [])
      },
    },
    publish(document) {
      versions.set(document.versionId, document)
      change(document.versionId, true)
    },
    withdraw: (versionId) => change(versionId, false),
    fail: (now) => {
      failing = now
    },
    reads: () => reads,
  }
}
