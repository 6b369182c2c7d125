import { describe, expect, it } from 'vitest'
import { textAt } from '../domain/span.ts'
import { extractLists } from './extract-lists.ts'

const lists = (text: string) =>
  extractLists(text).map(({ title, declaredCount, items }) => [
    title,
    declaredCount,
    items.map((item) => item.text),
  ])

describe('extractLists', () => {
  it('reads items of one sentence each, divided by semicolons', () => {
    expect(
      lists('办好“三件实事”：一是建书屋10个；二是送演出20场；三是助学30名。今年还要努力。'),
    ).toEqual([['三件实事', 3, ['建书屋10个', '送演出20场', '助学30名']]])
  })

  it('reads items of several sentences up to the end of the paragraph', () => {
    const text =
      '“两抓两促”:一是抓组建,促覆盖。年底建会率达到90%。二是抓服务,促满意。办好实事。\n今年,继续努力。'
    expect(lists(text)).toEqual([
      ['两抓两促', 2, ['抓组建,促覆盖。年底建会率达到90%', '抓服务,促满意。办好实事']],
    ])
  })

  it('reads items in paragraphs of their own', () => {
    expect(
      lists('做好四项工作：\n一是抓学习。\n二是抓组建。\n三是抓维权。\n四是抓帮扶。\n结束。'),
    ).toEqual([['四项工作', 4, ['抓学习', '抓组建', '抓维权', '抓帮扶']]])
  })

  it.each([
    [
      '提出三点要求：第一，提高认识。第二，狠抓落实。第三，加强宣传。',
      ['提高认识', '狠抓落实', '加强宣传'],
    ],
    ['要求：(1)自愿申请；(2)单位审核；(3)工会审批。', ['自愿申请', '单位审核', '工会审批']],
    ['流程如下：①申请；②审核；③发放。', ['申请', '审核', '发放']],
    ['一要学习，二要组建，三要服务。', ['学习', '组建', '服务']],
  ])('reads the enumerators of 「%s」', (text, items) => {
    expect(extractLists(text)[0]?.items.map((item) => item.text)).toEqual(items)
  })

  it('reads two lists in a row as two', () => {
    const text = '“两项活动”：一是甲活动；二是乙活动。“两件实事”：一是建书屋；二是助学。'
    expect(lists(text).map(([title]) => title)).toEqual(['两项活动', '两件实事'])
  })

  it('reads more than ten items', () => {
    const names = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']
    const text = `十二件实事：${names.map((name, index) => `${name}是实事${index + 1}`).join('；')}。`
    expect(extractLists(text)[0]).toMatchObject({ title: '十二件实事', declaredCount: 12 })
    expect(extractLists(text)[0]?.items.at(-1)).toMatchObject({ ordinal: 12, text: '实事12' })
  })

  it('finds the other names of a list, also in what was cut', () => {
    const text = '确定了“三抓三促 办好五件实事”的安排。\n“三抓三促”：一是抓甲；二是抓乙；三是抓丙。'
    expect(extractLists(text, ['“三抓实现三促”'])[0]).toMatchObject({
      title: '三抓三促',
      aliases: ['三抓实现三促'],
    })
  })

  it.each([
    [
      '开设“三色课堂”（即红色教育、绿色教育、蓝色教育），很受欢迎。',
      '三色课堂',
      ['红色教育', '绿色教育', '蓝色教育'],
    ],
    [
      '货车司机、快递员、外卖员等3个重点群体入会率达到50%。',
      '3个重点群体',
      ['货车司机', '快递员', '外卖员'],
    ],
    ['从“体能、技能、智能”三个方面设计活动。', '三个方面', ['体能', '技能', '智能']],
    ['分三个主题，分别为轨道、创新和美丽。', '三个主题', ['轨道', '创新', '美丽']],
  ])('reads the counted row of 「%s」', (text, title, items) => {
    expect(
      extractLists(text).map((list) => [list.title, list.items.map((item) => item.text)]),
    ).toEqual([[title, items]])
  })

  it('reads sentences of one frame', () => {
    const text =
      '下足“三功”，维护权益。在组织领导上下功夫。建立机制。在宣传教育上下功夫。开展宣讲。在隐患排查上下功夫。化解矛盾。'
    expect(extractLists(text)[0]).toMatchObject({ title: '三功', declaredCount: 3 })
  })

  it.each([
    '这一是非问题二是要分清',
    '矿泉水、饮料、饼干、面包送到一线。',
    '参加的有甲、乙、丙。',
    '第一，提高认识。',
  ])('reads no list in 「%s」', (text) => {
    expect(extractLists(text)).toEqual([])
  })

  it('gives spans that hold what they say', () => {
    const text = '前言。“两件实事”：一是建书屋10个；二是助学30名。后语。'
    const [list] = extractLists(text)
    expect(textAt(text, list!.span)).toBe('一是建书屋10个；二是助学30名')
    expect(textAt(text, list!.items[1]!.span)).toBe('二是助学30名')
  })
})
