import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldScript } from '../text/fold-script.ts'
import { cleanText } from './clean-text.ts'

const clean = (text: string, title?: string) => cleanText(text, { knownTitle: title }).mapped.text
const BODY = '县总工会召开会议，部署今年的帮扶工作，要求各基层工会摸清困难职工底数，把好事办好。'
const MORE = '会议还研究了工会驿站建设，决定年内新建驿站12个，为户外劳动者提供休息场所。'

describe('cleanText', () => {
  it.each([
    '当前位置：首页 > 工会新闻 > 正文',
    '您现在的位置：首页>>新闻动态>>基层信息',
    '首页 | 新闻 | 公告 | 服务 | 互动',
    '首页 工会概况 政务公开 办事服务 互动交流 专题专栏',
    '分享到：微信 微博 QQ空间',
    '【打印】【关闭】【收藏】',
    '[打印本页] [关闭窗口]',
    '来源：某某日报 作者：张三 发布时间：2024-05-06 浏览次数：128次 字号：大 中 小',
    '发布日期：2024年5月6日 信息来源：办公室 阅读：1024',
    '2024-05-06 09:30 来源：某某网',
    '字号：【大】【中】【小】',
    '上一篇：某县送清凉',
    '下一篇：没有了',
    '版权所有：某某县总工会 备案号：陇ICP备12345678号',
    'Copyright 2010-2024 All Rights Reserved',
    '主办单位：某某县总工会 技术支持：某某公司 邮编：744000',
    '建议使用1024*768分辨率浏览本站',
    '浏 览 次 数 ： 2 3 8',
    '扫一扫在手机打开当前页',
    '责任编辑：李四',
    '关闭',
  ])('drops the line 「%s」 around an article', (line) => {
    expect(clean(`${line}\n${BODY}\n${MORE}`)).toBe(`${BODY}\n${MORE}`)
    expect(clean(`${BODY}\n${MORE}\n${line}`)).toBe(`${BODY}\n${MORE}`)
  })

  it.each([
    '2024年5月6日',
    '某某县总工会',
    '一、总体要求',
    '附件：困难职工申请表',
    '联系人：王主任 电话：0933-8220000',
    '来源：工人日报客户端',
    '首页展示的材料由各单位报送。',
    '请打印一式两份报送。',
  ])('keeps the line 「%s」', (line) => {
    expect(clean(`${BODY}\n${line}\n${MORE}`)).toContain(line)
  })

  it('drops related links and their numbers, and goes on with the article', () => {
    const text = `${BODY}\n相关阅读\n图解：2018年十件实事 2018-03-05\n某市5000名职工比武\n${MORE}`
    expect(clean(text)).toBe(`${BODY}\n${MORE}`)
  })

  it.each([
    `2024-05-06 10:13，正文：${BODY}`,
    `24-05-06 10:13，正文：${BODY}`,
    `05/06 10:13，正文：${BODY}`,
    `某某新闻网 » 2024-05-06 10:13，正文：${BODY}`,
    `，正文：${BODY}`,
    `${BODY}返回搜狐，查看更多 责任编辑：`,
    `${BODY}【编辑:王某】 更多精彩内容请进入国内新闻`,
    `${BODY}责编：王某`,
    `广告 夏天去哪儿玩? ×${BODY}`,
    `${BODY}（来源：某某网） 【投稿、区域合作请私信或发123#qq.com】`,
  ])('drops what an aggregator glued on: %s', (text) => {
    expect(clean(text)).toBe(BODY)
  })

  it('puts a title that is glued to the body on a line of its own, once', () => {
    const title = '某某县总工会召开帮扶工作部署会'
    expect(clean(`原标题：${title}${title} ${BODY}`)).toBe(`${title}\n${BODY}`)
    expect(clean(`${title}${BODY}`, title)).toBe(`${title}\n${BODY}`)
    expect(clean(`原标题：${title}近日，${BODY}`)).toBe(`${title}\n近日，${BODY}`)
  })

  it('keeps equal rows of a table and equal sentences of different articles', () => {
    const rows = '项目 | 数量\n书屋 | 10个\n书屋 | 10个'
    expect(clean(rows)).toBe(rows)
    const rule = '违反本办法规定骗取资金的，由同级工会责令限期退回并取消当年申请资格。'
    const law = `第一条 为了规范。${rule}\n第二条 单位审核。${rule}`
    expect(clean(law)).toBe(law)
  })

  it('cuts a passage that was pasted a second time, not one with a new figure', () => {
    expect(clean(`${BODY}${MORE}${BODY}`)).toBe(`${BODY}${MORE}`)
    const changed = MORE.replace('12个', '15个')
    expect(clean(`${MORE}${changed}`)).toBe(`${MORE}${changed}`)
  })

  it('cuts what was pasted into the middle of a sentence', () => {
    const [first = ''] = BODY.split('。')
    const long = `${first}，并且会议还研究了工会驿站建设，决定年内新建驿站，为户外劳动者提供休息场所。`
    expect(clean(`${long}甲方代表到会；${long}乙方代表也发了言。`)).toBe(
      `${long}甲方代表到会；乙方代表也发了言。`,
    )
  })

  it('mends the middle dot inside quotation marks only', () => {
    expect(clean('“中国梦o劳动美”与“职工•之家”,O型血')).toBe('“中国梦·劳动美”与“职工·之家”,O型血')
  })

  it('drops what nobody sees and records it', () => {
    const { mapped } = cleanText('工\u200b会\u202e驿\ufeff站')
    expect(mapped.text).toBe('工会驿站')
    expect(mapped.cuts.map(({ reason }) => reason)).toEqual(Array(3).fill('invisible-character'))
  })

  it('maps each character to itself or its traditional form in the original', () => {
    const unit = fc.constantFrom(
      '省',
      '總',
      '工',
      '會',
      '(huì)',
      '(kāi)',
      ' ',
      '\n',
      '\u00a0',
      '。',
      '，',
      '1',
      '分享到：',
      '\u200b',
      '“',
      '”',
      'o',
      '|',
      '[打印]',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (original) => {
        const { mapped } = cleanText(original)
        expect(mapped.offsets).toHaveLength(mapped.text.length)
        for (const [index, offset] of mapped.offsets.entries()) {
          const source = original.charAt(offset)
          const own = mapped.text.charAt(index)
          const isSpace = /\s/.test(own)
          if (!isSpace && own !== '·') expect(own).toBe(foldScript(source))
        }
      }),
    )
  })

  it('accounts for every character: it is kept, or it is in a cut', () => {
    const unit = fc.constantFrom(
      '工',
      '会',
      '(huì)',
      '\n',
      '。',
      '会议',
      '分享到：微信',
      '版权所有',
      '2024-05-06 10:00',
      '来源：',
      '　',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (original) => {
        const { mapped } = cleanText(original)
        const kept = new Set(mapped.offsets)
        const isCut = (offset: number) =>
          mapped.cuts.some((cut) => cut.original.start <= offset && offset < cut.original.end)
        for (let offset = 0; offset < original.length; offset += 1) {
          expect(kept.has(offset) || isCut(offset)).toBe(true)
        }
      }),
    )
  })
})
