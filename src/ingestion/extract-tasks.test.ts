import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import divisions from '../../data/divisions.json' with { type: 'json' }
import type { DocumentReading } from '../domain/document.ts'
import type { TaskProposal } from '../domain/task.ts'
import { createGazetteer } from '../text/gazetteer.ts'
import { findQuantities } from '../text/parse-number.ts'
import { createTokenizer } from '../text/tokenize.ts'
import { ingestDocument } from './ingest-document.ts'

const options = { tokenizer: createTokenizer(), gazetteer: createGazetteer(divisions) }
const ingest = (text: string): Promise<DocumentReading> =>
  ingestDocument({ fileName: 'a.txt', bytes: new TextEncoder().encode(text) }, options)
const fixture = (name: string) =>
  ingest(readFileSync(new URL(`../../test/fixtures/tasks/${name}`, import.meta.url), 'utf8'))
/** 「title | owner | words → day | figure」, empty parts left out. */
const line = ({ title, owner, deadline, target }: TaskProposal) =>
  [
    title,
    owner,
    deadline && `${deadline.phrase}${deadline.dueOn ? ` → ${deadline.dueOn}` : ''}`,
    target && `${target.bound} ${target.value}${target.unit}`,
  ]
    .filter(Boolean)
    .join(' | ')
const figuresIn = (quote: string) => findQuantities(quote).map(({ value }) => value)
const lines = async (name: string) => (await fixture(name)).proposals.map(line)

