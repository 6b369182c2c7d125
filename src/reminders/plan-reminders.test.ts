import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_REMINDER_POLICY as policy, type Reminder } from '../domain/reminder.ts'
import { workCalendar } from '../text/working-days.ts'
import { type PlannableTask, planReminders, withinHorizon } from './plan-reminders.ts'

const calendar = workCalendar([
  {
    year: 2026,
    basis: '示例放假安排',
    periods: [{ name: '国庆节', from: '2026-10-01', to: '2026-10-07', makeUp: ['2026-10-10'] }],
  },
])
const beijing = (dateTime: string) => Temporal.Instant.from(`${dateTime}+08:00`)
const boss = { kind: 'person', personId: 'zhao', name: '赵主席' } as const
const people = { owners: ['li'], leaders: ['zhao'] }

function task(dueOn: string, more: Partial<PlannableTask> = {}): PlannableTask {
  return {
    id: 'reading-rooms',
    status: 'needs-action',
    deadline: { phrase: '', dueOn: Temporal.PlainDate.from(dueOn) },
    scheduleRevision: 2,
    schedule: { at: beijing('2026-03-13T10:00'), cause: 'confirmed', by: boss },
    ...more,
  }
}

const local = ({ personId, rung, sendAt }: Reminder) =>
  `${personId} ${rung.name} ${sendAt.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString({ smallestUnit: 'minute' })}`
const plan = (given: PlannableTask, recipients = people) =>
  planReminders(given, recipients, policy, calendar)

describe('planReminders', () => {
  it('climbs the ladder: notice, a month, a week, a day, the day, overdue, weekly, the leader after the owner', () => {
    expect(plan(task('2026-11-27')).slice(0, 9).map(local)).toEqual([
      'li notice 2026-03-13T10:00',
      'li T-30 2026-10-28T09:00',
      'li T-7 2026-11-20T09:00',
      'li T-1 2026-11-26T09:00',
      'zhao T-1 2026-11-26T09:30',
      'li T-0 2026-11-27T09:00',
      'li O+1 2026-11-30T09:00',
      'li W1 2026-12-07T09:00',
      'zhao W1 2026-12-07T09:30',
    ])
  })

  it('moves what falls on days off earlier before the due date and later after it', () => {
    const pings = plan(task('2026-10-05'), { owners: ['li'], leaders: [] }).map(local)

    expect(pings.slice(1, 6)).toEqual([
      'li T-30 2026-09-04T09:00',
      'li T-7 2026-09-28T09:00',
      'li T-0 2026-09-30T09:00',
      'li O+1 2026-10-08T09:00',
      'li W1 2026-10-15T09:00',
    ])
  })

  it('makes two rungs that move onto one day one, and keeps the copy to the leader', () => {
    const pings = plan(task('2026-10-05')).map(local)
    expect(pings.filter((ping) => ping.includes('2026-09-30'))).toEqual([
      'li T-0 2026-09-30T09:00',
      'zhao T-0 2026-09-30T09:30',
    ])
  })

  it('does not make up for rungs from before the task was given', () => {
    const given = { at: beijing('2026-11-24T15:00'), cause: 'confirmed', by: boss } as const
    const pings = plan(task('2026-11-27', { schedule: given })).map(local)
    expect(pings.slice(0, 2)).toEqual(['li notice 2026-11-24T15:00', 'li T-1 2026-11-26T09:00'])
  })

  it('waits for the morning of a working day to tell of a task given at night', () => {
    const given = { at: beijing('2026-11-20T22:30'), cause: 'confirmed', by: boss } as const
    expect(local(plan(task('2026-12-31', { schedule: given }))[0]!)).toBe(
      'li notice 2026-11-23T09:00',
    )
  })

  it('tells nobody what they have just done themselves', () => {
    const own = { ...task('2026-12-31').schedule, by: { ...boss, personId: 'li' } }
    const names = plan(task('2026-12-31', { schedule: own })).map(({ rung }) => rung.name)
    expect(names).not.toContain('notice')
  })

  it('is silent until the moment somebody asked for, then reminds, then climbs on', () => {
    const snoozed = task('2026-11-27', {
      schedule: { at: beijing('2026-11-19T10:00'), cause: 'snoozed', by: boss },
      snoozedUntil: beijing('2026-11-25T09:00'),
    })
    expect(plan(snoozed).slice(0, 2).map(local)).toEqual([
      'li again 2026-11-25T09:00',
      'li T-1 2026-11-26T09:00',
    ])
  })

  it('follows the ladder of the theme', () => {
    const ladder = { ...policy.ladder, leadDays: [3], overdueWeeks: 0 }
    const adjusted = { ...policy, ladderByTheme: { 维权: ladder } }
    const pings = planReminders(task('2026-11-27', { theme: '维权' }), people, adjusted, calendar)
    expect(pings.map(({ rung }) => rung.name)).toEqual(['notice', 'T-3', 'O+1'])
  })

  it.each(['draft', 'proposed', 'rejected', 'completed', 'cancelled', 'superseded'] as const)(
    'plans nothing for a task that is %s',
    (status) => expect(plan(task('2026-11-27', { status }))).toEqual([]),
  )

  it('plans nothing for a task without a day', () => {
    expect(plan(task('2026-11-27', { deadline: { phrase: '近期' } }))).toEqual([])
  })

  it('lays down what is near, or else the next one alone', () => {
    const all = plan(task('2026-11-27'))
    const names = (now: string) => withinHorizon(all, beijing(now), 45).map(({ rung }) => rung.name)
    expect(names('2026-03-13T09:59')).toEqual(['notice'])
    expect(names('2026-03-13T10:00')).toEqual(['notice', 'T-30'])
    expect(names('2026-10-20T10:00').slice(0, 4)).toEqual(['notice', 'T-30', 'T-7', 'T-1'])
    expect(names('2026-11-26T12:00').slice(0, 3)).toEqual(['T-1', 'T-1', 'T-0'])
  })
})

