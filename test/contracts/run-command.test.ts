/** Commands as people say them, through inbox, ledger, outbox and channel. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { ANSWERED, type CommandWorld, createCommandWorld } from '../support/command-world.ts'

const ROOMS = '新建职工书屋'
const target = { value: 30, bound: 'exact', unit: '个' } as const

describe('a spoken command', () => {
  let store: Store
  let world: CommandWorld
  beforeEach(async () => {
    store = await openStore({})
    world = await createCommandWorld(store, '2026-11-20T10:00+08:00')
    await store.people.save({
      id: 'qian',
      name: '钱敏',
      role: 'cadre',
      unit: '权益保障部',
      accounts: [{ channel: 'memory', accountId: 'qian' }],
    })
    await world.give(ROOMS, { dueOn: '2026-12-31', target })
    await world.advanceTo('2026-11-20T10:01')
  })
  afterEach(() => store.close())
  const rooms = async () => (await store.tasks.byId(ROOMS))!

  it('is echoed, and saved on 「是」', async () => {
    expect(await world.say('li', '书屋已建12个')).toContain('「新建职工书屋」已完成 12/30个')
    expect((await rooms()).progress).toEqual([])
    expect(await world.say('li', '是')).toContain('已保存')
    expect((await rooms()).progress.map(({ value, by }) => [value, by.name])).toEqual([
      [12, '李明'],
    ])
  })

  it('is forgotten on 「不对」, and 「是」 alone means nothing', async () => {
    await world.say('li', '书屋已建12个')
    expect(await world.say('li', '不对')).toContain('没有保存')
    expect(await world.say('li', '是')).toBe(ANSWERED)
    expect((await rooms()).progress).toEqual([])
  })

  it('is corrected in one breath: the wrong figure is dropped, the right one echoed', async () => {
    await world.say('li', '书屋已建12个')
    expect(await world.say('li', '不对，是13个')).toContain('已完成 13/30个')
    await world.say('li', '是')
    expect((await rooms()).progress.map(({ value }) => value)).toEqual([13])
  })

  it('is about the task just echoed when it is a figure alone', async () => {
    await world.give('新建服务点', { dueOn: '2026-12-31', target })
    await world.say('li', '书屋已建12个')
    expect(await world.say('li', '13个')).toContain('「新建职工书屋」已完成 13/30个')
  })

  it('asks for an exact figure, and for the right target', async () => {
    expect(await world.say('li', '书屋建了十来个')).toContain('准确的数')
    expect(await world.say('li', '书屋完成12/50')).toContain('目标是 30个')
    expect(await world.say('li', '书屋12家')).toContain('已完成 12/30个')
  })

  it('moves a limit by a length, and is asked for politely', async () => {
    expect(await world.say('li', '书屋能不能延期一周')).toContain('改到2027年1月7日')
    expect(await world.say('li', '补助能不能延到明年')).toBe(ANSWERED)
  })

  it('takes the name of a task for its number', async () => {
    await world.give('新建服务点', { dueOn: '2026-12-31', target })
    expect(await world.say('li', '新建的12个')).toContain('哪一件')
    expect(await world.say('li', '书屋')).toContain('「新建职工书屋」已完成 12/30个')
  })

  it('accepts everything in a digest at once', async () => {
    for (const title of ['驿站', '慰问', '体检']) await world.give(title, { dueOn: '2026-12-31' })
    await world.advanceTo('2026-11-24T10:00')
    await world.advanceTo('2026-12-24T09:01')
    expect(await world.say('li', '收到')).toContain('签收 4 件事项')
    await world.say('li', '是')
    expect((await store.tasks.byId('驿站'))?.status).toBe('in-process')
  })

  it('acts once, however often its button is pressed, and says the same each time', async () => {
    await world.say('li', '书屋已建12个')
    const first = await world.press('li', '是，保存')
    expect(await world.press('li', '是，保存')).toBe(first)
    expect((await rooms()).progress).toHaveLength(1)
  })

  it('cannot be confirmed by somebody else', async () => {
    await world.say('li', '书屋已建12个', 'group-1')
    expect(await world.say('ma', '是', 'group-1')).toBe(ANSWERED)
    expect((await rooms()).progress).toEqual([])
    expect(await world.say('li', '是', 'group-1')).toContain('已保存')
  })

  it('expires after half an hour', async () => {
    await world.say('li', '书屋已建12个')
    await world.advanceTo('2026-11-20T10:32')
    expect(await world.press('li', '是，保存')).toContain('已过期')
    expect((await rooms()).progress).toEqual([])
  })

  it('may be a bare figure that answers a reminder', async () => {
    await world.advanceTo('2026-12-24T09:01')
    expect(await world.say('li', '12 个')).toContain('「新建职工书屋」已完成 12/30个')
    expect(await world.say('li', '是')).toContain('12/30个')
    expect(await world.say('li', '9')).toContain('比李明上次报的 12个 少')
  })

  it('asks about another unit instead of saving', async () => {
    expect(await world.say('li', '书屋已建12人')).toContain(
      '按「个」计数，您写的是「人」，没有保存',
    )
    expect(await world.say('li', '是')).toBe(ANSWERED)
  })

  it('points at a figure above the target, and at one below the last', async () => {
    expect(await world.say('li', '书屋已建35个')).toContain('超过了目标 30个')
    await world.say('li', '是')
    expect(await world.say('li', '书屋已建20个')).toContain('比李明上次报的 35个 少')
  })

  it('adds what was added', async () => {
    await world.say('li', '书屋已建12个')
    await world.say('li', '是')
    expect(await world.say('li', '书屋又建了3个')).toContain('15/30个（12 + 3）')
  })

  it('asks which of several tasks is meant and goes on with the one chosen', async () => {
    await world.give('更新书屋图书', { dueOn: '2026-12-31' })
    const question = await world.say('li', '完成 书屋')
    expect(question).toContain('1. ')
    const index = question.split('\n').findIndex((line) => line.includes('更新书屋图书'))
    expect(await world.say('li', String(index))).toContain('办结「更新书屋图书」')
    await world.say('li', '是')
    expect((await store.tasks.byId('更新书屋图书'))?.status).toBe('completed')
    expect((await rooms()).status).toBe('needs-action')
  })

  it('says what is missing before it closes a task that has not reached its figure', async () => {
    expect(await world.say('li', '完成 书屋')).toContain('（目标 30个，只报到 0个）')
    await world.say('li', '是')
    expect((await rooms()).status).toBe('completed')
  })

  it('asks for a day when the words give none, a past one or one that does not exist', async () => {
    expect(await world.say('li', '书屋延到近期')).toContain('没有明确到哪一天')
    expect(await world.say('li', '书屋延到2026年11月1日')).toContain('已经过去')
    expect(await world.say('li', '书屋延到2月30日')).toContain('不存在')
    expect((await rooms()).deadline?.dueOn?.toString()).toBe('2026-12-31')
  })

  it('lets the leader extend at once and the owner only with the leader’s word', async () => {
    expect(await world.say('li', '书屋延到1月15日')).toContain('申请')
    expect(await world.say('li', '是')).toContain('同意之前按原时限')
    expect((await rooms()).deadline?.dueOn?.toString()).toBe('2026-12-31')
    expect(await world.press('zhao', '同意延期')).toContain('2027年1月15日')
    expect((await rooms()).deadline?.dueOn?.toString()).toBe('2027-01-15')
    await world.say('zhao', '书屋延到1月20日')
    await world.say('zhao', '是')
    expect((await rooms()).deadline?.dueOn?.toString()).toBe('2027-01-20')
  })

  it('hands a task to a department whose people then hear of it', async () => {
    expect(await world.say('li', '把书屋转给权益保障部')).toContain('转给权益保障部办理')
    await world.say('li', '是')
    await world.advanceTo('2026-11-20T10:05')
    expect((await rooms()).assignees).toEqual([{ kind: 'unit', unit: '权益保障部' }])
    expect(world.channel.shown('qian')).toHaveLength(1)
    expect(await world.say('qian', '我的任务')).toContain('新建职工书屋')
    expect(await world.say('li', '把书屋转给不存在的部')).toContain('不由您负责')
    expect(await world.say('qian', '转给 不存在的部')).toContain('通讯录里没有')
  })

  it('is refused to whoever is not responsible, and left to be answered for a stranger', async () => {
    expect(await world.say('ma', '书屋已建12个')).toContain('不由您负责')
    expect(await world.say('stranger', '书屋已建12个')).toBe(ANSWERED)
    expect(await world.say('stranger', '完成 书屋')).toBe(ANSWERED)
  })

  it('notes a task for oneself', async () => {
    expect(await world.say('li', '提醒我下周五前交驿站总结')).toContain(
      '11月27日（星期五）前交驿站总结',
    )
    await world.say('li', '是')
    expect(await world.say('li', '我的任务')).toContain('交驿站总结')
    await world.advanceTo('2026-11-26T09:01')
    expect(JSON.stringify(world.channel.shown('li').at(-1))).toContain('交驿站总结')
  })

  it('begins a series', async () => {
    expect(await world.say('li', '每月5日前报经费')).toContain('下一次是12月5日')
    expect(await world.say('li', '是')).toContain('每月5日前')
    expect((await store.tasks.series()).map(({ setup }) => setup.title)).toEqual(['报经费'])
  })

  it('shows the progress of a promise to everybody', async () => {
    await world.say('li', '书屋已建12个')
    await world.say('li', '是')
    expect(await world.say('stranger', '书屋进度')).toContain('12/30个')
    expect(await world.say('stranger', '书屋进度')).toContain('李明11月20日报')
    expect(await world.say('stranger', '没有的事进度')).toBe(ANSWERED)
  })

  it('keeps what is one’s own out of a group', async () => {
    expect(await world.say('li', '我的任务', 'group-1')).toContain('私聊')
  })

  it('signs for a task and puts a reminder off by one tap', async () => {
    await world.press('li', '签收')
    expect((await rooms()).status).toBe('in-process')
    await world.advanceTo('2026-12-24T09:01')
    expect(await world.press('li', '延后')).toContain('要延到哪一天')
    expect(await world.press('li', '明天再提醒')).toContain('到时再提醒')
    await world.advanceTo('2026-12-25T09:01')
    const shown = world.channel.shown('li').map((message) => JSON.stringify(message))
    expect(shown).toHaveLength(7)
    expect(shown.at(-1)).toContain('还有6天')
  })

  it('cannot be forged by pressing a button one was never shown', async () => {
    const values = { task: ROOMS }
    await world.channel.arrive({
      from: 'ma',
      content: { kind: 'action', name: 'task-complete', values },
    })
    expect(await world.say('ma', '你好')).toContain('不由您负责')
    expect((await rooms()).status).toBe('needs-action')
  })
})
