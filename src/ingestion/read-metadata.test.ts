import { describe, expect, it } from 'vitest'
import divisions from '../../data/divisions.json' with { type: 'json' }
import { createGazetteer } from '../text/gazetteer.ts'
import { readMetadata } from './read-metadata.ts'

const gazetteer = createGazetteer(divisions)
const read = (text: string, more: object = {}) =>
  readMetadata({ text, chrome: [], frontMatter: {}, ...more }, gazetteer).metadata

describe('the title', () => {
  it.each([
    ['某县总工会启动“送清凉”活动\n8月1日，某县总工会启动活动。', '某县总工会启动“送清凉”活动'],
    [
      '崇信县总工会文件\n崇工发〔2024〕3号\n关于做好2024年元旦春节\n送温暖工作的通知\n各基层工会：\n正文。',
      '关于做好2024年元旦春节送温暖工作的通知',
    ],
    [
      '平凉市总工会\n关于开展职工技能大赛的通知\n各县区总工会：正文。',
      '平凉市总工会关于开展职工技能大赛的通知',
    ],
    ['# 职工书屋管理办法\n\n## 第一章\n正文', '职工书屋管理办法'],
    [
      '本报讯（记者 张三）8月1日，平凉市总工会启动送清凉活动。活动持续一周。',
      '8月1日，平凉市总工会启动送清凉活动',
    ],
  ])('of %j is %s', (text, title) => {
    expect(read(text).title).toBe(title)
  })

  it('loses the name of the site that a page adds', () => {
    expect(read('正文。', { titleHint: '县总工会启动送清凉_工会动态_某某网' }).title).toBe(
      '县总工会启动送清凉',
    )
  })
})

describe('the date of issue', () => {
  it.each([
    [['发布时间：2023-07-24 10:19来源：本站'], '正文。', '2023-07-24'],
    [['2023年7月24日 10:19'], '正文。', '2023-07-24'],
    [['23-07-24 05:42，正文：'], '正文。', '2023-07-24'],
    [['版权所有 2008-2023', '2023/7/4 8:00:00'], '正文。', '2023-07-04'],
    [[], '关于某事的通知\n正文。\n某县总工会\n2022年6月30日', '2022-06-30'],
    [[], '关于某事的通知\n正文。\n某县总工会 二〇二二年六月三十日', '2022-06-30'],
    [[], '某办法\n（2021年12月3日某县总工会第三次全委会议通过）\n第一条 正文。', '2021-12-03'],
  ])('of %j and %j is %s', (chrome, text, date) => {
    expect(read(text, { chrome }).issuedOn?.on.toString()).toBe(date)
  })

  it.each([
    [['8-2 07:28，正文：'], '记者8月1日从全国总工会获悉。'],
    [[], '8月1日，县总工会启动2023年送清凉活动。'],
    [['相关阅读', '图解 2018-03-05'], '正文。'],
    [['Copyright © 2008-2011'], '正文。'],
    [['2023-02-30 10:00'], '正文。'],
  ])('of %j and %j is unknown', (chrome, text) => {
    expect(read(text, { chrome }).issuedOn).toBeUndefined()
  })

  it.each([
    ['11月20日,市总工会召开全委会议。会议强调,认真谋划2025年工会工作。', '2024-11-20'],
    ['2月20日,市总工会召开全委会议。会议强调,安排部署2025年工会工作。', '2025-02-20'],
  ])('of the meeting in %j is %s, with the words the year follows from', (text, date) => {
    const { issuedOn } = read(text)
    expect(issuedOn?.on.toString()).toBe(date)
    expect(issuedOn?.inferredFrom).toMatch(/2025年/)
  })
})

describe('the place', () => {
  it.each([
    [
      '8月17日，由贵州省总工会主办的全省“金秋助学”仪式在荔波举行。省总工会向荔波县总工会发放资金。贵州省总工会要求各地跟进。',
      '520000',
    ],
    ['北京、天津、河北三地总工会共同启动京津冀劳动竞赛。', undefined],
    ['扬州市总工会组织劳模赴安徽、浙江、四川、贵州、新疆疗休养。', '321000'],
    [
      '全国总工会下拨1500万元，支持北京、天津、河北等十二个省市工会。全国总工会要求各地落实。',
      '000000',
    ],
    ['四川省泸州市龙马潭区总工会建成驿站。龙马潭区总工会表示。', '510504'],
    ['会议强调，各级工会要抓好落实。', undefined],
  ])('of %j is %s', (text, code) => {
    expect(read(text).jurisdictionCode).toBe(code)
  })
})

