import { describe, expect, it } from 'vitest'
import { ordinalAsked, standsAtOrdinal, turnOfOrdinal } from './asked-ordinal.ts'

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
