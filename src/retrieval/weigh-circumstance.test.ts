import { describe, expect, it } from 'vitest'
import { circumstancesOf } from './weigh-circumstance.ts'

describe('circumstancesOf', () => {
  it('prefers what was done when that is asked, what is planned when that is', () => {
    const done = '截至目前已累计送出83000支'
    const planned = '计划免费送出48000支'

    expect(circumstancesOf('已经送了多少支')(done)).toBeGreaterThan(
      circumstancesOf('已经送了多少支')(planned),
    )
    expect(circumstancesOf('计划送多少支')(planned)).toBeGreaterThan(
      circumstancesOf('计划送多少支')(done),
    )
  })

  it('tells the step above a figure from the step up to it', () => {
    const question = '超过两万的部分补几成'

    expect(circumstancesOf(question)('2万元以上的部分,补助50%')).toBeGreaterThan(0)
    expect(circumstancesOf(question)('5000元以上至2万元(含)的部分,补助40%')).toBeLessThan(0)
  })

  it('says nothing of sentences without such words', () => {
    expect(circumstancesOf('工会驿站在哪里')('位于公园路5号')).toBe(0)
  })
})