describe('the kind', () => {
  it.each([
    ['关于印发《某某管理办法（试行）》的通知\n正文。', 'measure'],
    ['关于印发《2024年工作要点》的通知\n正文。', 'plan'],
    ['关于申报职工书屋的通知\n正文。', 'notice'],
    ['困难职工帮扶政策问答\n问：怎么申请？', 'faq'],
    ['某市总工会召开三届二次全委会议\n会议指出，要抓落实。', 'meeting-report'],
    ['某市总工会2014年重点工作安排\n正文。', 'plan'],
    ['某市总工会慰问环卫工人\n正文。', 'news'],
  ])('of %j is %s', (text, kind) => {
    expect(read(text).kind).toBe(kind)
  })
})

describe('number, issuer and source', () => {
  it.each([
    '总工办〔2016〕36号',
    '永工[2011]35',
    '青工办[2017]44号',
    '平工文（2019）34号',
    '院工字201830',
    '陕工发【2020】1号',
  ])('reads the number %s', (number) => {
    expect(read(`某某总工会文件\n${number}\n关于某事的通知\n正文。`).number).toBe(number)
  })

  it('does not take a cited number for its own', () => {
    expect(read('关于某事的通知\n根据总工办〔2016〕36号文件，现通知如下。').number).toBeUndefined()
  })

  it.each([
    ['平凉市总工会文件\n平工发〔2020〕1号\n关于某事的通知\n正文。', '平凉市总工会'],
    ['关于某事的通知\n正文。\n静宁县总工会办公室\n2022年6月30日', '静宁县总工会办公室'],
    ['甘肃省平凉市总工会召开会议。市总工会主席讲话。', '平凉市总工会'],
    ['全国总工会下拨资金。全国总工会要求落实。', '中华全国总工会'],
  ])('reads the issuer of %j as %s', (text, issuer) => {
    expect(read(text).issuer).toBe(issuer)
  })

  it.each([
    [['来源: 中工网'], '正文', '中工网'],
    [['来源：某某日报 作者：张三'], '正文', '某某日报'],
    [[], '正文。\n据《陕西工人报》', '《陕西工人报》'],
    [['来源：本站'], '正文', undefined],
  ])('reads the source of %j, %j as %s', (chrome, text, source) => {
    expect(read(text, { chrome }).source).toBe(source)
  })
})

describe('validity', () => {
  const validity = (text: string, issued = '2024-03-01') => {
    const found = read(text, { frontMatter: { issued_on: issued } }).validity
    return `${found.from ?? ''}..${found.to ?? ''}`
  }

  it.each([
    ['某办法\n本办法自2024年8月1日起施行，有效期三年。', '2024-08-01..2027-07-31'],
    ['某办法\n本办法自印发之日起施行，有效期至2026年12月31日。', '2024-03-01..2026-12-31'],
    ['某办法（试行）\n本办法自发布之日起施行。', '2024-03-01..'],
    ['关于申报的通知\n即日起至8月27日受理。', '2024-03-01..2024-08-27'],
    ['关于申报的通知\n集中申报时间截止到7月31日。', '2024-03-01..2024-07-31'],
    ['某县启动送清凉\n活动将持续到8月底。', '2024-03-01..2024-08-31'],
    ['某县总工会走访企业\n8月2日至4日，慰问组走访了四家企业。', '2024-03-01..'],
    ['某县免费义诊\n8月2日至4日，职工可免费参加义诊。', '2024-03-01..2024-08-04'],
    ['某县劳模疗休养\n7月至10月，分批组织劳模疗休养。', '2024-03-01..2024-10-31'],
    ['某县帮扶企业\n截至7月15日，专项行动已累计兑现资金3亿元。', '2024-03-01..'],
    ['关于大赛的通知\n报名(4月10日至4月30日)。决赛9月11日至13日举行。', '2024-03-01..2024-09-13'],
    ['关于助学的通知\n申报时间将于9月4日结束。', '2024-03-01..2024-09-04'],
    ['某市总工会2024年工作要点\n正文。', '2024-01-01..2024-12-31'],
    ['某市三年行动方案（2023—2025年）\n正文。', '2023-01-01..2025-12-31'],
    ['某县慰问职工\n正文。', '2024-03-01..'],
    ['截至目前，已有28座驿站。', '2024-03-01..'],
    ['截至5月底，全市已建会905个。', '2024-03-01..'],
  ])('of %j is %s', (text, expected) => {
    expect(validity(text)).toBe(expected)
  })
})
