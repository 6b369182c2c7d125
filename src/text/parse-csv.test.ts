import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCsv } from './parse-csv.ts'

describe('parseCsv', () => {
  it('reads quotes, line ends inside them, and either line end', () => {
    expect(parseCsv('\ufeff姓名,单位\r\n"李,明","甲""部""\n二"\n\n马丽,乙部')).toEqual([
      ['姓名', '单位'],
      ['李,明', '甲"部"\n二'],
      ['马丽', '乙部'],
    ])
  })

  it('gives back any table that was written by the rules', () => {
    const cell = fc.string({ unit: 'grapheme' }).map((text) => `${text}值`)
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }), (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
        const csv = rows.map((row) => row.map(quoted).join(',')).join('\r\n')
        expect(parseCsv(csv)).toEqual(rows)
      }),
    )
  })
})
