import { describe, expect, it } from 'vitest'
import { isDestination, isOrigin, yearsAsked } from './asked-scope.ts'

const ASKED_ON = Temporal.PlainDate.from('2026-07-20')

describe('yearsAsked', () => {
  it.each([
    ['2014年怎么规定', [2014]],
    ['今年建多少个', [2026]],
    ['23年夏天送了多少雪糕', [2023]],
    ['工会在23年评了几个', [2023]],
    ['干了23年还能评吗', []],
    ['给23年以上工龄的发多少', []],
  ])('reads the years of %s', (text, years) => {
    expect(yearsAsked(text, ASKED_ON)).toEqual(years)
  })
})

describe('isOrigin', () => {
  it('tells where somebody is from, not what place is asked about', () => {
    expect(isOrigin('河南来的油漆工', 2)).toBe(true)
    expect(isOrigin('河南今年建多少个', 2)).toBe(false)
  })
})

describe('isDestination', () => {
  const travels = (text: string, place: string) => {
    const start = text.indexOf(place)
    return isDestination(text, start, start + place.length)
  }

  it('is where somebody travels, and not whom the question is about', () => {
    expect(travels('去新疆疗休养的有几个', '新疆')).toBe(true)
    expect(travels('今年几个劳模去新疆', '新疆')).toBe(true)
    expect(travels('新疆疗休养去了几个劳模', '新疆')).toBe(true)
    expect(travels('新疆疗休养补多少', '新疆')).toBe(false)
    expect(travels('去南宁怎么加入工会', '南宁')).toBe(false)
  })
})
