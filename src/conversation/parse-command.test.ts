import { describe, expect, it } from 'vitest'
import { workCalendar } from '../text/working-days.ts'
import type { Command } from './command.ts'
import { parseCommand } from './parse-command.ts'

const context = {
  ref: Temporal.PlainDateTime.from('2026-11-20T10:00'),
  calendar: workCalendar([]),
}

/** The command without the parts of its date that its own tests cover. */
function read(text: string) {
  const command: Command | undefined = parseCommand(text, context)
  if (!command || !('date' in command) || !command.date) return command
  const { date, ...rest } = command
  const value = date.value
  if (value.kind === 'due' || value.kind === 'date') return { ...rest, on: value.on.toString() }
  return { ...rest, date: value.kind }
}

describe('parseCommand', () => {
  it.each([
    ['我的任务', { kind: 'my-tasks' }],
    ['看一下我的待办', { kind: 'my-tasks' }],
    ['八件实事进度', { kind: 'progress-of', subject: '八件实事' }],
    ['书屋的进展怎么样?', { kind: 'progress-of', subject: '书屋' }],
    ['我手上有哪些活', { kind: 'my-tasks' }],
    ['看看我的待办', { kind: 'my-tasks' }],
    ['我还有什么事没办', { kind: 'my-tasks' }],
    ['全部任务进展', { kind: 'my-tasks' }],
    ['书屋建得怎么样了', { kind: 'progress-of', subject: '书屋' }],
    ['是', { kind: 'yes' }],
    ['嗯嗯', { kind: 'yes' }],
    ['对的,没错', { kind: 'yes' }],
    ['没问题', { kind: 'yes' }],
    ['算了', { kind: 'no' }],
    ['先不报', { kind: 'no' }],
    ['报错了', { kind: 'no' }],
    ['不对,是13个', { kind: 'correct', rest: '13个' }],
    ['写错了,应该是13个', { kind: 'correct', rest: '13个' }],
    ['驿站总结已经交了', { kind: 'complete', subject: '驿站总结' }],
    ['总结报上去了', { kind: 'complete', subject: '总结' }],
    ['书屋的事做完了', { kind: 'complete', subject: '书屋' }],
    ['书屋不用办了', { kind: 'cancel', subject: '书屋' }],
    ['书屋这个任务作废', { kind: 'cancel', subject: '书屋' }],
    ['书屋我接了', { kind: 'accept', subject: '书屋' }],
    [
      '驿站总结能不能延到12月10日',
      { kind: 'extend', subject: '驿站总结', on: '2026-12-10', isShy: true },
    ],
    ['书屋想推迟到12月底', { kind: 'extend', subject: '书屋', on: '2026-12-31' }],
    ['书屋延期一周', { kind: 'extend', subject: '书屋', by: { amount: 1, unit: 'week' } }],
    ['书屋交给孙强办', { kind: 'transfer', subject: '书屋', to: '孙强' }],
    ['书屋让马丽负责', { kind: 'transfer', subject: '书屋', to: '马丽', isShy: true }],
    ['书屋明天再提醒', { kind: 'snooze', subject: '书屋', on: '2026-11-21' }],
    ['驿站总结过三天再提醒我', { kind: 'snooze', subject: '驿站总结', on: '2026-11-23' }],
    ['先别提醒书屋,月底再说', { kind: 'snooze', subject: '书屋', on: '2026-11-30' }],
    ['下周五提醒我交驿站总结', { kind: 'remind', title: '交驿站总结', on: '2026-11-27' }],
    ['帮我记一下12月20日开座谈会', { kind: 'remind', title: '开座谈会', on: '2026-12-20' }],
    ['每周五下午提醒我交周报', { kind: 'remind', title: '交周报', date: 'recur' }],
    ['提醒我明天上午9点开会', { kind: 'remind', title: '9:00开会', date: 'datetime' }],
    ['不对。', { kind: 'no' }],
    ['2', { kind: 'choose', index: 2 }],
    ['完成 书屋', { kind: 'complete', subject: '书屋' }],
    ['书屋办结了', { kind: 'complete', subject: '书屋' }],
    ['完成', { kind: 'complete', subject: '' }],
    ['签收', { kind: 'accept', subject: '' }],
    ['延到下周五', { kind: 'extend', subject: '', on: '2026-11-27' }],
    ['书屋延期到12月31日', { kind: 'extend', subject: '书屋', on: '2026-12-31' }],
    ['延到近期', { kind: 'extend', subject: '', date: 'vague' }],
    ['转给 权益保障部', { kind: 'transfer', subject: '', to: '权益保障部' }],
    ['把书屋转给李明办理', { kind: 'transfer', subject: '书屋', to: '李明' }],
    ['提醒我下周五前交驿站总结', { kind: 'remind', title: '交驿站总结', on: '2026-11-27' }],
    ['每月5日前报经费', { kind: 'remind', title: '报经费', date: 'recur' }],
    ['反馈 书屋:设备已经到货', { kind: 'remark', subject: '书屋', note: '设备已经到货' }],
    [
      '拆分 书屋:选点、挂牌、配书',
      { kind: 'split', subject: '书屋', parts: ['选点', '挂牌', '配书'] },
    ],
  ])('reads %s', (text, expected) => expect(read(text)).toEqual(expected))

  it.each([
    ['书屋已建12个', '书屋', 12, '个', false],
    ['书屋已建成十二个了', '书屋', 12, '个', false],
    ['书屋 12个', '书屋', 12, '个', false],
    ['12个', '', 12, '个', false],
    ['12', '', 12, '', false],
    ['书屋又建了3个', '书屋', 3, '个', true],
    ['慰问困难职工累计1.2万人', '慰问困难职工', 12000, '人', false],
    ['入会率达到83%', '入会率', 83, '%', false],
    ['入会率百分之八十三', '入会率', 83, '%', false],
    ['完成12个', '', 12, '个', false],
    ['报一下书屋进度:12个', '书屋', 12, '个', false],
    ['我们书屋又建了3个', '书屋', 3, '个', true],
    ['书屋这块现在有12家', '书屋', 12, '家', false],
    ['演出搞了8场', '演出', 8, '场', false],
    ['互助保险已办理0.8万名', '互助保险', 8000, '名', false],
  ])('reads the figure of %s', (text, subject, value, unit, added) => {
    const command = parseCommand(text, context)
    if (text === '12') expect(command).toMatchObject({ kind: 'report', value, unit })
    else expect(command).toEqual({ kind: 'report', subject, value, unit, added })
  })

  it('marks a figure that is none, and keeps the target as the speaker has it', () => {
    expect(parseCommand('书屋建了十来个', context)).toMatchObject({ value: 10, isVague: true })
    expect(parseCommand('书屋完成12/30', context)).toMatchObject({ value: 12, outOf: 30 })
  })

  it.each([
    '可以延期吗',
    '公司转型怎么办',
    '书屋建了多少?',
    '书屋建好了\uff1f',
    '书屋已建12个了吗',
    '今年要建几个书屋',
    '困难职工帮扶怎么申请',
    '你好',
    '工会驿站有什么要求',
    '各级工会要把今年新建三十个书屋和五十个驿站两项实事抓紧办好,年底前要完成验收并及时报送总结材料,不得拖延',
    '2014年3月13日印发的工作要点提出新建书屋30个',
    '',
  ])('leaves %s to be answered', (text) => expect(parseCommand(text, context)).toBeUndefined())
})
