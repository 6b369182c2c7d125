import { describe, expect, it } from 'vitest'
import { createTokenizer } from './tokenize.ts'

const tokenizer = createTokenizer(['互助补充保险', '新双15工程'])

describe('createTokenizer', () => {
  it('cuts text and question to the same words, whatever the script, width and number spelling', () => {
    const simplified = tokenizer.tokens('为1万名职工办理互助补充保险')
    expect(simplified).toContain('互助补充保险')
    expect(simplified).toContain('10000')
    expect(tokenizer.tokens('為一萬名職工辦理互助補充保險')).toEqual(simplified)
    expect(tokenizer.tokens('为１万名职工办理互助补充保险')).toEqual(simplified)
  })

  it('drops stop words, question words and punctuation', () => {
    expect(tokenizer.tokens('请问,这个是什么?')).toEqual([])
  })

  it('knows only its own terms', () => {
    expect(createTokenizer().tokens('新双15工程')).not.toEqual(tokenizer.tokens('新双15工程'))
  })
})
