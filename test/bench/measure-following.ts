/** How the knowledge base keeps up with the store: loading everything, one document in, one out. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type Passage, WORD_SEPARATOR } from '../../src/domain/passage.ts'
import { createKnowledgeBase, type KnowledgeSource } from '../../src/retrieval/knowledge-base.ts'
import { createSearchIndex } from '../../src/retrieval/search-index.ts'
import type { VersionContent } from '../../src/storage/knowledge-store.ts'
import type { Tokenizer } from '../../src/text/tokenize.ts'
import type { BenchCorpus, CutDocument } from './corpus.ts'

export async function measureFollowing(corpus: BenchCorpus, tokenizer: Tokenizer): Promise<void> {
  const versions = new Map(
    corpus.documents.map((document) => [document.versionId, asStored(document)]),
  )
  const changes = corpus.documents.map(({ versionId }, i) => ({
    versionId,
    inForce: true,
    revision: i + 1,
  }))
  const push = (versionId: string, inForce: boolean) => {
    changes.push({ versionId, inForce, revision: changes.length + 1 })
  }
  const source: KnowledgeSource = {
    revision: async () => changes.length,
    changesSince: async (revision) => ({
      revision: changes.length,
      changes: changes.slice(revision),
    }),
    contents: async (versionIds) =>
      versionIds.flatMap((versionId) => versions.get(versionId) ?? []),
  }
  const base = createKnowledgeBase(source, createSearchIndex(tokenizer))
  const rows: Record<string, string>[] = []
  const step = async (name: string, change: () => void) => {
    change()
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const start = performance.now()
    const before = process.cpuUsage()
    await base.refresh()
    const { user, system } = process.cpuUsage(before)
    const took = performance.now() - start
    await new Promise((resolve) => setTimeout(resolve, 5))
    delay.disable()
    rows.push({
      what: name,
      'took ms': took.toFixed(1),
      'CPU ms': ((user + system) / 1000).toFixed(1),
      'longest block ms': (delay.max / 1e6).toFixed(1),
    })
  }
  const some = corpus.documents[0]?.versionId ?? ''
  await step(`load ${corpus.passageCount} passages from stored words`, () => {})
  await step('nothing changed', () => {})
  await step('withdraw a document', () => push(some, false))
  await step('publish a document', () => push(some, true))
  console.table(rows)
}

/** What the store hands out of a version; the columns that the index does not read are left out. */
function asStored({ passages, ...document }: CutDocument): VersionContent {
  const stored = passages.map(({ tokens, ...rest }: Passage) => {
    return { ...rest, words: tokens.join(WORD_SEPARATOR) }
  })
  return { ...document, passages: stored } as unknown as VersionContent
}