describe('extractTasks', () => {
  it('takes what announces numbered lines for no task, but its day and its owner for theirs', async () => {
    const { proposals } = await ingest(`云岭市总工会2026年工作安排
2026年1月16日

会议听取了一季度工作进展。各县区总工会要抓好以下工作,年底前完成:

1. 新建职工书屋24个,6月底前完成。
2. 慰问困难职工800户。`)

    expect(proposals.map(line)).toEqual([
      '新建职工书屋24个 | 各县区总工会 | 6月底前 → 2026-06-30 | exact 24个',
      '慰问困难职工800户 | 各县区总工会 | 年底前 → 2026-12-31 | exact 800户',
    ])
  })

  it('takes the last line of a document, which tells of its printing, for no task', async () => {
    const { proposals } = await ingest(`关于开展送温暖活动的通知

各县区总工会:
请于2026年1月20日前报送慰问名单。

抄送:市委办公室。
云岭市总工会办公室  2026年1月5日印发
云岭市总工会办公室2026年1月5日印发`)

    expect(proposals.map(line)).toEqual([
      '2026年1月20日前报送慰问名单 | 2026年1月20日前 → 2026-01-20',
    ])
  })

  it('holds the dates of a plan for several years against its day and its end', async () => {
    const { proposals } = await ingest(`---
title: 某市工会驿站三年行动方案(2025—2027年)
issued_on: 2025-03-05
---
三年内新建工会驿站150个。各县区总工会4月30日前报送摸底台账。`)

    expect(proposals.map(({ deadline }) => deadline?.dueOn?.toString())).toEqual([
      '2027-12-31',
      '2025-04-30',
    ])
  })

  it('reads a notice: who, what, by when, how much', async () => {
    expect(await lines('notice-stations.txt')).toEqual([
      '2026年新建工会驿站45座 | exact 45座',
      '改造提升老旧驿站20座以上 | 10月底前 → 2026-10-31 | at-least 20座',
      '全市街道(乡镇)驿站覆盖率达到90%以上 | 到2027年 → 2027-12-31 | at-least 90%',
      '3月20日前完成辖区驿站摸排 | 各县区总工会 | 3月20日前 → 2026-03-20',
      '因地制宜配备饮水、休息、充电、急救等设施',
      '落实站长负责制 | 属地街道工会 | 每周 | at-least 1次',
      '“五一”前开展一次集中服务月活动 | “五一”前 → 2026-04-30',
      '第三季度组织免费体检3000人次 | 第三季度 → 2026-09-30 | exact 3000人次',
      '每季度首月10日前报送上季度建设进度 | 各县区总工会 | 每季度首月10日前',
      '12月5日前报送全年总结 | 各县区总工会 | 12月5日前 → 2026-12-05',
      '牵头开展督导 | 市总工会权益保障部 | 近期',
      '将联络员名单报市总工会权益保障部 | 各单位 | 自收到本通知之日起10个工作日内',
    ])
  })

  it('reads a year plan with its list of deeds, and leaves last year’s results out', async () => {
    const titles = await lines('plan-county.txt')
    expect(titles).toEqual(
      expect.arrayContaining([
        '6月底前完成百人以上企业建会排查 | 6月底前 → 2025-06-30',
        '11月底前建会率达到85%以上 | 11月底前 → 2025-11-30 | at-least 85%',
        '建设职工书屋12家 | exact 12家',
        '开展“送清凉”活动,慰问一线职工5000人次 | exact 5000人次',
        '9月份举办全县职工职业技能大赛 | 经济技术部 | 9月份 → 2025-09-30',
        '春节前完成困难职工走访 | 各乡镇工会 | 春节前 → 2025-01-28',
      ]),
    )
    expect(titles.join()).not.toMatch(/52|3600/)
    expect(titles).toHaveLength(15)
  })

  it('reads what a meeting tells people to do, not what it heard', async () => {
    expect(await lines('meeting-city.txt')).toEqual([
      '扎实开展“夏送清凉”活动 | 各级工会 | 8月底前 → 2025-08-31',
      '节前完成决赛筹备 | 节前',
      '持续推进集体协商“要约行动” | 年底前 → 2025-12-31 | exact 200份',
      '9月15日前完成上半年预算执行情况自查 | 财务资产部 | 9月15日前 → 2025-09-15',
      '尽快整改巡察发现的问题 | 财务资产部 | 尽快',
    ])
  })

  it('reads the row of demands of a province’s meeting, each limit with its own clause', async () => {
    expect(await lines('meeting-province.txt')).toEqual([
      '强化思想引领,深入开展“中国梦·劳动美”主题宣传,全年举办劳模工匠进校园活动不少于200场 | at-least 200场',
      '深化产业工人队伍建设改革,6月底前制定出台三年行动方案 | 6月底前 → 2026-06-30',
      '培育产改示范企业100家 | exact 100家',
      '提升维权服务质效,第一季度完成困难职工档案动态核查 | 第一季度 → 2026-03-31',
      '“五一”前推动建成新就业形态劳动者法律服务点60个 | “五一”前 → 2026-04-30 | exact 60个',
      '推进智慧工会建设,年内实现省市县三级数据互联互通 | 年内 → 2026-12-31',
      '2月10日前制定本地区落实方案报省总工会办公室 | 各市(地)总工会 | 2月10日前 → 2026-02-10',
      '每月底前报送重点工作进展情况 | 各市(地)总工会 | 每月底前',
      '加强督导 | 省总工会机关各部门 | 适时',
    ])
  })

  it('gives what a numbered line says at its end to every task of the line', async () => {
    const found = await lines('plan-deeds.txt')
    expect(found).toHaveLength(10)
    expect(found.slice(0, 2)).toEqual([
      '举办“春风行动”专场招聘会30场 | 市总工会权益保障部 | 4月底前 → 2026-04-30 | exact 30场',
      '提供就业岗位2万个 | 市总工会权益保障部 | 4月底前 → 2026-04-30 | exact 20000个',
    ])
  })

  it('gives the period of a heading to the work under it, and no task for standards or exhortations', async () => {
    expect(await lines('notice-schooling.txt')).toEqual([
      '组织申报 | 各镇(街道)总工会 | 7月1日至7月25日 → 2026-07-25',
      '对申报材料进行审核 | 区总工会 | 7月26日至8月10日 → 2026-08-10',
      '将助学金发放到职工本人银行卡 | 区总工会 | 8月20日前 → 2026-08-20',
      '7月28日17:00前将《申请表》一式两份报区总工会权益保障部 | 7月28日17:00前 → 2026-07-28',
    ])
  })

  it('takes from news what a union plans and orders, not what it has done', async () => {
    expect(await lines('news-cooling.txt')).toEqual([
      '全市各级工会计划投入资金600万元 | exact 6000000元',
      '走访企业和工地800个 | exact 800个',
      '慰问一线职工6万人次 | exact 60000人次',
      '督促企业落实高温津贴制度 | 各级工会',
    ])
  })

  it('finds no task in news of what was done', async () => {
    expect(await lines('news-visit.txt')).toEqual([])
  })

  it.each(['notice-stations.txt', 'plan-county.txt', 'meeting-city.txt'])(
    'invents nothing in %s: every word is in the text',
    async (name) => {
      const { text, proposals } = await fixture(name)
      for (const { span, quote, owner, deadline, target } of proposals) {
        expect(text.slice(span.start, span.end)).toBe(quote)
        expect(text).toContain(owner ?? '')
        expect(text).toContain(deadline?.phrase ?? '')
        if (target) expect(figuresIn(quote)).toContain(target.value)
      }
    },
  )

  it('says when a list has fewer items than the text promises', async () => {
    const { warnings } = await ingest(
      '某市总工会2025年工作要点\n办好五件实事:一是新建书屋3个;二是慰问职工500名;三是开展培训2场;四是新建驿站6座。',
    )
    expect(warnings.map(({ message }) => message).join()).toContain('文中称五件，识别到四件')
  })

  it('gives two rates that share one figure a task each', async () => {
    const { proposals } = await ingest(
      '某市总工会2025年工作要点\n年底前企业建会率、职工入会率均达到90%以上。',
    )
    expect(proposals.map(line)).toEqual([
      '企业建会率达到90%以上 | 年底前 → 2025-12-31 | at-least 90%',
      '职工入会率达到90%以上 | 年底前 → 2025-12-31 | at-least 90%',
    ])
    expect(proposals[0]?.deadline?.inferredFrom).toContain('2025')
  })

  it('makes a task for each limit of a row of them', async () => {
    const { proposals } = await ingest(
      '某市总工会2025年工作要点\n各县区总工会要于6月20日、11月20日前分别报送半年和全年总结。',
    )
    expect(proposals.map(({ deadline }) => deadline?.dueOn?.toString())).toEqual([
      '2025-06-20',
      '2025-11-20',
    ])
  })

  it('gives no day where the document has no date of its own', async () => {
    const { proposals } = await ingest('关于报送材料的通知\n请各单位于6月20日前报送工作总结。')
    expect(proposals[0]?.deadline).toEqual({ phrase: '6月20日前' })
  })
})
