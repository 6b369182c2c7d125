import { describe, expect, it } from 'vitest'
import { textAt } from '../domain/span.ts'
import { extractFacts } from './extract-facts.ts'

const facts = (text: string) =>
  extractFacts(text).map(({ subject, value, unit, bound }) => `${subject} ${value}${unit} ${bound}`)

describe('extractFacts', () => {
  it.each([
    ['三是新建市级标准化职工书屋30个；', ['市级标准化职工书屋 30个 exact']],
    ['二是为1万名职工办理互助补充保险；', ['职工办理互助补充保险 10000名 exact']],
    [
      '年底全市法人单位建会率、职工入会率均达到85%以上。',
      ['法人单位建会率 85% at-least', '职工入会率 85% at-least'],
    ],
    ['在城区20处工会驿站领水。', ['工会驿站领水 20处 exact']],
    ['活动参与者已突破12000人次。', ['活动参与者 12000人次 at-least']],
    [
      '依托323个职工之家、11个司机之家、198个驿站。',
      ['职工之家 323个 exact', '司机之家 11个 exact', '驿站 198个 exact'],
    ],
    ['总投资3.12亿元。', ['总投资 312000000元 exact']],
    [
      '建成职工书屋1.5万余家，服务职工900多万人。',
      ['职工书屋 15000家 about', '服务职工 9000000人 about'],
    ],
    ['入会率达到八成五。', ['入会率 85% exact']],
    ['救助困难职工家庭五千户。', ['救助困难职工家庭 5000户 exact']],
    ['帮扶资金不少于50万元。', ['帮扶资金 500000元 at-least']],
    ['每人补助不超过2000元。', ['每人补助 2000元 at-most']],
    [
      '设一等奖2名、二等奖4名、三等奖8名。',
      ['一等奖 2名 exact', '二等奖 4名 exact', '三等奖 8名 exact'],
    ],
  ])('reads 「%s」', (text, expected) => {
    expect(facts(text)).toEqual(expected)
  })

  it.each([
    '围绕全市“十大工程”开展竞赛',
    '建设“新双15工程”',
    '拨打12351职工热线',
    '2014年3月13日上午9点30分',
    '根据总工办〔2016〕36号文件',
    '第3次全委会议',
    '电话0933-8223456',
    '八件实事和六抓六突破',
    '数万人参加,千家企业行动',
    '实行“1+4”标准',
    '会议室在3楼305',
    '承德县八家乡',
    '分辨率1024*768',
  ])('reads no figure in 「%s」', (text) => {
    expect(facts(text)).toEqual([])
  })

  it('points at the clause and at the figure alone', () => {
    const text = '全年目标明确,新建书屋30个,送演出20场。'
    const [first] = extractFacts(text)
    expect(textAt(text, first!.span)).toBe('新建书屋30个')
    expect(textAt(text, first!.valueSpan)).toBe('30个')
  })

  it('takes the year from the clause, else from the document', () => {
    expect(extractFacts('2025年会员超30万人', 2023)[0]?.year).toBe(2025)
    expect(extractFacts('会员超30万人', 2023)[0]?.year).toBe(2023)
    expect(extractFacts('会员超30万人')[0]?.year).toBeUndefined()
  })

  it('marks a figure beside a lost character as damaged', () => {
    expect(extractFacts('颁发奖章?0个')[0]?.damaged).toBe(true)
    expect(extractFacts('颁发奖章50个')[0]?.damaged).toBe(false)
  })

  it('reads tables by row and column, with the unit from the header', () => {
    const text =
      '事项 | 数量(个) | 金额(万元) | 时限\n职工书屋 | 30 | 15 | 2026年底\n驿站 | 12 | 8.5 | 9月'
    expect(facts(text)).toEqual([
      '职工书屋 30个 exact',
      '职工书屋 150000元 exact',
      '驿站 12个 exact',
      '驿站 85000元 exact',
    ])
  })
})
