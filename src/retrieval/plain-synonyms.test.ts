import { expect, it } from 'vitest'
import { EVERYDAY_WORDS } from './everyday-words.ts'
import { plainSynonyms } from './plain-synonyms.ts'

it('lists each everyday word once, with written ones that are others', () => {
  const words = EVERYDAY_WORDS.map((line) => line.split(' '))
  const heads = words.map(([head]) => head)

  expect(heads).toEqual([...new Set(heads)])
  expect(
    words.filter(([head = '', ...written]) => written.length === 0 || written.includes(head)),
  ).toEqual([])
})

it('knows what documents write for an everyday word, its particle off', () => {
  const wordings = (word: string) => plainSynonyms(word).map(({ wording }) => wording)

  expect(wordings('讨薪')).toContain('欠薪')
  expect(wordings('旷工')).toContain('无故缺勤')
  expect(wordings('签了')).toContain('签订')
  expect(wordings('驿站里')).toEqual([])
})
