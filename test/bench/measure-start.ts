/**
 * Cold starts as the bot has them: a process of its own opens the store and has everything in force
 * ready, from opening the database file to the first search. Processor time is told beside the
 * clock's. First from the store alone, then from the index that the first start kept in a file, then
 * from that file after a hundred documents changed: that one must answer as one read from the store.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIndexKeeper, SNAPSHOT_NAME } from '../../src/assembly/keep-index.ts'
import type { DocumentVersion } from '../../src/domain/document.ts'
import { silentLogger } from '../../src/logger.ts'
import { createKnowledgeBase } from '../../src/retrieval/knowledge-base.ts'
import { createSearchIndex, type SearchIndex } from '../../src/retrieval/search-index.ts'
import { openDatabaseOf, openStore } from '../../src/storage/sql/open-store.ts'
import { storedContent, storedSummary } from '../../src/storage/sql/stored-version.ts'
import { createTokenizer } from '../../src/text/tokenize.ts'
import type { BenchCorpus, CutDocument } from './corpus.ts'
import { memoryInUse } from './measure.ts'

/** Documents in one statement. */
const BATCH = 200
/** Withdrawn, and as many read again, between two starts. */
const CHANGED = 50

interface Start {
  readonly row: Record<string, string | number>
  /** The best ten passages of each question. */
  readonly found: readonly string[]
}

const [, file, folder, queries = '[]'] = process.argv
if (file === import.meta.filename && folder !== undefined) await start(folder, JSON.parse(queries))

export async function measureStart({ documents, queries }: BenchCorpus): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-start-'))
  const questions = JSON.stringify(queries.map(({ query }) => query))
  const startAgain = async (what: string) => {
    const child = fork(import.meta.filename, [dataDir, questions], { execArgv: ['--expose-gc'] })
    const { row, found } = await messageOf(child)
    return { row: { what, ...row }, found }
  }
  await (await openStore({ dataDir })).close()
  await fill(dataDir, documents)
  const first = await startAgain('cold start from the store')
  const size = statSync(join(dataDir, SNAPSHOT_NAME), { throwIfNoEntry: false })?.size ?? 0
  const second = await startAgain('again, from the file it kept')
  await change(dataDir, documents)
  const third = await startAgain(`from the file, ${CHANGED * 2} changes since`)
  rmSync(join(dataDir, SNAPSHOT_NAME), { force: true })
  const fourth = await startAgain('from the store, after the same changes')
  rmSync(dataDir, { recursive: true })
  console.table([first.row, second.row, third.row, fourth.row])
  console.log(
    `the file: ${(size / 1e6).toFixed(0)} MB; same ten best passages as from the store: ${same(first, second)} and ${same(third, fourth)} of ${queries.length} questions\n`,
  )
}

function same(one: Start, other: Start): number {
  return one.found.filter((best, i) => best === other.found[i]).length
}

async function messageOf(child: ChildProcess): Promise<Start> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The starting process ended with ${code}.`)
  })
  const [message] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  await once(child, 'exit')
  return message as Start
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

async function change(dataDir: string, documents: readonly CutDocument[]): Promise<void> {
  const { knowledge, close } = await openStore({ dataDir })
  for (const { versionId } of documents.slice(0, CHANGED)) {
    await knowledge.setStatus(versionId, 'withdrawn')
  }
  for (const { versionId, metadata } of documents.slice(CHANGED, CHANGED * 2)) {
    await knowledge.setMetadata(versionId, { ...metadata, title: '改过的标题' })
  }
  await close()
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

/** Equal scores in order of their names: which came first to the index does not matter. */
function tenBest(index: SearchIndex, text: string): string {
  return index
    .search({ text, limit: 20 })
    .map(({ document, passage, score }) => ({
      score: score.toFixed(4),
      name: `${document.versionId}/${passage.ordinal}`,
    }))
    .toSorted((a, b) => Number(b.score) - Number(a.score) || a.name.localeCompare(b.name))
    .slice(0, 10)
    .map(({ score, name }) => `${name} ${score}`)
    .join(', ')
}

async function start(dataDir: string, questions: readonly string[]): Promise<void> {
  const began = performance.now()
  const tokenizer = createTokenizer()
  const store = await openStore({ dataDir })
  const base = createKnowledgeBase(store.knowledge, createSearchIndex(tokenizer), {
    keeper: createIndexKeeper(dataDir, silentLogger),
  })
  await base.refresh()
  const best = (text: string) => tenBest(base.index, text)
  best('职工书屋')
  const { user, system } = process.cpuUsage()
  const seconds = (performance.now() - began) / 1000
  const memory = memoryInUse()
  const before = process.cpuUsage()
  await base.tidied()
  const keeping = process.cpuUsage(before)
  const found = questions.map(best)
  const row = {
    passages: base.index.passageCount,
    s: seconds.toFixed(1),
    'CPU s': ((user + system) / 1e6).toFixed(1),
    'index MB': (base.index.bytes / 1e6).toFixed(0),
    'texts and index MB': (memory / 1e6).toFixed(0),
    'CPU s to keep it': ((keeping.user + keeping.system) / 1e6).toFixed(1),
  }
  await store.close()
  process.send?.({ row, found })
  process.disconnect?.()
}
