import { describe, expect, it } from 'vitest'
import type { Ask } from './asked-kinds.ts'
import { valuesOf } from './values-in-text.ts'

const values = (ask: Pick<Ask, 'kind' | 'unit' | 'edge'>, text: string) =>
  valuesOf(ask, text).map(({ start, end }) => text.slice(start, end))

describe('valuesOf', () => {
  it.each([
    [{ kind: 'money' }, '列支50万元,每人5000元', ['50万元', '5000元']],
    [{ kind: 'percent' }, '入会率均达到85%以上', ['85%']],
    [{ kind: 'count', unit: '个' }, '职工书屋30个,为期5个月', ['30个']],
    [{ kind: 'count', unit: '' }, '2023年评出二等奖4名,三等奖8名', ['4名', '8名']],
    [{ kind: 'count', unit: '名' }, '为1万名职工办理', ['1万名']],
    [{ kind: 'age' }, '招收5-12周岁子女', ['5-12周岁']],
    [{ kind: 'clock' }, '上午9点到晚上5点', ['上午9点到晚上5点']],
    [{ kind: 'duration' }, '为期五个月,共10个工作日', ['为期五个月', '10个工作日']],
    [{ kind: 'phone' }, '拨打021-56031201', ['021-56031201']],
  ] as const)('finds %o', (ask, text, expected) => {
    expect(values(ask, text)).toEqual(expected)
  })

  it('takes a year for no duration and a month for no count', () => {
    expect(values({ kind: 'duration' }, '2023年开展')).toEqual([])
    expect(values({ kind: 'count', unit: '个' }, '开办五个月')).toEqual([])
  })

  it('takes only the end of a period when the end is asked', () => {
    const text = '8月1日启动,即日起至8月31日'

    expect(values({ kind: 'date' }, text)).toEqual(['8月1日', '8月31日'])
    expect(values({ kind: 'date', edge: 'end' }, text)).toEqual(['8月31日'])
  })

  it('reads full-width digits', () => {
    expect(values({ kind: 'money' }, '投入资金2万多元')).toEqual(['2万多元'])
  })
})
