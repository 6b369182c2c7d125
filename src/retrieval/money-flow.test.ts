import { describe, expect, it } from 'vitest'
import { flowAsked, flowSaid } from './money-flow.ts'

const said = (text: string, value: string) => {
  const start = text.indexOf(value)
  return flowSaid(text, { start, end: start + value.length })
}

describe('money flow', () => {
  it('tells what a question asks: paying in or being paid', () => {
    expect(flowAsked('医疗互助一年交多少钱')).toBe('in')
    expect(flowAsked('住院能报销多少')).toBe('out')
    expect(flowAsked('补助一次发几百')).toBe('out')
    expect(flowAsked('投资多少万')).toBeUndefined()
  })

  it('tells what a value is by the word before it, else after it', () => {
    const text = '每人每年交纳80元;住院自付部分按40%给予补助,一年最高2万元'

    expect(said(text, '80元')).toBe('in')
    expect(said(text, '2万元')).toBe('out')
    expect(said('互助金每人80元,由职工个人承担', '80元')).toBe('in')
  })

  it('does not look into other sentences', () => {
    expect(said('补助已经发放。互助金每人80元。', '80元')).toBeUndefined()
  })
})
