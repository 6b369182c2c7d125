import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSignCodes } from './sign-codes.ts'

const differingSigns = (a: readonly number[], b: readonly number[]) =>
  a.filter((value, i) => value > 0 !== (b[i] ?? 0) > 0).length

describe('sign codes', () => {
  it('differ from a query in as many bits as numbers have another sign', () => {
    const sized = fc.integer({ min: 1, max: 200 }).chain((dimensions) => {
      const vector = fc.array(fc.integer({ min: -2, max: 2 }), {
        minLength: dimensions,
        maxLength: dimensions,
      })
      return fc.record({ query: vector, rows: fc.array(vector, { maxLength: 30 }) })
    })
    fc.assert(
      fc.property(sized, ({ query, rows }) => {
        const codes = createSignCodes(query.length)
        for (const [i, row] of rows.entries()) codes.write(i, Float32Array.from(row))

        const blocks = codes.distances(Float32Array.from(query), rows.length)

        const found = [...blocks].flatMap(({ differing }) => [...differing])
        expect(found).toEqual(rows.map((row) => differingSigns(row, query)))
      }),
    )
  })

  it('are counted block by block, rows written again included', () => {
    const codes = createSignCodes(3)
    for (let row = 0; row < 10_000; row++) codes.write(row, Float32Array.of(1, 1, 1))
    for (let row = 0; row < 10_000; row += 3) codes.write(row, Float32Array.of(-1, 1, -1))

    const counted: number[] = []
    for (const { from, differing } of codes.distances(Float32Array.of(1, 1, 1), 10_000)) {
      for (const [i, distance] of differing.entries()) counted[from + i] = distance
    }

    expect(counted).toEqual(Array.from({ length: 10_000 }, (_, row) => (row % 3 === 0 ? 2 : 0)))
  })
})
