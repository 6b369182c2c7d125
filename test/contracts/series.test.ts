/** Recurring tasks over a year of a fake clock. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskSeries } from '../../src/domain/task.ts'
import { openStore } from '../../src/storage/sql/open-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { continueSeries } from '../../src/tasks/continue-series.ts'
import { recordChange } from '../../src/tasks/record-change.ts'
import { workCalendar } from '../../src/text/working-days.ts'

const by = { kind: 'person', personId: 'li', name: '李明' } as const
const calendar = workCalendar([])

describe('a series', () => {
  let store: Store
  beforeEach(async () => {
    store = await openStore({})
  })
  afterEach(() => store.close())

  const begin = (phrase: string, more: Partial<TaskSeries> = {}) =>
    store.tasks.saveSeries({
      id: 'series-1',
      setup: {
        title: '报经费',
        assignees: [{ kind: 'person', personId: 'li' }],
        startsOn: Temporal.PlainDate.from('2026-01-20'),
        readableBy: 'cadres',
      },
      rule: '',
      phrase,
      startsOn: Temporal.PlainDate.from('2026-01-20'),
      createdBy: by,
      ...more,
    })
  const run = (on: string) => {
    const ref = Temporal.PlainDateTime.from(`${on}T08:00`)
    const now = ref.toZonedDateTime('Asia/Shanghai').toInstant()
    return continueSeries({
      store,
      now,
      context: { ref, calendar },
      onScheduleChanged: async () => {},
    })
  }
  const days = async () =>
    (await store.tasks.find({ seriesId: 'series-1', limit: 100 })).map(
      ({ deadline }) => `${deadline?.dueOn}`,
    )

  it('comes every month, the last day where a month is short, and skips none', async () => {
    await begin('每月31日前')
    for (
      let day = Temporal.PlainDate.from('2026-01-20');
      day.year < 2027;
      day = day.add({ days: 5 })
    ) {
      await run(day.toString())
    }
    const all = await days()
    expect(all.slice(0, 4)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'])
    expect(all.length).toBeGreaterThanOrEqual(12)
    expect(all.length).toBeLessThanOrEqual(14)
  })

  it('makes no occurrence twice', async () => {
    await begin('每月5日前')
    await run('2026-01-20')
    const first = await days()
    await run('2026-01-20')
    expect(await days()).toEqual(first)
    expect(first).toEqual(['2026-02-05'])
  })

  it('catches up after a long time without making up for days that are over', async () => {
    await begin('每周五前')
    await run('2026-01-20')
    await run('2026-06-01')
    expect((await days()).filter((day) => day > '2026-03-01' && day < '2026-06-01')).toEqual([])
    expect((await days()).at(-1)).toBe('2026-07-03')
  })

  it('is not moved by completing one of it', async () => {
    await begin('每月5日前')
    await run('2026-01-20')
    const [task] = await store.tasks.find({ seriesId: 'series-1', limit: 1 })
    const at = Temporal.Instant.from('2026-01-25T00:00:00Z')
    const context = { actor: by, at, today: Temporal.PlainDate.from('2026-01-25'), basis: 'test' }
    const ledger = { store, onScheduleChanged: async () => {} }
    await recordChange(task!.id, { kind: 'completed' }, context, ledger)
    await run('2026-02-06')
    expect(await days()).toEqual(['2026-02-05', '2026-03-05'])
  })

  it('ends on its last day', async () => {
    await begin('每月5日前', { endsOn: Temporal.PlainDate.from('2026-02-28') })
    await run('2026-01-20')
    await run('2026-02-10')
    expect(await days()).toEqual(['2026-02-05'])
  })
})
