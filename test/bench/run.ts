/**
 * The bench: `npm run bench -- [--passages 150000] [--engines ours,filtered,fts5,minisearch] [--rounds 3]
 * [--vectors 100000] [--articles 1000]`.
 *
 * All engines search the same passages, cut into the same words, in one run on one machine, so that
 * the ratios mean something. Then how long the index takes to load, to take a document in and out,
 * a whole cold start, answers from end to end, nearest vectors, and how fast documents come in.
 */
import { parseArgs } from 'node:util'
import { createTokenizer } from '../../src/text/tokenize.ts'
import { type BenchCorpus, loadCorpus } from './corpus.ts'
import { ENGINES } from './engines.ts'
import { measureLatency, measureQuality, memoryInUse } from './measure.ts'
import { measureAnswers, measureThroughput } from './measure-answers.ts'
import { measureFollowing } from './measure-following.ts'
import { measureIntake } from './measure-intake.ts'
import { measureStart } from './measure-start.ts'
import { measureVectors } from './measure-vectors.ts'

const { values } = parseArgs({
  options: {
    passages: { type: 'string', default: '0' },
    engines: { type: 'string', default: 'ours,filtered,fts5,minisearch' },
    vectors: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    articles: { type: 'string', default: '1000' },
  },
})

const tokenizer = createTokenizer()
const corpus = loadCorpus(tokenizer, Number(values.passages))
console.log(
  `${corpus.name}: ${corpus.documents.length} documents, ${corpus.passageCount} passages, ${corpus.queries.length} queries\n`,
)
await compare(corpus, values.engines.split(','), Number(values.rounds))
await measureFollowing(corpus, tokenizer)
await measureStart(corpus)
await measureAnswers(corpus, tokenizer, Number(values.rounds))
await measureThroughput(corpus.passageCount)
measureVectors(Number(values.vectors))
await measureIntake(Number(values.articles))

async function compare(
  { documents, queries }: BenchCorpus,
  names: readonly string[],
  rounds: number,
): Promise<void> {
  const rows: Record<string, string>[] = []
  let first: { readonly p50: number; readonly p99: number } | undefined
  for (const name of names) {
    const build = ENGINES[name]
    if (build === undefined)
      throw new Error(`no engine ${name}: ${Object.keys(ENGINES).join(', ')}`)
    const before = memoryInUse()
    const start = performance.now()
    const engine = build(documents, tokenizer)
    const built = performance.now() - start
    const memory = memoryInUse() - before
    const quality = measureQuality(engine, queries)
    const latency = await measureLatency((query) => engine.search(query), queries, rounds)
    first ??= latency
    rows.push({
      engine: engine.name,
      'R@1': quality.recallAt1.toFixed(1),
      'R@5': quality.recallAt5.toFixed(1),
      'MRR@10': quality.mrrAt10.toFixed(1),
      'nDCG@10': quality.ndcgAt10.toFixed(1),
      'p50 ms': latency.p50.toFixed(2),
      'p99 ms': latency.p99.toFixed(2),
      'CPU ms': latency.cpu.toFixed(2),
      'p50 ratio': `${(latency.p50 / first.p50).toFixed(1)}×`,
      'build s': (built / 1000).toFixed(1),
      'memory MB': (Math.max(memory, engine.ownBytes ?? 0) / 1e6).toFixed(0),
      'own MB': engine.ownBytes === undefined ? '' : (engine.ownBytes / 1e6).toFixed(0),
    })
    engine.close()
  }
  console.table(rows)
}
