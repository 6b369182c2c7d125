/**
 * Nearest vectors: signs first, exact values after, beside comparing with every vector. The vectors
 * are made up: this tells latency, and of quality only whether the nearest one is found.
 */
import { createVectorIndex } from '../../src/retrieval/vector-index.ts'
import { percentiles } from './measure.ts'

const DIMENSIONS = 1024
const QUERIES = 50
/** A query is a stored vector with this much of another one added. */
const NOISE = 0.8

export function measureVectors(size: number): void {
  const random = createRandom()
  const index = createVectorIndex(DIMENSIONS)
  const vectors = Array.from({ length: size }, () => unit(drawn(random)))
  for (const [i, vector] of vectors.entries()) index.set(String(i), vector)
  const queries = vectors.slice(0, QUERIES).map((vector) => blurred(vector, unit(drawn(random))))
  const found: (string | undefined)[] = []
  const exact: string[] = []
  const bySigns = percentiles(queries, (query) =>
    found.push(index.search(query, 10, () => true)[0]?.key),
  )
  const byAll = percentiles(queries, (query) => exact.push(nearest(query, vectors)))
  const same = found.filter((key, i) => key === exact[i]).length
  console.table([
    {
      what: `${size} × ${DIMENSIONS}: signs, then exact`,
      ...bySigns,
      same: `${same} of ${QUERIES}`,
    },
    { what: 'every vector exactly', ...byAll, same: '' },
  ])
}

function nearest(query: Float32Array, vectors: readonly Float32Array[]): string {
  let best = Number.NEGATIVE_INFINITY
  let at = 0
  for (const [i, vector] of vectors.entries()) {
    let sum = 0
    for (let j = 0; j < DIMENSIONS; j++) sum += (query[j] ?? 0) * (vector[j] ?? 0)
    if (sum <= best) continue
    best = sum
    at = i
  }
  return String(at)
}

function blurred(vector: Float32Array, other: Float32Array): Float32Array {
  return unit(vector.map((value, i) => value + NOISE * (other[i] ?? 0)))
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

function drawn(random: () => number): Float32Array {
  return new Float32Array(DIMENSIONS).map(random)
}

/** Repeatable numbers about 0, the sum of three even ones: near enough to a bell. */
function createRandom(): () => number {
  let state = 2014
  const even = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32 - 0.5
  }
  return () => even() + even() + even()
}
