import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseTermDictionary } from './term-dictionary.ts'

const dictionary = parseTermDictionary(`
# 说明
工会驿站 = 劳动者驿站、爱心驿站 ≈ 劳动者港湾 ~ 驿站、歇脚点
互助补充保险 ≈ 医疗互助 ~ 互助险
医疗互助 = 职工互助保障 ~ 互助险
`)
const expanded = (question: string) =>
  Object.fromEntries(dictionary.expand(question).map(({ term, weight }) => [term, weight]))

describe('the term dictionary', () => {
  it('leads from what people say to the written name and its other wordings', () => {
    expect(expanded('附近的歇脚点几点开门')).toEqual({
      工会驿站: 0.7,
      劳动者驿站: 0.7,
      爱心驿站: 0.7,
      劳动者港湾: 0.2,
    })
  })

  it('never leads back to what people merely say', () => {
    expect(Object.keys(expanded('工会驿站'))).not.toContain('歇脚点')
  })

  it('takes the longest name that stands at a place', () => {
    expect(dictionary.matches('劳动者驿站在哪').map(({ found }) => found)).toEqual(['劳动者驿站'])
  })

  it('follows a name that belongs to several terms to each of them', () => {
    expect(dictionary.matches('互助险').map(({ term }) => term.name)).toEqual([
      '互助补充保险',
      '医疗互助',
    ])
  })

  it('says that a related name is not the same thing', () => {
    expect(dictionary.matches('劳动者港湾')).toMatchObject([{ relation: 'related' }])
  })

  it('reads a question typed in traditional script and full width', () => {
    expect(dictionary.matches('勞動者驛站')).toHaveLength(1)
  })

  it('leaves out lines it cannot read and names them', () => {
    const { terms, faults } = parseTermDictionary('= 没有名字\n甲、乙 = 丙\n书屋 ~ 图书室')
    expect(terms.map(({ name }) => name)).toEqual(['书屋'])
    expect(faults.map(({ line }) => line)).toEqual([1, 2])
  })
})

describe('the dictionary that is shipped', () => {
  const shipped = parseTermDictionary(
    readFileSync(new URL('../../data/terms.txt', import.meta.url), 'utf8'),
  )

  it('has no line that cannot be read', () => {
    expect(shipped.faults).toEqual([])
    expect(shipped.terms.length).toBeGreaterThan(60)
  })

  it('has every written name once', () => {
    const names = shipped.terms.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})
