/** Tasks of the ledger in people's own Feishu task lists. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copyTasks } from '../../src/assembly/copy-tasks.ts'
import type { TaskChange } from '../../src/domain/task.ts'
import { openStore } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { createTask, recordChange } from '../../src/tasks/record-change.ts'
import { type FeishuHarness, startFeishuHarness } from '../support/feishu-harness.ts'

const actor = { kind: 'person', personId: 'zhao', name: '赵主席' } as const
const context = {
  actor,
  role: 'admin',
  at: Temporal.Instant.from('2026-11-20T01:00:00Z'),
  today: Temporal.PlainDate.from('2026-11-20'),
  basis: 'test',
} as const

let harness: FeishuHarness
let store: Store
let kept: Map<string, unknown>
beforeEach(async () => {
  harness = await startFeishuHarness()
  store = await openStore({})
  kept = new Map()
  const accounts = [{ channel: 'feishu', accountId: 'ou_li' }]
  await store.people.save({ id: 'li', name: '李明', role: 'cadre', accounts })
})
afterEach(async () => {
  await harness.close()
  await store.close()
})

const ledger = () => ({ store, onScheduleChanged: async () => undefined })
const give = (id: string, status: 'draft' | 'needs-action', owner = 'li') =>
  createTask(
    id,
    {
      setup: {
        title: `事项${id}`,
        assignees: [{ kind: 'person', personId: owner }],
        deadline: { phrase: '年底前', dueOn: Temporal.PlainDate.from('2026-12-31') },
        startsOn: Temporal.PlainDate.from('2026-01-01'),
        readableBy: 'all',
      },
      status,
    },
    context,
    ledger(),
  )
const change = (id: string, what: TaskChange) => recordChange(id, what, context, ledger())
const copy = () =>
  copyTasks({
    store,
    kept: { get: async (key) => kept.get(key), set: async (key, value) => kept.set(key, value) },
    put: harness.channel.tasks.put,
    signal: AbortSignal.timeout(10_000),
  })
const copies = () => harness.platform.world.tasks.map(({ fields }) => fields)

describe('copyTasks', () => {
  it('copies what is confirmed and has somebody in Feishu, once for each change', async () => {
    await give('1', 'needs-action')
    await give('2', 'draft')
    await give('3', 'needs-action', 'nobody')
    expect(await copy()).toBe(1)
    expect(await copy()).toBe(0)
    expect(copies()).toMatchObject([
      { summary: '事项1', members: [{ id: 'ou_li' }], completed_at: '0' },
    ])
  })

  it('ticks off what was completed, and copies nothing that was over before', async () => {
    await give('1', 'needs-action')
    await copy()
    await change('1', { kind: 'completed' })
    await give('2', 'needs-action')
    await change('2', { kind: 'cancelled' })
    expect(await copy()).toBe(1)
    expect(copies()).toHaveLength(1)
    expect(Number(copies()[0]?.['completed_at'])).toBeGreaterThan(0)
  })

  it('makes no second copy when it forgot what it had copied', async () => {
    await give('1', 'needs-action')
    await copy()
    kept.clear()
    await copy()
    expect(copies()).toHaveLength(1)
  })
})
