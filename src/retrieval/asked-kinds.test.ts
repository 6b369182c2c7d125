import { describe, expect, it } from 'vitest'
import { askedKinds } from './asked-kinds.ts'

const kinds = (text: string) => askedKinds(text).map(({ kind }) => kind)

describe('askedKinds', () => {
  it.each([
    ['困难职工一户能救助多少钱?', ['money']],
    ['今年要给多少职工办互助保险?', ['count']],
    ['建会率要达到多少?', ['percent']],
    ['双流托管班几岁的孩子能报', ['age']],
    ['领水几点到几点', ['clock']],
    ['经费收缴几号截止?', ['date']],
    ['维权热线打几号', ['phone']],
    ['想设个水站,找谁联系', ['contact']],
    ['申请补助要交哪些材料', ['materials']],
    ['金秋助学怎么申请?', ['steps']],
    ['离我最近的工会驿站在哪?', ['place']],
    ['由谁牵头办', ['who']],
    ['八件实事都有哪些?', ['list']],
    ['新双15工程的15是什么意思', ['definition']],
    ['39座驿站全建成了吗', ['progress']],
    ['月收入两千五算不算困难职工?', ['eligibility']],
    ['健康档案是给谁建的', ['eligibility']],
    ['这份计划是哪个会议上定的', ['meeting']],
    ['这条消息是从哪个媒体来的', ['source']],
    ['这个通知的文号是多少', ['number']],
    ['这个办法从什么时候开始执行', ['in-force']],
    ['要上几个礼拜', ['duration']],
    ['半夜打得通吗', ['clock']],
    ['咨询热线我父母能打吗', ['eligibility']],
    ['牌子发给了谁', ['who']],
    ['跟哪个社区合伙办的', ['who']],
    ['什么样的孩子能拿', ['eligibility']],
    ['一个学生到手现金多少', ['money']],
    ['摸底是怎么操作的', ['open']],
    ['给弟兄们带了些什么', ['list']],
    ['孩子年龄有什么区别', ['age']],
    ['哪家资助的学生多', ['count']],
    ['谁多', []],
    ['哪个驿站多', ['count']],
    ['哪个一等奖多', ['count']],
    ['谁资助的学生多', ['count']],
    ['哪边收的孩子小些', ['age']],
    ['书屋有补助标准没有', ['money']],
    ['多大个地方', ['count']],
    ['报名要交钱吗', ['fee']],
    ['心理讲座多久搞一次', ['frequency']],
    ['这个班办几个月', ['duration']],
    ['省里对工会驿站有什么要求', ['open', 'open']],
    ['去疗休养自己得掏多少', ['money']],
    ['一个孩子给几千', ['money']],
    ['饮料总共值几个钱', ['money']],
    ['当初怎么想起来搞活动站的', ['reason']],
    ['通知是哪两家一块发的', ['who']],
    ['孩子们都玩了些什么', ['list']],
    ['选手给个什么名头', ['name']],
    ['展区有多大', ['count']],
    ['法治体检主要看哪几块', ['list']],
    ['发的都是些什么', ['list']],
    ['听人说已经有二十家驿站了', ['premise']],
  ])('hears what %s asks', (text, expected) => {
    expect(kinds(text)).toEqual(expected)
  })

  it('takes the first year of something for no figure a year', () => {
    expect(askedKinds('头一年一共看了多少人')).not.toMatchObject([{ per: expect.anything() }])
    expect(askedKinds('一年体检多少人')).toMatchObject([{ per: '一年' }])
  })

  it('keeps the measure word and the people that are counted', () => {
    expect(askedKinds('新建多少个职工书屋')).toMatchObject([{ unit: '个', counted: '职工书屋' }])
    expect(askedKinds('帮多少学生?')).toMatchObject([{ unit: '名', counted: '学生' }])
  })

  it('notes that a figure is asked per head or per year', () => {
    expect(askedKinds('每人发多少钱')).toMatchObject([{ kind: 'money', per: '每人' }])
    expect(askedKinds('医疗互助一年交多少钱')).toMatchObject([{ per: '一年' }])
  })

  it('tells the end of a period from its beginning', () => {
    expect(askedKinds('申请到几号截止')).toMatchObject([{ kind: 'date', edge: 'end' }])
    expect(askedKinds('从哪天开始受理')).toMatchObject([{ kind: 'date', edge: 'start' }])
  })

  it('hears that an offer may be over', () => {
    expect(kinds('免费的水现在还有得领吗')).toContain('date')
  })

  it('finds nothing asked in a statement', () => {
    expect(kinds('谢谢你')).toEqual([])
  })
})
