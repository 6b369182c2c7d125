import { describe, expect, it } from 'vitest'
import { ordinalAsked, speaksOfStage, standsAtOrdinal, turnOfOrdinal } from './asked-ordinal.ts'
import type { IndexedDocument } from './search-index.ts'

const unit = (folded: string, label = '') => ({ folded, label })

describe('ordinalAsked', () => {
  it('reads numerals and digits', () => {
    expect(ordinalAsked('第七件是啥')).toEqual({ value: 7, measure: '件' })
    expect(ordinalAsked('第十二条怎么说')).toEqual({ value: 12, measure: '条' })
    expect(ordinalAsked('第 3 项')).toEqual({ value: 3, measure: '项' })
    expect(ordinalAsked('第二十条')).toEqual({ value: 20, measure: '条' })
  })

  it('takes quarters, lines and batches for no place in a list', () => {
    expect(ordinalAsked('第三季度建了多少')).toBeUndefined()
    expect(ordinalAsked('八件实事')).toBeUndefined()
  })
})

describe('turnOfOrdinal', () => {
  it('goes back to the turn that speaks of such a list', () => {
    const history = ['八件实事是哪八件', '困难职工帮扶怎么申请']

    expect(turnOfOrdinal({ value: 7, measure: '件' }, history)).toBe(0)
  })

  it('takes the latest turn when none speaks of one', () => {
    expect(turnOfOrdinal({ value: 7, measure: '条' }, ['a', 'b'])).toBe(1)
  })
})

describe('standsAtOrdinal', () => {
  const seventh = { value: 7, measure: '条' }

  it('knows the enumerators of texts', () => {
    for (const text of [
      '七是爱心助学',
      '(七)爱心助学',
      '第七条 有下列情形',
      '7.爱心助学',
      '七、爱心助学',
    ])
      expect(standsAtOrdinal(seventh, unit(text)), text).toBe(true)
  })

  it('does not take another item for it', () => {
    for (const text of ['六是救助', '第十七条 附则', '第七届职工运动会', '救助7000户'])
      expect(standsAtOrdinal(seventh, unit(text)), text).toBe(false)
  })
})

describe('speaksOfStage', () => {
  const speaks = (question: string, folded: string, text = folded) =>
    speaksOfStage(question)({ folded, document: { text } as IndexedDocument })

  it('takes another stage for no answer', () => {
    expect(speaks('第二期几号开班', '第一期8月1日开班')).toBe(false)
    expect(speaks('第二期几号开班', '第二期9月1日开班')).toBe(true)
  })

  it("takes another's third for no third of this", () => {
    const text = '第二届工匠大会7月28日开幕。会上表彰第三届北京工匠。'

    expect(speaks('第三届工匠大会几号开', '会上表彰第三届北京工匠', text)).toBe(false)
    expect(speaks('第二届工匠大会几号开', '大会7月28日开幕', text)).toBe(true)
  })

  it('looks ahead for what comes next', () => {
    expect(speaks('下一场在哪天', '8月18日课堂举行')).toBe(false)
    expect(speaks('下一场在哪天', '下一场将于9月举行')).toBe(true)
  })
})
