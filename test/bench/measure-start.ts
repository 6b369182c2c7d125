/**
 * A cold start as the bot has it: a process of its own opens the store and loads everything in force,
 * from opening the database file to the first search. Processor time is told beside the clock's.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DocumentVersion } from '../../src/domain/document.ts'
import { createKnowledgeBase } from '../../src/retrieval/knowledge-base.ts'
import { createSearchIndex } from '../../src/retrieval/search-index.ts'
import { openDatabaseOf, openStore } from '../../src/storage/sql/open-store.ts'
import { storedContent, storedSummary } from '../../src/storage/sql/stored-version.ts'
import { createTokenizer } from '../../src/text/tokenize.ts'
import type { BenchCorpus, CutDocument } from './corpus.ts'

/** Documents in one statement. */
const BATCH = 200

const [, file, folder] = process.argv
if (file === import.meta.filename && folder !== undefined) await start(folder)

export async function measureStart({ documents }: BenchCorpus): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-start-'))
  await (await openStore({ dataDir })).close()
  await fill(dataDir, documents)
  const child = fork(import.meta.filename, [dataDir], { execArgv: ['--expose-gc'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`The starting process ended with ${code}.`)
  rmSync(dataDir, { recursive: true })
}

async function fill(dataDir: string, documents: readonly CutDocument[]): Promise<void> {
  const database = openDatabaseOf({ dataDir })
  for (let from = 0; from < documents.length; from += BATCH) {
    const versions = documents.slice(from, from + BATCH).map(asVersion)
    await database.transaction(async ({ db }) => {
      const summaries = versions.map((version, i) => storedSummary(version, from + i + 1))
      await db.insertInto('versions').values(summaries).execute()
      await db.insertInto('version_contents').values(versions.map(storedContent)).execute()
    })
  }
  await database.db.updateTable('knowledge_state').set({ revision: documents.length }).execute()
  await database.close()
}

function asVersion(document: CutDocument): DocumentVersion {
  return {
    ...document,
    version: 1,
    status: 'in-force',
    contentHash: document.versionId,
    createdAt: Temporal.Instant.from('2026-01-01T00:00:00Z'),
    originalText: '',
    offsets: [],
    cuts: [],
    warnings: [],
    proposals: [],
  } as unknown as DocumentVersion
}

async function start(dataDir: string): Promise<void> {
  const began = performance.now()
  const tokenizer = createTokenizer()
  const store = await openStore({ dataDir })
  const { index, refresh } = createKnowledgeBase(store.knowledge, createSearchIndex(tokenizer))
  await refresh()
  index.search({ text: '职工书屋', limit: 10 })
  const { user, system } = process.cpuUsage()
  const seconds = (performance.now() - began) / 1000
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  console.table([
    {
      what: `cold start, ${index.passageCount} passages from the database file`,
      s: seconds.toFixed(1),
      'CPU s': ((user + system) / 1e6).toFixed(1),
      'index MB': (index.bytes / 1e6).toFixed(0),
      'texts and index MB': ((heapUsed + arrayBuffers) / 1e6).toFixed(0),
    },
  ])
  await store.close()
}
