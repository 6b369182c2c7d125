import { describe, expect, it } from 'vitest'
import { fuseRankings } from './fuse-rankings.ts'

const fused = (a: string[], b: string[], weight = 1) =>
  fuseRankings(
    [
      { items: a, weight: 1 },
      { items: b, weight },
    ],
    (item) => item,
  )

describe('fusing rankings', () => {
  it('prefers what both have to what one has first', () => {
    expect(fused(['x', 'both'], ['y', 'both'])[0]?.item).toBe('both')
  })

  it('gives 1 to what is first everywhere', () => {
    expect(fused(['a', 'b'], ['a', 'c'])[0]).toEqual({ item: 'a', score: 1 })
  })

  it('lets the heavier ranking decide', () => {
    expect(fused(['a'], ['b'], 0.5).map(({ item }) => item)).toEqual(['a', 'b'])
    expect(fused(['a'], ['b'], 2).map(({ item }) => item)).toEqual(['b', 'a'])
  })
})
