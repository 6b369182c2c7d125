import { describe, expect, it } from 'vitest'
import type { Jurisdiction } from '../domain/jurisdiction.ts'
import { splitSides } from './split-sides.ts'

const place = (name: string, code: string): Jurisdiction => ({ code, name })
const ANHUI = place('安徽省', '340000')
const GUIZHOU = place('贵州省', '520000')

function sides(text: string): string[] | undefined {
  const named = [
    { name: '安徽', jurisdiction: ANHUI },
    { name: '贵州', jurisdiction: GUIZHOU },
  ].map(({ name, jurisdiction }) => {
    const start = text.indexOf(name)
    return { start, end: start + name.length, jurisdiction }
  })
  return splitSides(
    text,
    named.toSorted((a, b) => a.start - b.start),
  )?.map((side) => `${side.place.name}:${side.text}`)
}

describe('two places set side by side', () => {
  it.each([
    [
      '安徽给骑手送的东西,跟贵州给农民工送的,有什么不一样',
      ['安徽省:安徽给骑手送的东西,有什么不一样', '贵州省:贵州给农民工送的,有什么不一样'],
    ],
    [
      '2023年贵州和安徽送清凉各花了多少钱',
      ['贵州省:2023年贵州送清凉各花了多少钱', '安徽省:2023年安徽送清凉各花了多少钱'],
    ],
    [
      '安徽跟黔地(贵州)送清凉各花多少,列清楚',
      ['安徽省:安徽)送清凉各花多少,列清楚', '贵州省:贵州)送清凉各花多少,列清楚'],
    ],
    [
      '安徽会员的目标数和贵州现在的会员数各是多少',
      ['安徽省:安徽会员的目标数,各是多少', '贵州省:贵州现在的会员数各是多少'],
    ],
  ])('are asked about one by one: %s', (text, expected) => {
    expect(sides(text)).toEqual(expected)
  })

  it.each(['安徽的驿站贵州人能进吗', '安徽和贵州', '安徽今年建了多少个驿站,贵州呢'])(
    'are not seen in %s',
    (text) => {
      expect(sides(text)).toBeUndefined()
    },
  )
})
