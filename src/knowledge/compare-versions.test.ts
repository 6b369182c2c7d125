import { describe, expect, it } from 'vitest'
import { documentReading } from '../../test/support/document-reading.ts'
import type { Fact } from '../domain/fact.ts'
import type { ListOfItems } from '../domain/list.ts'
import { compareVersions } from './compare-versions.ts'

const span = { start: 0, end: 1 }
const fact = (subject: string, value: number): Fact => ({
  subject,
  value,
  bound: 'exact',
  unit: '个',
  year: 2025,
  span,
  valueSpan: span,
  damaged: false,
})
const list = (...texts: string[]): ListOfItems => ({
  title: '实事',
  aliases: [],
  span,
  items: texts.map((text, index) => ({ ordinal: index + 1, span, text })),
})
const version = (text: string, more: { facts?: Fact[]; lists?: ListOfItems[] } = {}) => ({
  ...documentReading({ text }),
  ...more,
})

describe('compareVersions', () => {
  it('finds nothing between a version and itself', () => {
    const same = version('第一句话。第二句话。', {
      facts: [fact('书屋', 20)],
      lists: [list('送清凉')],
    })

    expect(compareVersions(same, same)).toEqual({ passages: [], listItems: [], facts: [] })
  })

  it('tells changed, added and removed passages apart, in reading order', () => {
    const before = version(
      '开头没有变化。全市今年计划新建职工书屋20个。这一句会被整个删掉。结尾没有变化。',
    )
    const after = version(
      '开头没有变化。全市今年计划新建职工书屋30个。结尾没有变化。最后加了新的内容。',
    )
    const { passages } = compareVersions(before, after)

    expect(
      passages.map((difference) => [
        difference.kind,
        'before' in difference ? difference.before.text : undefined,
        'after' in difference ? difference.after.text : undefined,
      ]),
    ).toEqual([
      ['changed', '全市今年计划新建职工书屋20个。', '全市今年计划新建职工书屋30个。'],
      ['removed', '这一句会被整个删掉。', undefined],
      ['added', undefined, '最后加了新的内容。'],
    ])
  })

  it('tells which figure and which item changed', () => {
    const before = version('一。', {
      facts: [fact('书屋', 20), fact('班组', 5)],
      lists: [list('送清凉', '送温暖')],
    })
    const after = version('一。', {
      facts: [fact('书屋', 30), fact('驿站', 9)],
      lists: [list('送清凉', '送岗位')],
    })
    const { facts, listItems } = compareVersions(before, after)

    expect(facts).toMatchObject([
      { kind: 'changed', before: { value: 20 }, after: { value: 30 } },
      { kind: 'removed', before: { subject: '班组' } },
      { kind: 'added', after: { subject: '驿站' } },
    ])
    expect(listItems).toMatchObject([
      { kind: 'changed', before: { text: '送温暖' }, after: { text: '送岗位' } },
    ])
  })
})
