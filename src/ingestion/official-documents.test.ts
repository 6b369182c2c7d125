/** Documents of the shapes that offices write, in our own words: what each is read as. */
import { describe, expect, it } from 'vitest'
import divisions from '../../data/divisions.json' with { type: 'json' }
import { createGazetteer } from '../text/gazetteer.ts'
import { createTokenizer } from '../text/tokenize.ts'
import { ingestDocument } from './ingest-document.ts'

const options = { tokenizer: createTokenizer(), gazetteer: createGazetteer(divisions) }
const read = (text: string) =>
  ingestDocument({ fileName: '文件.txt', bytes: Buffer.from(text) }, options)
const figures = ({ facts }: Awaited<ReturnType<typeof read>>) =>
  facts.map(({ subject, value, unit }) => `${subject} ${value}${unit}`)

describe('a speech', () => {
  const speech = read(
    '在庆阳市总工会三届六次全委(扩大)会议上的讲话\n(2026年1月15日)\n\n同志们:\n这次会议的主要任务是,总结2025年工作,安排2026年工作。\n一、2025年工作取得新成效\n全市新建工会组织210家。\n二、2026年重点抓好三件事\n第一,抓组建。新发展会员不少于8000人。\n第二,抓帮扶。救助困难职工1500户。\n第三,抓阵地。新建工会驿站20个。\n',
  )

  it('is dated by the day under its title and speaks for the year it plans', async () => {
    const { metadata } = await speech
    expect(metadata).toMatchObject({ kind: 'meeting-report', planYear: 2026 })
    expect(metadata.issuedOn?.on.toString()).toBe('2026-01-15')
  })

  it('names its list by the words, not by the end of a year', async () => {
    const { lists } = await speech
    expect(lists.at(-1)).toMatchObject({ title: '三件事', declaredCount: 3 })
  })
})

describe('the minutes of a meeting', () => {
  const minutes = read(
    '庆阳市总工会主席办公会议纪要\n〔2026〕3号\n时间:2026年3月10日上午9:00\n地点:市总工会三楼会议室\n会议议定事项如下:\n一、会议同意新建工会驿站20个,每个补助2万元。\n二、会议决定新建职工书屋15个。\n',
  )

  it('have a number and the day of the meeting', async () => {
    const { metadata } = await minutes
    expect(metadata).toMatchObject({ kind: 'meeting-report', number: '〔2026〕3号' })
    expect(metadata.issuedOn?.on.toString()).toBe('2026-03-10')
  })

  it('say for what each sum is given', async () => {
    const read = await minutes
    expect(figures(read)).toContain('工会驿站每个补助 20000元')
    expect(read.lists.map(({ title }) => title)).toEqual(['会议议定事项'])
  })
})

describe('a measure', () => {
  const measure = read(
    '庆阳市困难职工帮扶资金使用管理办法(试行)\n(2024年3月5日庆阳市总工会三届五次常委会审议通过)\n\n第一章 标准\n第一条 生活救助每户每年不超过3000元。\n第二条 医疗救助按照以下标准执行:\n(一)个人自付1万元以下的,救助1000元;\n(二)个人自付1万元至3万元的,救助3000元;\n(三)个人自付3万元以上的,救助5000元。\n第二章 附则\n第三条 本办法自2024年4月1日起施行,有效期五年。原《庆阳市困难职工帮扶办法》同时废止。\n',
  )

  it('holds from and to the days its last article gives', async () => {
    const { metadata } = await measure
    expect(metadata.kind).toBe('measure')
    expect([metadata.validity.from, metadata.validity.to].map(String)).toEqual([
      '2024-04-01',
      '2029-03-31',
    ])
  })

  it('has figures without the numbers of its articles, each step with its case, no ends of ranges', async () => {
    expect(figures(await measure)).toEqual([
      '生活救助 3000元',
      '个人自付 10000元',
      '个人自付1万元以下的救助 1000元',
      '个人自付1万元至3万元的救助 3000元',
      '个人自付 30000元',
      '个人自付3万元以上的救助 5000元',
    ])
  })
})

describe('the points of a year', () => {
  it('have the items that stand numbered in one paragraph as one list, under the name above it', async () => {
    const points = await read(
      '庆阳市总工会2026年工作要点\n\n一、办好五件实事\n1.为2万名职工办理互助保障。2.新建职工书屋15个。3.建设工会驿站20个。4.救助困难职工1500户。5.组织疗休养500人次。\n二、加强引领\n1.开展宣讲50场次。\n2.组织进校园活动3场。\n',
    )
    expect(points.lists).toMatchObject([
      { items: { length: 2 } },
      { title: '五件实事', declaredCount: 5, items: { length: 5 } },
      { items: [{ text: '开展宣讲50场次' }, { text: '组织进校园活动3场' }] },
    ])
    expect(figures(points)).toContain('工会驿站 20个')
  })
})

describe('a text with lost signs', () => {
  it.each([
    ['活动于1011日举行。', '1011日'],
    ['请于831日前报名。', '831日'],
    ['授予奖章5?个。', '5?'],
    ['表彰?0名职工。', '?'],
  ])('%s is doubted', async (sentence, doubted) => {
    const { warnings, text } = await read(`庆阳市总工会的通报\n${sentence}\n`)
    const [span] = warnings.filter(({ code }) => code === 'damaged_number')
    expect(text.slice(span?.span?.start, span?.span?.end)).toBe(doubted)
  })

  it.each(['自受理之日起120日内办结。', '历时365日完成。', '补助3000元。'])(
    '%s is not',
    async (sentence) => {
      const { warnings } = await read(`庆阳市总工会的通报\n${sentence}\n`)
      expect(warnings.filter(({ code }) => code === 'damaged_number')).toEqual([])
    },
  )
})
