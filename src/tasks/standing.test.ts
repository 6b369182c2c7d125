import { describe, expect, it } from 'vitest'
import { buildTask } from '../../test/support/build-task.ts'
import type { Target, Task } from '../domain/task.ts'
import { sayDeadline, sayStanding } from './describe-task.ts'
import { standingOf } from './standing.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const rooms: Target = { value: 30, bound: 'exact', unit: '个' }

/** Counts from 1 January to 31 December 2026. */
function task(reached: number | undefined, target: Target | undefined = rooms): Task {
  const at = Temporal.Instant.from('2026-06-01T00:00:00Z')
  const by = { kind: 'person', personId: 'li', name: '李明' } as const
  const unit = target?.unit ?? '个'
  return buildTask({
    title: '新建职工书屋',
    startsOn: day('2026-01-01'),
    deadline: { phrase: '年底', dueOn: day('2026-12-31') },
    ...(target && { target }),
    progress: reached === undefined ? [] : [{ value: reached, unit, by, at }],
  })
}

describe('standingOf', () => {
  it.each([
    [0, '2026-01-01', 'blue'],
    [14, '2026-07-01', 'yellow'],
    [15, '2026-07-01', 'blue'],
    [12, '2026-12-24', 'yellow'],
    [29, '2026-12-31', 'yellow'],
    [30, '2026-12-31', 'blue'],
    [30, '2027-01-01', 'red'],
    [undefined, '2026-02-01', 'yellow'],
  ] as const)('of %s rooms of 30 on %s is %s', (reached, today, colour) => {
    expect(standingOf(task(reached), day(today)).colour).toBe(colour)
  })

  it('goes by the days when there is no figure', () => {
    const plain = buildTask({ deadline: { phrase: '', dueOn: day('2026-12-31') } })
    expect(standingOf(plain, day('2026-12-23')).colour).toBe('blue')
    expect(standingOf(plain, day('2026-12-24')).colour).toBe('yellow')
    expect(standingOf(plain, day('2027-01-01')).colour).toBe('red')
  })

  it('is red above a figure that must not be exceeded, and blue below it', () => {
    const limit: Target = { value: 5, bound: 'at-most', unit: '%' }
    expect(standingOf(task(6, limit), day('2026-07-01')).colour).toBe('red')
    expect(standingOf(task(5, limit), day('2026-07-01')).colour).toBe('blue')
  })

  it('has no colour once the task is closed', () => {
    const done = { ...task(12), status: 'completed' } as const
    expect(standingOf(done, day('2027-03-01')).colour).toBeUndefined()
    expect(sayStanding(done, day('2027-03-01'))).toBe('已办结 · 12/30个')
  })
})

describe('a task in words', () => {
  it('says colour, figure and days', () => {
    expect(sayStanding(task(12), day('2026-12-24'))).toBe('黄 · 12/30个 · 还有7天')
    expect(sayStanding(task(undefined), day('2026-12-31'))).toBe('黄 · 0/30个 · 今天到期')
    expect(sayStanding(task(12), day('2027-01-03'))).toBe('红 · 12/30个 · 逾期3天')
  })

  it('never shows a vague limit as a day, and says what is inferred', () => {
    const today = day('2026-12-24')
    expect(sayDeadline({ deadline: { phrase: '近期' } }, today)).toBe('「近期」（未明确日期）')
    expect(sayDeadline({}, today)).toBe('未明确时限')
    const inferred = { phrase: '', dueOn: day('2026-12-31'), inferredFrom: '计划年度' }
    expect(sayDeadline({ deadline: inferred }, today)).toBe('12月31日（由计划年度推定）')
    expect(sayDeadline({ deadline: { phrase: '', dueOn: day('2027-01-04') } }, today)).toBe(
      '2027年1月4日',
    )
  })
})
