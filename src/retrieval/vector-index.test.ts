import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVectorIndex } from './vector-index.ts'

const DIMENSIONS = 40
const unit = (numbers: readonly number[]) => {
  const length = Math.hypot(...numbers) || 1
  return Float32Array.from(numbers.map((value) => value / length))
}
const vectors = fc.array(
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
    minLength: DIMENSIONS,
    maxLength: DIMENSIONS,
  }),
  { minLength: 1, maxLength: 60 },
)

describe('the vector index', () => {
  it('finds what comparing all would find while all fit among the candidates', () => {
    fc.assert(
      fc.property(vectors, (rows) => {
        const index = createVectorIndex(DIMENSIONS)
        for (const [i, row] of rows.entries()) index.set(`${i}`, unit(row))
        const query = unit(rows[0] ?? [])
        const cosine = (row: readonly number[]) =>
          unit(row).reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0)
        const best = Math.max(...rows.map(cosine))
        expect(index.search(query, 1, () => true)[0]?.similarity).toBeCloseTo(best, 4)
      }),
    )
  })

  it('finds a vector among many by a noisy copy of it', () => {
    const index = createVectorIndex(256)
    let seed = 1
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647 - 0.5
    }
    const rows = Array.from({ length: 3000 }, () => Array.from({ length: 256 }, random))
    for (const [i, row] of rows.entries()) index.set(`${i}`, unit(row))
    for (const wanted of [0, 700, 2999]) {
      const noisy = unit((rows[wanted] ?? []).map((value) => value + random() * 0.5))
      expect(index.search(noisy, 3, () => true)[0]?.key).toBe(`${wanted}`)
    }
  })

  it('shows nothing that is not accepted or was deleted, and uses its place again', () => {
    const index = createVectorIndex(2)
    index.set('a', unit([1, 0]))
    index.set('b', unit([1, 0.1]))
    index.delete('a')
    expect(index.search(unit([1, 0]), 5, () => true).map(({ key }) => key)).toEqual(['b'])
    index.set('c', unit([0.9, 0]))
    const query = unit([1, 0])
    expect(index.search(query, 5, () => true).map(({ key }) => key)).toEqual(['c', 'b'])
    expect(index.search(query, 5, (key) => key !== 'c').map(({ key }) => key)).toEqual(['b'])
    expect(index.size).toBe(2)
  })

  it('refuses a vector of another length', () => {
    expect(() => createVectorIndex(3).set('a', unit([1, 2]))).toThrow(RangeError)
  })
})
