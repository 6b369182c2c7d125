/** What the console's accounts and the log of questions promise, on every engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewAccount } from '../../src/storage/console-store.ts'
import type { QuestionRecord } from '../../src/storage/question-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { STORE_KINDS, type TestStore } from '../support/test-stores.ts'

const at = (minute: number) =>
  Temporal.Instant.from('2026-11-21T01:00:00Z').add({ minutes: minute })
const account = (name: string): NewAccount => ({
  id: `id-${name}`,
  name,
  passwordHash: 'hash',
  createdAt: at(0),
})
const question = (
  id: string,
  minute: number,
  more: Partial<QuestionRecord> = {},
): QuestionRecord => ({
  id,
  askedAt: at(minute),
  channel: 'web',
  question: '书屋要建几个？',
  role: 'worker',
  kind: 'grounded',
  documentIds: ['d1'],
  latencyMs: 3.5,
  ...more,
})

describe.each(STORE_KINDS)('the console store on $name', ({ open }) => {
  let opened: TestStore
  let store: Store
  beforeEach(async () => {
    opened = await open()
    store = opened.store
  })
  afterEach(() => opened.dispose())

  it('makes one first account, whoever tries at the same time', async () => {
    const { console: accounts } = store
    expect(await accounts.hasAccounts()).toBe(false)
    const made = await Promise.all(
      ['a', 'b', 'c'].map((name) => accounts.createFirst(account(name))),
    )

    expect(made.filter(Boolean)).toHaveLength(1)
    expect(await accounts.accounts()).toHaveLength(1)
    expect((await accounts.accounts())[0]).toMatchObject({ role: 'admin', createdAt: at(0) })
  })

  it('lets an invitation be used once, in time, for a free name', async () => {
    const { console: accounts } = store
    const invitation = { role: 'cadre' as const, expiresAt: at(15) }
    await accounts.createFirst(account('li'))
    for (const codeHash of ['one', 'late', 'taken'])
      await accounts.invite({ codeHash, ...invitation })

    expect(await accounts.claim('none', account('x'), at(1))).toBe('invalid')
    expect(await accounts.claim('late', account('x'), at(15))).toBe('invalid')
    expect(await accounts.claim('one', account('Ma'), at(1))).toBe('claimed')
    expect(await accounts.claim('one', account('y'), at(1))).toBe('invalid')
    expect(await accounts.claim('taken', { ...account('LI'), id: 'other' }, at(1))).toBe(
      'name-taken',
    )
    expect(await accounts.claim('taken', account('wang'), at(1))).toBe('claimed')
    expect(await accounts.accountByName('MA')).toMatchObject({ name: 'ma', role: 'cadre' })
  })

  it('keeps sessions until they are closed or not seen for long', async () => {
    const { console: accounts } = store
    await accounts.createFirst(account('li'))
    for (const [tokenHash, minute] of [
      ['s1', 0],
      ['s2', 5],
      ['s3', 9],
    ] as const) {
      await accounts.openSession({
        tokenHash,
        accountId: 'id-li',
        createdAt: at(minute),
        seenAt: at(minute),
      })
    }
    await accounts.touchSession('s1', at(8))
    expect((await accounts.session('s1'))?.seenAt).toEqual(at(8))
    await accounts.prune(at(6))
    expect(await accounts.session('s2')).toBeUndefined()
    await accounts.closeSessionsOf('id-li', 's1')
    expect(await accounts.session('s3')).toBeUndefined()
    await accounts.invite({ codeHash: 'c', role: 'admin', expiresAt: at(15) })
    await accounts.claim('c', account('ma'), at(1))
    expect(await accounts.removeAccount('id-li')).toBe(true)

    expect(await accounts.session('s1')).toBeUndefined()
    expect(await accounts.createFirst(account('again'))).toBe(false)
  })

  it('keeps the last admin, also when two demote or remove each other at the same moment', async () => {
    const { console: accounts } = store
    await accounts.createFirst(account('li'))
    expect(await accounts.setRole('id-li', 'cadre')).toBe(false)
    expect(await accounts.removeAccount('id-li')).toBe(false)
    expect(await accounts.setRole('id-li', 'admin')).toBe(true)
    await accounts.invite({ codeHash: 'c', role: 'cadre', expiresAt: at(15) })
    await accounts.claim('c', account('ma'), at(1))
    expect(await accounts.removeAccount('id-li')).toBe(false)

    for (let round = 0; round < 10; round += 1) {
      await accounts.setRole('id-li', 'admin')
      await accounts.setRole('id-ma', 'admin')
      const done = await Promise.all([
        store.transaction(({ console: inside }) => inside.setRole('id-li', 'cadre')),
        store.transaction(({ console: inside }) => inside.setRole('id-ma', 'cadre')),
      ])
      const admins = (await accounts.accounts()).filter(({ role }) => role === 'admin')
      expect([done.filter(Boolean).length, admins.length]).toEqual([1, 1])
    }
    await accounts.setRole('id-li', 'admin')
    await accounts.setRole('id-ma', 'admin')
    const removed = await Promise.all(['id-li', 'id-ma'].map((id) => accounts.removeAccount(id)))

    expect(removed.filter(Boolean)).toHaveLength(1)
    expect(await accounts.accounts()).toMatchObject([{ role: 'admin' }])
  })
})

describe.each(STORE_KINDS)('the question log on $name', ({ open }) => {
  let opened: TestStore
  let store: Store
  beforeEach(async () => {
    opened = await open()
    store = opened.store
  })
  afterEach(() => opened.dispose())

  it('gives back what was recorded, newest first, filtered and paged', async () => {
    const { questions } = store
    const first = question('q1', 1, {
      jurisdictionCode: '620800',
      kind: 'refused',
      reason: 'off-topic',
    })
    await questions.record(first)
    await questions.record(question('q2', 2, { kind: 'not-found' }))
    await questions.record(question('q3', 3))
    await questions.record(question('q3', 4))
    const ids = async (filter: 'all' | 'gaps' | 'unhelpful', before?: Temporal.Instant) =>
      (await questions.recent({ filter, limit: 2, ...(before && { before }) })).map(({ id }) => id)

    expect(await ids('all')).toEqual(['q3', 'q2'])
    expect(await ids('all', at(2))).toEqual(['q1'])
    expect(await ids('gaps')).toEqual(['q2'])
    expect(await questions.recent({ filter: 'all', limit: 9, before: at(2) })).toEqual([first])
  })

  it('keeps no personal number, whoever forgot to mask it', async () => {
    await store.questions.record(question('q1', 1, { question: '我是13812345678，书屋？' }))
    const [row] = await store.questions.recent({ filter: 'all', limit: 1 })

    expect(row?.question).toBe('我是[手机号]，书屋？')
  })

  it('counts, and lets the last vote stand', async () => {
    const { questions } = store
    await questions.record(question('q0', -60))
    await questions.record(question('q1', 1))
    await questions.record(question('q2', 2, { kind: 'not-found' }))
    expect(await questions.vote('q1', { helpful: true })).toBe(true)
    expect(await questions.vote('q1', { helpful: false, reason: 'outdated' })).toBe(true)
    expect(await questions.vote('none', { helpful: true })).toBe(false)

    expect(await questions.counts(at(0))).toEqual({
      asked: 2,
      grounded: 1,
      notFound: 1,
      refused: 0,
      helpful: 0,
      unhelpful: 1,
    })
    expect(await questions.recent({ filter: 'unhelpful', limit: 9 })).toMatchObject([
      { id: 'q1', vote: { helpful: false, reason: 'outdated' } },
    ])
    expect(await questions.prune(at(0))).toBe(1)
  })
})
