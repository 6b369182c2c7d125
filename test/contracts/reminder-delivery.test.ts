/** The way of a deadline, on every engine: planned, dispatched, sent once, silent when it is over. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutboundMessage } from '../../src/domain/message.ts'
import { createReminderWorld, type ReminderWorld } from '../support/reminder-world.ts'
import { STORE_KINDS, type TestStore } from '../support/test-stores.ts'

const text = (message: OutboundMessage) => JSON.stringify(message.blocks)
const day = (on: string) => Temporal.PlainDate.from(on)

describe.each(STORE_KINDS)('reminders on $name', ({ open }) => {
  let opened: TestStore
  let world: ReminderWorld
  beforeEach(async () => {
    opened = await open()
    world = await createReminderWorld(opened.store, '2026-11-16T10:00+08:00')
  })
  afterEach(() => opened.dispose())

  const shownTo = (person: string) => world.channel.shown(person).map(text)
  const copiesTo = (person: string) => shownTo(person).filter((each) => each.includes('抄送'))

  it('go out once at each rung, in the morning, and end when the task is done', async () => {
    await world.give('书屋', { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-20T08:59')
    expect(shownTo('li')).toEqual([expect.stringContaining('交办事项')])
    await world.advanceTo('2026-11-20T09:01')
    expect(shownTo('li').at(-1)).toContain('还有7天')
    await world.change('书屋', { kind: 'completed' })
    await world.advanceTo('2026-12-31T12:00')

    expect(shownTo('li')).toHaveLength(2)
    expect(shownTo('zhao')).toEqual([])
  })

  it('go to the group of the unit too, without what only one person can press', async () => {
    const unit = '宣教部'
    const room = { channel: 'memory', accountId: 'room', kind: 'group' } as const
    const { people } = opened.store
    await people.save({ id: 'group', name: '宣教部群', role: 'worker', unit, accounts: [room] })
    const li = await people.byId('li')
    await people.save({ ...li!, unit })
    await world.give('书屋', { dueOn: '2026-11-27', unit })
    await world.advanceTo('2026-11-20T09:01')

    const [toRoom] = world.channel.wire.filter(({ to }) => to.conversationId === 'room')
    expect(toRoom?.to).toEqual({ channel: 'memory', conversationId: 'room', kind: 'group' })
    expect(shownTo('room')).toHaveLength(2)
    expect(shownTo('room').at(-1)).toMatch(/还有7天.*@我/)
    expect(shownTo('room').join()).not.toContain('actions')
    expect(shownTo('li').join()).toContain('actions')
  })

  it('tell the group nothing any more once not everybody in it may read the document', async () => {
    const unit = '宣教部'
    const room = { channel: 'memory', accountId: 'room', kind: 'group' } as const
    const { people } = opened.store
    await people.save({ id: 'group', name: '宣教部群', role: 'worker', unit, accounts: [room] })
    const li = await people.byId('li')
    await people.save({ ...li!, unit })
    await world.give('书屋', { dueOn: '2026-11-27', unit })
    await world.advanceTo('2026-11-19T12:00')
    const before = { room: shownTo('room').length, li: shownTo('li').length }
    await world.change('书屋', { kind: 'readership-changed', readableBy: 'cadres' })
    await world.advanceTo('2026-11-20T09:01')

    expect(shownTo('room')).toHaveLength(before.room)
    expect(shownTo('li')).toHaveLength(before.li + 1)
  })

  it('tell the leader after the owner when nobody answers, and not at all when somebody does', async () => {
    await world.give('书屋', { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-26T09:10')
    expect(copiesTo('zhao')).toEqual([])
    await world.advanceTo('2026-11-26T09:31')
    expect(copiesTo('zhao')).toEqual([expect.stringContaining('责任人尚未回应')])

    await world.change('书屋', { kind: 'acknowledged' })
    await world.advanceTo('2026-11-30T12:00')
    expect(copiesTo('zhao')).toHaveLength(1)
    await world.advanceTo('2026-12-07T12:00')
    expect(copiesTo('zhao').at(-1)).toContain('已逾期')
  })

  it('wait for the owner’s own reminder before the leader hears', async () => {
    await world.give('书屋', { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-26T08:59')
    world.channel.failAlways({ kind: 'server-error' })
    await world.advanceTo('2026-11-26T11:00')
    world.channel.failAlways(undefined)
    await world.advanceTo('2026-11-26T16:00')

    const order = world.channel.wire.map(({ to }) => to.conversationId)
    expect(order.slice(-2)).toEqual(['li', 'zhao'])
  })

  it('wait for the owner’s own reminder after two weeks of downtime, on a bad first try', async () => {
    await world.give('书屋', { dueOn: '2026-11-17' })
    await world.sleepThrough('2026-12-01T09:00')
    world.channel.failNext({ kind: 'server-error' })
    await world.advanceTo('2026-12-01T12:00')

    const order = world.attempts.map(({ to }) => to)
    expect(order).toEqual(['li', 'li', 'zhao'])
  })

  it('wait for the owner also when the clock goes back before the rung that is under way', async () => {
    await world.give('书屋', { dueOn: '2026-11-26' })
    world.channel.failAlways({ kind: 'server-error' })
    await world.sleepThrough('2026-12-18T09:30')
    await world.restart()
    await world.sleepThrough('2026-12-17T19:30')
    await world.restart()
    expect(world.attempts.map(({ to }) => to)).not.toContain('zhao')
    world.channel.failAlways(undefined)
    await world.advanceTo('2026-12-18T12:00')

    const reached = world.attempts.filter((attempt) => attempt.reached).map(({ to }) => to)
    expect(reached.filter((to) => to !== 'ma')).toEqual(['li', 'zhao'])
  })

  it('wait for the owner’s second channel when the first is down', async () => {
    await world.addAccount('li', { channel: 'backup', accountId: 'li-2' })
    await world.give('书屋', { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-26T08:59')
    world.channel.failNext({ kind: 'forbidden' })
    const until = Temporal.Instant.from('2026-11-26T11:00+08:00')
    world.backup.failNext({ kind: 'rate-limited', retryAt: until })
    await world.advanceTo('2026-11-26T12:00')

    const order = world.attempts.map(({ to }) => to).slice(-4)
    expect(order).toEqual(['li', 'li-2', 'li-2', 'zhao'])
  })

  it('keep their original time when downtime ends on a day off', async () => {
    await world.give('书屋', { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-19T12:00')
    await world.sleepThrough('2026-11-21T10:00')
    await world.advanceTo('2026-11-23T09:01')

    expect(shownTo('li').at(-1)).toContain('补发：原定11月20日09:00')
  })

  it('become one digest when more than two fall together', async () => {
    for (const title of ['书屋', '驿站', '慰问']) await world.give(title, { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-16T18:00')
    const notices = shownTo('li').length
    await world.advanceTo('2026-11-20T12:00')

    expect(shownTo('li').length).toBe(notices + 1)
    expect(shownTo('li').at(-1)).toContain('有 3 件事项要办')
  })

  it('come once after downtime, labelled with the time they were due', async () => {
    await world.give('书屋', { dueOn: '2026-11-27' })
    await world.give('驿站', { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-16T18:00')
    const before = shownTo('li').length
    await world.sleepThrough('2026-11-26T15:00')
    await world.advanceTo('2026-11-26T15:05')

    expect(shownTo('li')).toHaveLength(before + 1)
    const caughtUp = shownTo('li').at(-1)
    expect(caughtUp).toContain('有 2 件事项要办')
    expect(caughtUp).toContain('补发：原定11月26日09:00')
    const rungs = (await opened.store.reminders.ofTask('书屋')).filter(
      ({ rung, audience }) => rung.name === 'T-7' && audience === 'owner',
    )
    expect(rungs.map(({ state, reason }) => [state, reason])).toEqual([['suppressed', 'coalesced']])
  })

  it('leave out of a digest what was closed before it was sent', async () => {
    for (const title of ['书屋', '驿站', '慰问']) await world.give(title, { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-20T08:59')
    world.channel.failNext({ kind: 'server-error' })
    await world.advanceTo('2026-11-20T09:00')
    await world.change('驿站', { kind: 'completed' })
    await world.advanceTo('2026-11-20T09:30')

    expect(shownTo('li').at(-1)).toContain('书屋')
    expect(shownTo('li').at(-1)).not.toContain('驿站')
  })

  it('follow a task that is extended or handed on, and never speak of its old terms', async () => {
    await world.give('书屋', { dueOn: '2026-11-27' })
    await world.give('驿站', { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-19T12:00')
    const deadline = { phrase: '', dueOn: day('2026-12-15') }
    await world.change('书屋', { kind: 'extended', deadline })
    await world.change('驿站', { kind: 'transferred', to: [{ kind: 'person', personId: 'ma' }] })
    const before = shownTo('li').length
    await world.advanceTo('2026-11-27T12:00')

    const since = shownTo('li').slice(before)
    expect(since.filter((each) => each.includes('驿站'))).toEqual([])
    expect(since.every((each) => each.includes('12月15日'))).toBe(true)
    expect(shownTo('ma').at(-1)).toContain('驿站')
  })

  it('are not sent on old terms by a retry that comes after the terms changed', async () => {
    await world.give('书屋', { dueOn: '2026-11-27' })
    await world.give('驿站', { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-20T08:59')
    world.channel.failNext({ kind: 'server-error' }, { kind: 'server-error' })
    await world.advanceTo('2026-11-20T09:00')
    const deadline = { phrase: '', dueOn: day('2026-12-25') }
    await world.change('书屋', { kind: 'extended', deadline })
    await world.change('驿站', { kind: 'cancelled' })
    const before = shownTo('li').length
    await world.advanceTo('2026-11-20T20:00')

    const since = shownTo('li').slice(before)
    expect(since.filter((each) => each.includes('驿站') || each.includes('11月27日'))).toEqual([])
    expect(since).toEqual([expect.stringContaining('交办事项')])
  })

  it('stay in the queue while the platform refuses, and go when it says', async () => {
    await world.give('书屋', { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-20T08:59')
    const retryAt = Temporal.Instant.from('2026-11-20T09:20+08:00')
    world.channel.failNext({ kind: 'rate-limited', retryAt })
    await world.advanceTo('2026-11-20T09:19')
    expect(shownTo('li')).toHaveLength(1)
    await world.advanceTo('2026-11-20T09:21')
    expect(shownTo('li')).toHaveLength(2)
  })

  it('show once when the platform answers too late', async () => {
    await world.give('书屋', { dueOn: '2026-11-27' })
    await world.advanceTo('2026-11-20T08:59')
    world.channel.failNext({ kind: 'timeout-after-accept' })
    await world.advanceTo('2026-11-20T12:00')

    expect(shownTo('li')).toHaveLength(2)
    expect(world.channel.wire).toHaveLength(3)
  })

  it('go by the second channel when the first is down, and are kept as dead letters when there is none', async () => {
    await world.addAccount('li', { channel: 'backup', accountId: 'li-2' })
    await world.give('书屋', { dueOn: '2026-11-27' })
    await world.give('驿站', { dueOn: '2026-11-27', owner: 'ma' })
    await world.advanceTo('2026-11-20T08:59')
    world.channel.failAlways({ kind: 'forbidden' })
    await world.advanceTo('2026-11-20T12:00')

    expect(world.backup.shown('li-2').map(text)).toEqual([expect.stringContaining('还有7天')])
    const dead = await opened.store.outbox.list({ state: 'dead', limit: 10 })
    expect(dead.map(({ to, reason }) => [to.conversationId, reason])).toEqual(
      expect.arrayContaining([['ma', 'forbidden']]),
    )
  })

  it('say why nothing was sent to somebody who has no account', async () => {
    await opened.store.people.save({ id: 'wu', name: '吴', role: 'cadre', accounts: [] })
    await world.give('书屋', { dueOn: '2026-11-27', owner: 'wu' })
    await world.advanceTo('2026-11-20T12:00')

    const reminders = await opened.store.reminders.ofTask('书屋')
    expect(reminders.filter(({ reason }) => reason === 'no-account').length).toBeGreaterThan(0)
  })

  it('show the leader once a week what is behind, with the figure just reported', async () => {
    await world.give('书屋', {
      dueOn: '2026-12-31',
      target: { value: 30, bound: 'exact', unit: '个' },
    })
    await world.advanceTo('2026-12-27T12:00')
    await world.change('书屋', { kind: 'progress-reported', value: 12, unit: '个' })
    await world.advanceTo('2026-12-28T09:01')

    expect(shownTo('zhao').at(-1)).toContain('黄 · 12/30个 · 还有3天')
    await world.change('书屋', { kind: 'completed' })
    const before = shownTo('zhao').length
    await world.advanceTo('2027-02-28T12:00')
    expect(shownTo('zhao')).toHaveLength(before)
  })

  it('plan the same whenever and however often the planner runs', async () => {
    await world.give('书屋', { dueOn: '2026-11-27' })
    const first = await world.plan()
    expect(await world.plan()).toBe(0)
    expect(first).toBe(0)
    await world.advanceTo('2026-11-20T12:00')
    expect(await world.plan()).toBe(0)
  })
})
