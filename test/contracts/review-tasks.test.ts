/** The tasks of a document confirmed on a card: one by one with corrections, or all at once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskProposal } from '../../src/domain/task.ts'
import { openStore } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { proposeTasks } from '../../src/tasks/propose-tasks.ts'
import { type CommandWorld, createCommandWorld } from '../support/command-world.ts'
import { documentReading } from '../support/document-reading.ts'

let store: Store
let world: CommandWorld

const day = (text: string) => Temporal.PlainDate.from(text)
/** The second and the third stand in one sentence; the fourth is over already. */
const PROPOSALS: readonly Omit<TaskProposal, 'span' | 'quote'>[] = [
  { title: '新建职工书屋', target: { value: 30, bound: 'exact', unit: '个' }, owner: '宣教部' },
  {
    title: '慰问困难职工',
    owner: '权益保障部',
    deadline: { phrase: '年底前', dueOn: day('2026-12-31') },
  },
  { title: '走访企业', deadline: { phrase: '近期' } },
  { title: '召开年会', deadline: { phrase: '1月底前', dueOn: day('2026-01-31') } },
]
const STARTS = [0, 20, 20, 60]

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
  const proposals = PROPOSALS.map((proposal, at) => ({
    ...proposal,
    span: { start: STARTS[at] ?? 0, end: (STARTS[at] ?? 0) + 10 },
    quote: `${proposal.title}。`,
  }))
  const { metadata } = documentReading({ metadata: { title: '2026年要点' } })
  const version = { documentId: 'plan', metadata, lists: [], proposals }
  const ledger = { store, onScheduleChanged: async () => {} }
  await proposeTasks(version, { at: world.clock.now(), today: day('2026-11-20'), ledger })
})
afterEach(() => store.close())

const open = (person = 'zhao') => world.say(person, '核对任务')
const titles = async (status: 'draft' | 'needs-action' | 'rejected') =>
  (await store.tasks.find({ statuses: [status], limit: 9 })).map(({ title }) => title).toSorted()
const last = (person = 'zhao') => JSON.stringify(world.channel.shown(person).at(-1)?.card ?? [])

describe('a review of tasks', () => {
  it('lists what was read, in the order of the text, and pings nobody', async () => {
    const said = await open()
    expect(said).toContain('4 项待核对')
    expect(said.indexOf('新建职工书屋')).toBeLessThan(said.indexOf('召开年会'))
    await world.advanceTo('2026-11-25T09:01')
    expect(world.channel.shown('qian')).toEqual([])
  })

  it('goes through them one by one: put right, thrown out, skipped', async () => {
    await open()
    await world.press('zhao', '逐项核对')
    expect(world.card('zhao')).toContain('新建职工书屋')
    expect(await world.fill('zhao', { owner: '宣教部' })).toContain('通讯录里没有')
    expect(await titles('needs-action')).toEqual([])
    expect(await world.fill('zhao', { owner: '李明', due: '2026-12-31' })).toContain('已交办')
    const [rooms] = await store.tasks.find({ statuses: ['needs-action'], limit: 9 })
    expect(rooms).toMatchObject({ assignees: [{ kind: 'person', personId: 'li' }] })
    expect(rooms?.deadline?.dueOn?.toString()).toBe('2026-12-31')

    const both = [world.card('zhao')]
    await world.press('zhao', '跳过')
    both.push(world.card('zhao'))
    expect(both.join()).toContain('慰问困难职工')
    expect(both.join()).toContain('走访企业')
    await world.press('zhao', '不是任务')
    expect(await titles('rejected')).toHaveLength(1)

    expect(world.card('zhao')).toContain('期限已经过去')
    expect(await world.fill('zhao', {})).toContain('已经过去')
    await world.press('zhao', '跳过')
    expect(world.card('zhao')).toContain('2 项待核对')
  })

  it('fills in the responsible unit of the text where it is one we know', async () => {
    await open()
    await world.press('zhao', '逐项核对')
    expect(last()).not.toContain('"required":false,"value":"宣教部"')
    const seen = [last()]
    for (let at = 0; at < 2; at += 1) {
      await world.press('zhao', '跳过')
      seen.push(last())
    }
    expect(seen.join()).toContain('"required":false,"value":"权益保障部"')
  })

  it('hands out all that can be at once, and says what is left', async () => {
    await open()
    await world.press('zhao', '逐项核对')
    await world.press('zhao', '返回清单')
    expect(await world.fill('zhao', { owner: '李明、权益保障部' })).toContain('已交办 3 项')
    expect(await titles('draft')).toEqual(['召开年会'])
    const [any] = await store.tasks.find({ statuses: ['needs-action'], limit: 1 })
    expect(any?.assignees).toHaveLength(2)
    await world.advanceTo('2026-11-20T10:05')
    expect(world.channel.shown('li').length).toBeGreaterThan(0)
  })

  it('decides each task once, however often it is pressed', async () => {
    await open()
    await world.press('zhao', '全部交办（4）')
    const before = await store.tasks.events(
      (await store.tasks.find({ statuses: ['needs-action'], limit: 1 }))[0]?.id ?? '',
    )
    await world.press('zhao', '全部交办（4）')
    const after = await store.tasks.events(before[0]?.taskId ?? '')
    expect(after).toEqual(before)
  })

  it('is for cadres, in private', async () => {
    await open()
    const values = { document: 'plan' }
    const content = { kind: 'action', name: 'review-all', values } as const
    await world.channel.arrive({ from: 'stranger', content })
    expect(await world.say('stranger', '你好')).toContain('只有工会干部')
    await world.channel.arrive({ from: 'zhao', group: 'group-1', content })
    expect(await world.say('zhao', '你好', 'group-1')).toContain('私聊')
    expect(await titles('needs-action')).toEqual([])
  })
})
