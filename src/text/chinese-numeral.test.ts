import { describe, expect, it } from 'vitest'
import { chineseNumeral } from './chinese-numeral.ts'
import { parseNumber } from './parse-number.ts'

describe('chineseNumeral', () => {
  it.each([
    [1, '一'],
    [10, '十'],
    [12, '十二'],
    [20, '二十'],
    [35, '三十五'],
    [100, '一百'],
    [105, '一百零五'],
    [112, '一百一十二'],
    [1000, '1000'],
  ])('%i is %s', (value, numeral) => {
    expect(chineseNumeral(value)).toBe(numeral)
  })

  it('is read back as the same number', () => {
    const values = Array.from({ length: 999 }, (_, i) => i + 1)
    expect(values.filter((value) => parseNumber(chineseNumeral(value)) !== value)).toEqual([])
  })
})