describe('any plan', () => {
  const plans = fc
    .record({
      due: fc.integer({ min: 0, max: 400 }),
      given: fc.integer({ min: -60 * 24, max: 400 * 24 }),
      owners: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
      leaders: fc.uniqueArray(fc.constantFrom('c', 'd')),
    })
    .map(({ due, given, owners, leaders }) => {
      const dueOn = Temporal.PlainDate.from('2026-06-01').add({ days: due })
      const at = beijing('2026-06-01T00:00').add({ hours: given })
      const schedule = { at, cause: 'confirmed', by: boss } as const
      const reminders = plan(task(dueOn.toString(), { schedule }), { owners, leaders })
      return { dueOn, at, reminders }
    })
  const zoned = ({ sendAt }: Reminder) => sendAt.toZonedDateTimeISO('Asia/Shanghai')

  it('sends in the daytime of working days only', () => {
    fc.assert(
      fc.property(plans, ({ reminders }) => {
        for (const reminder of reminders) {
          const at = zoned(reminder)
          expect(calendar.isWorkingDay(at.toPlainDate())).toBe(true)
          expect(at.hour).toBeGreaterThanOrEqual(8)
          expect(at.hour).toBeLessThan(20)
        }
      }),
    )
  })

  it('warns before the due day ends and says overdue only after it', () => {
    fc.assert(
      fc.property(plans, ({ reminders, dueOn }) => {
        for (const reminder of reminders) {
          if (reminder.audience === 'leader') continue
          const order = Temporal.PlainDate.compare(zoned(reminder).toPlainDate(), dueOn)
          if (reminder.rung.kind === 'before') expect(order).toBeLessThanOrEqual(0)
          if (reminder.rung.kind === 'overdue') expect(order).toBe(1)
        }
      }),
    )
  })

  it('grows more severe with time, tells the owner before the leader, and nobody before the task was given', () => {
    fc.assert(
      fc.property(plans, ({ reminders, at }) => {
        for (const [person, own] of Map.groupBy(reminders, ({ personId }) => personId)) {
          const severities = own.map(({ rung }) => rung.severity)
          expect(severities, person).toEqual(severities.toSorted((a, b) => a - b))
        }
        for (const reminder of reminders) {
          expect(Temporal.Instant.compare(reminder.sendAt, at)).toBeGreaterThanOrEqual(0)
          if (reminder.audience === 'owner') continue
          const owner = reminders.find(
            (other) => other.audience === 'owner' && other.rung.name === reminder.rung.name,
          )
          expect(Temporal.Instant.compare(reminder.sendAt, owner!.sendAt)).toBe(1)
        }
      }),
    )
  })

  it('gives every reminder an id of its own', () => {
    fc.assert(
      fc.property(plans, ({ reminders }) => {
        expect(new Set(reminders.map(({ id }) => id)).size).toBe(reminders.length)
      }),
    )
  })
})
