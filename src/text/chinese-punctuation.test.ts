import { describe, expect, it } from 'vitest'
import { chinesePunctuation } from './chinese-punctuation.ts'

describe('chinesePunctuation', () => {
  it.each([
    ['您好!可以问,比如:', '您好\uff01可以问\uff0c比如\uff1a'],
    ['会议(扩大)召开', '会议\uff08扩大\uff09召开'],
    ['上午8:30到5:30', '上午8:30到5:30'],
    ['共10,000名', '共10,000名'],
    ['2014-03-13, ok', '2014-03-13, ok'],
  ])('writes %s as %s', (text, written) => {
    expect(chinesePunctuation(text)).toBe(written)
  })
})
