/** A task's card from tap to tap: what it offers, what a tap does, and how the card looks then. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { type CommandWorld, createCommandWorld } from '../support/command-world.ts'

const ROOMS = '新建职工书屋'
const target = { value: 30, bound: 'exact', unit: '个' } as const

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
const buttonsOf = (person: string) =>
  world.channel
    .shown(person)
    .at(-1)
    ?.card?.flatMap((block) => (block.kind === 'actions' ? block.actions : []))
    .map(({ label }) => label)

describe('the card of a task', () => {
  it('shows after each tap how the task stands, and what can be done next', async () => {
    await world.press('li', '签收')
    expect(world.card('li')).toContain('已签收「新建职工书屋」')
    expect(world.card('li')).toContain('0/30个')
    expect(buttonsOf('li')).toEqual(['知道了', '报进度', '完成', '延后', '转交'])
  })

  it('takes a figure by form, with a remark, and shows it', async () => {
    await world.press('li', '报进度')
    expect(await world.fill('li', { value: '12', note: '南片已完工' })).toContain('12/30个')
    const [report] = (await rooms()).progress
    expect(report).toMatchObject({ value: 12, unit: '个', note: '南片已完工' })
    expect(world.card('li')).toContain('12/30个')
  })

  it.each([
    ['', '不是数'],
    ['很多', '不是数'],
    ['12人', '按「个」计数'],
    ['12个或13个', '不是数'],
  ])('does not save 「%s」, says why, and keeps the form open', async (value, why) => {
    await world.press('li', '报进度')
    expect(await world.fill('li', { value })).toContain(why)
    expect((await rooms()).progress).toEqual([])
    expect(await world.fill('li', { value: '十二' })).toContain('12/30个')
  })

  it('asks about a figure above the target before it is saved', async () => {
    await world.press('li', '报进度')
    expect(await world.fill('li', { value: '300' })).toContain('超过了目标')
    expect((await rooms()).progress).toEqual([])
    await world.press('li', '不对')
    expect(world.card('li')).toContain('0/30个')
    expect(buttonsOf('li')).toContain('报进度')
  })

  it('asks the leader for a later day that was picked', async () => {
    await world.press('li', '延后')
    expect(await world.fill('li', { due: '2026-11-01' })).toContain('已经过去')
    expect(await world.fill('li', { due: '' })).toContain('请选')
    expect(await world.fill('li', { due: '2027-01-15' })).toContain('已向赵主席申请')
    await world.press('zhao', '同意延期')
    expect((await rooms()).deadline?.dueOn?.toString()).toBe('2027-01-15')
  })

  it('hands the task to a person or a 单位 by name, and may be handed back', async () => {
    await world.press('li', '转交')
    expect(await world.fill('li', { to: '不存在的部' })).toContain('通讯录里没有')
    expect(await world.fill('li', { to: '钱敏' })).toContain('已转办')
    expect((await rooms()).assignees).toEqual([{ kind: 'person', personId: 'qian' }])
    expect(await world.press('li', '签收')).toContain('不由您负责')
    await world.advanceTo('2026-11-20T10:05')
    await world.press('qian', '退回')
    expect((await rooms()).assignees).toEqual([{ kind: 'person', personId: 'li' }])
  })

  it('has no buttons once the task is done', async () => {
    await world.press('li', '完成')
    expect(world.card('li')).toContain('只报到 0个')
    await world.press('li', '是，保存')
    expect((await rooms()).status).toBe('completed')
    expect(world.card('li')).toContain('已办结')
    expect(buttonsOf('li')).toEqual([])
  })

  it('opens from a digest of several, and acts', async () => {
    for (const title of ['甲事', '乙事', '丙事']) await world.give(title, { dueOn: '2026-12-31' })
    await world.advanceTo('2026-12-24T09:01')
    await world.press('li', '乙事')
    await world.press('li', '完成')
    expect((await store.tasks.byId('乙事'))?.status).toBe('completed')
  })

  it('does nothing for whoever is not responsible', async () => {
    const values = { task: ROOMS, value: '30' }
    const name = 'task-report-submit'
    await world.channel.arrive({ from: 'ma', content: { kind: 'action', name, values } })
    expect(await world.say('ma', '你好')).toContain('不由您负责')
    expect((await rooms()).progress).toEqual([])
  })
})
