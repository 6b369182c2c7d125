import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block } from '../../domain/message.ts'
import { LONGEST_TEXT, renderWechat, splitText } from './render-wechat.ts'

const actions: Block = {
  kind: 'actions',
  actions: [
    { label: '👍 有用', name: 'vote', values: { value: 'up' } },
    { label: '转人工', name: 'hand-over', values: {} },
  ],
}

describe('renderWechat', () => {
  it('says buttons as numbers, good for ten minutes', () => {
    const { parts, choices } = renderWechat({
      blocks: [{ kind: 'paragraph', text: '30 个。' }, actions],
    })

    expect(parts).toEqual(['30 个。\n回复 1 有用，2 转人工（10 分钟内有效）'])
    expect(choices.map(({ name }) => name)).toEqual(['vote', 'hand-over'])
  })

  it('never calls everybody', () => {
    const [text] = renderWechat({
      blocks: [{ kind: 'paragraph', text: '@所有人 快来 @ALL' }],
    }).parts

    expect(text).not.toMatch(/@所有人|@ALL/)
  })

  it('says actions inside details as numbers too, and once', () => {
    const { parts } = renderWechat({
      blocks: [{ kind: 'details', title: '更多', blocks: [actions] }],
    })

    expect(parts).toEqual(['更多\n回复 1 有用，2 转人工（10 分钟内有效）'])
  })

  it('offers a room no numbers: nobody in it is the one to reply', () => {
    expect(renderWechat({ blocks: [{ kind: 'paragraph', text: '一览' }, actions] }, false)).toEqual(
      {
        parts: ['一览'],
        choices: [],
      },
    )
  })
})

describe('splitText', () => {
  it('loses no character, keeps to the limit and cuts no character in half', () => {
    const piece = fc.constantFrom(
      '要抓紧办。',
      '一是',
      '，',
      '\n',
      '𠮷',
      '😀',
      'abc ',
      '数'.repeat(700),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('')
        const parts = splitText(text, LONGEST_TEXT)

        expect(parts.join('')).toBe(text)
        expect(parts.every((part) => part.length <= LONGEST_TEXT && part.isWellFormed())).toBe(true)
      }),
    )
  })

  it('cuts behind a sentence where there is one', () => {
    expect(splitText('第一句话。第二句话', 6)).toEqual(['第一句话。', '第二句话'])
  })
})
