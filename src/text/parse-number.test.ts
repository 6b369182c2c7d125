import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findQuantities, parseNumber, readBound, spellNumbersAlike } from './parse-number.ts'

describe('parseNumber', () => {
  it.each([
    ['10000', 10_000],
    ['1万', 10_000],
    ['一万', 10_000],
    ['1.5万', 15_000],
    ['5,000', 5000],
    ['３０', 30],
    ['一万二千三百零五', 12_305],
    ['一万二', 12_000],
    ['三百五', 350],
    ['三百零五', 305],
    ['十五', 15],
    ['一千零一十', 1010],
    ['二〇二五', 2025],
    ['三亿五千万', 350_000_000],
    ['1.1万', 11_000],
    ['2.3亿', 230_000_000],
    ['5千', 5000],
    ['三点五', 3.5],
    ['85%', 85],
    ['百分之八十五', 85],
    ['八成五', 85],
    ['八成', 80],
    ['百分之85.5', 85.5],
    ['兩萬', 20_000],
  ])('reads %s as %d', (text, value) => {
    expect(parseNumber(text)).toBe(value)
  })

  it.each(['', '统一', '三个', '1和2', '万一吧', '第三'])(
    'finds no whole number in 「%s」',
    (text) => {
      expect(parseNumber(text)).toBeUndefined()
    },
  )

  it('reads back any number that is written with digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (value) => {
        expect(parseNumber(String(value))).toBe(value)
        expect(parseNumber(value.toLocaleString('en-US'))).toBe(value)
      }),
    )
  })

  it('reads back any number below ten thousand written in words', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (value) => {
        expect(parseNumber(inWords(value))).toBe(value)
      }),
    )
  })
})

describe('findQuantities', () => {
  it('finds each number with its place and tells a share from a count', () => {
    const text = '为1万名职工办理,建会率达到85%以上'
    expect(
      findQuantities(text).map((found) => [
        text.slice(found.start, found.end),
        found.value,
        found.isPercent,
      ]),
    ).toEqual([
      ['1万', 10_000, false],
      ['85%', 85, true],
    ])
  })

  it('does not take success or growing up for tenths', () => {
    expect(findQuantities('一成功就成长').filter(({ isPercent }) => isPercent)).toEqual([])
  })
})

describe('readBound', () => {
  it.each([
    ['不少于', '人', 'at-least'],
    ['达到', '以上', 'at-least'],
    ['超', '人', 'at-least'],
    ['不超过', '元', 'at-most'],
    ['', '余人', 'about'],
    ['近', '人', 'about'],
    ['新建', '个', 'exact'],
  ])('reads %s…%s as %s', (before, after, bound) => {
    expect(readBound(before, after)).toBe(bound)
  })
})

describe('spellNumbersAlike', () => {
  it('gives one spelling to one number and leaves single numerals in words alone', () => {
    expect(spellNumbersAlike('1万名')).toBe('10000名')
    expect(spellNumbersAlike('一万名')).toBe('10000名')
    expect(spellNumbersAlike('八成五')).toBe('85%')
    expect(spellNumbersAlike('统一办好八件实事')).toBe('统一办好八件实事')
  })
})

function inWords(value: number): string {
  const digits = '零一二三四五六七八九'
  const units = ['千', '百', '十', '']
  const padded = String(value).padStart(4, '0')
  return Array.from(padded, (digit, index) =>
    digit === '0' ? '零' : digits[Number(digit)] + units[index]!,
  )
    .join('')
    .replace(/零+/g, '零')
    .replace(/^零|零$/g, '')
}
