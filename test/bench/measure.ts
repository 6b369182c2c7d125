/** Quality and speed of one engine. */
import type { BenchQuery } from './corpus.ts'
import type { Engine } from './engines.ts'

export interface Quality {
  readonly recallAt1: number
  readonly recallAt5: number
  readonly mrrAt10: number
  readonly ndcgAt10: number
}

/** All in percent; a hit is any gold document, nDCG counts the first. */
export function measureQuality(engine: Engine, queries: readonly BenchQuery[]): Quality {
  const ranks = queries.map(({ query, gold }) => {
    const documents = [...new Set(engine.search(query))].slice(0, 10)
    return documents.findIndex((id) => gold.includes(id)) + 1
  })
  const share = (score: (rank: number) => number) =>
    (100 * ranks.reduce((sum, rank) => sum + (rank === 0 ? 0 : score(rank)), 0)) / ranks.length
  return {
    recallAt1: share((rank) => (rank === 1 ? 1 : 0)),
    recallAt5: share((rank) => (rank <= 5 ? 1 : 0)),
    mrrAt10: share((rank) => 1 / rank),
    ndcgAt10: share((rank) => 1 / Math.log2(rank + 1)),
  }
}

export interface Latency {
  readonly p50: number
  readonly p99: number
  /** Processor time of one query: what stays comparable on a machine that does other work. */
  readonly cpu: number
}

/** Milliseconds of a call, by the clock and of the processor. */
export function percentiles<T>(inputs: readonly T[], call: (input: T) => unknown) {
  const before = process.cpuUsage()
  const times = inputs.map((input) => {
    const start = performance.now()
    call(input)
    return performance.now() - start
  })
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(2)
  const { user, system } = process.cpuUsage(before)
  const cpu = (user + system) / 1000 / times.length
  return { 'p50 ms': at(0.5), 'p99 ms': at(0.99), 'CPU ms': cpu.toFixed(2) }
}

/** Milliseconds of one query, cutting it into words included, after one warming round. */
export async function measureLatency(
  ask: (query: string) => unknown,
  queries: readonly BenchQuery[],
  rounds: number,
): Promise<Latency> {
  for (const { query } of queries) await ask(query)
  const times: number[] = []
  const before = process.cpuUsage()
  for (let round = 0; round < rounds; round++) {
    for (const { query } of queries) {
      const start = performance.now()
      await ask(query)
      times.push(performance.now() - start)
    }
  }
  const { user, system } = process.cpuUsage(before)
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0
  return { p50: at(0.5), p99: at(0.99), cpu: (user + system) / 1000 / times.length }
}

/** Heap and typed arrays in use, in bytes; exact only when the garbage collector may be called. */
export function memoryInUse(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
