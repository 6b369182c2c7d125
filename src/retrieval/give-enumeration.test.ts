import { describe, expect, it } from 'vitest'
import type { EvidenceUnit } from './evidence-units.ts'
import { COUNTED_GIVES, giveEnumeration } from './give-enumeration.ts'

const gives = (question: string, folded: string) =>
  giveEnumeration(question, { folded, text: folded, label: '' } as EvidenceUnit)

describe('a list that is asked for', () => {
  it('is surest where the text says that it is the one', () => {
    const whole = '四类重点企业指,矿山企业;纺织企业;建筑企业;物流企业'
    const question = '四类重点企业是哪四类'

    expect(gives(question, whole)).toBeGreaterThan(COUNTED_GIVES)
    expect(gives(question, whole)).toBeGreaterThan(gives(question, '四类重点企业指,矿山企业'))
    expect(gives(question, '四类重点行业指,甲、乙、丙')).toBeLessThan(COUNTED_GIVES)
    expect(gives(question, '关注四类重点企业:四类重点行业指,甲业')).toBeLessThan(COUNTED_GIVES)
  })

  it('is not given by a sentence that only has the name of it', () => {
    const question = '驿站的“五个一”是哪五个'

    expect(gives(question, '按照实用、干净、温馨的原则,实行“五个一”标准')).toBe(0)
    expect(gives(question, '“五个一”即一张桌、一把椅、一盏灯、一壶水、一本书')).toBeGreaterThan(1)
    expect(gives(question, '配有桌、椅、灯、水、书等“五个一”')).toBeGreaterThan(1)
  })

  it('is of things and not of those who get them, when it is asked what was handed over', () => {
    const things = '为工人送去了西瓜、毛巾、凉茶等用品'
    const people = '环卫工人、快递员、货车司机正在歇脚'

    expect(gives('给大家送了些什么', things)).toBeGreaterThan(1)
    expect(gives('给大家送了些什么', people)).toBeLessThan(0.5)
  })

  it('may be two names side by side, or names that end in no word for a body', () => {
    expect(gives('看了哪两样设施', '察看了“驿站”及“小屋”')).toBeGreaterThan(0.9)
    expect(gives('去了哪几家企业', '先后来到亚太精睿、伟杰电子、华扬电子等企业')).toBeGreaterThan(
      0.5,
    )
  })

  it('is of what is called so', () => {
    expect(gives('要把哪几类教育都盖住', '在基础教育、职业教育、高等教育全覆盖')).toBeGreaterThan(1)
  })
})
