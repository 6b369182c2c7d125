import fc from 'fast-check'
import { LegalHoliday } from 'tyme4ts'
import { describe, expect, it } from 'vitest'
import { lunarDay, lunarNewYearsEve, SOLAR_TERMS, solarTermDay } from './lunar-calendar.ts'
import { STATE_COUNCIL_HOLIDAYS } from './state-council-holidays.ts'
import { addWorkingDays, nextWorkingDay, previousWorkingDay, workCalendar } from './working-days.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const calendar = workCalendar(STATE_COUNCIL_HOLIDAYS)
const anyDay = fc.integer({ min: 0, max: 365 * 13 }).map((days) => day('2014-01-01').add({ days }))

describe('the working calendar', () => {
  it('says of every day of 2014–2026 what the notices say', () => {
    const differing: string[] = []
    for (let on = day('2014-01-01'); on.year < 2027; on = on.add({ days: 1 })) {
      const legal = LegalHoliday.fromYmd(on.year, on.month, on.day)
      const worked = legal ? legal.isWork() : on.dayOfWeek <= 5
      if (calendar.isWorkingDay(on) !== worked) differing.push(on.toString())
    }
    expect(differing).toEqual([])
    expect(calendar.knownThrough).toBe(2026)
  })

  it('works on make-up Saturdays and rests in moved holidays', () => {
    expect(calendar.isWorkingDay(day('2026-02-14'))).toBe(true)
    expect(calendar.isWorkingDay(day('2026-02-23'))).toBe(false)
    expect(calendar.holidayOn(day('2026-02-23'))?.name).toBe('春节')
    expect(calendar.holidayOn(day('2026-02-28'))).toBeUndefined()
  })

  it('estimates a year whose notice is not known, and says so', () => {
    expect(calendar.isWorkingDay(day('2027-02-08'))).toBe(false)
    expect(calendar.holidayOn(day('2027-02-05'))).toMatchObject({ name: '春节', estimated: true })
    expect(calendar.holidayOn(day('2027-05-02'))?.name).toBe('劳动节')
    expect(calendar.holidayOn(day('2013-05-02'))).toBeUndefined()
    expect(calendar.isEstimated(day('2027-03-01'))).toBe(true)
    expect(calendar.isEstimated(day('2026-03-01'))).toBe(false)
    expect(addWorkingDays(calendar, day('2026-12-30'), 2)).toEqual({
      on: day('2027-01-04'),
      estimated: true,
    })
  })

  it('takes an admin’s notice for a new year or instead of ours', () => {
    const own = {
      year: 2027,
      basis: '测试通知',
      periods: [{ name: '元旦', from: '2027-01-01', to: '2027-01-03', makeUp: ['2027-01-09'] }],
    }
    const extended = workCalendar([...STATE_COUNCIL_HOLIDAYS, own])
    expect(extended.knownThrough).toBe(2027)
    expect(extended.isWorkingDay(day('2027-01-09'))).toBe(true)
    expect(extended.isEstimated(day('2027-01-09'))).toBe(false)
  })
})

describe('counting working days', () => {
  it.each([
    ['2024-12-16', 3, '2024-12-19'],
    ['2024-12-16', 10, '2024-12-30'],
    ['2026-09-17', 5, '2026-09-23'],
    ['2025-01-25', 1, '2025-01-26'],
    ['2025-01-27', 1, '2025-02-05'],
    ['2025-02-05', -1, '2025-01-27'],
    ['2025-03-03', 0, '2025-03-03'],
  ])('finds from %s, %i on, %s', (from, count, expected) => {
    expect(addWorkingDays(calendar, day(from), count).on.toString()).toBe(expected)
  })

  it('goes to the nearest working day on either side', () => {
    expect(previousWorkingDay(calendar, day('2026-10-05')).toString()).toBe('2026-09-30')
    expect(nextWorkingDay(calendar, day('2026-10-05')).toString()).toBe('2026-10-08')
    expect(nextWorkingDay(calendar, day('2026-10-10')).toString()).toBe('2026-10-10')
  })

  it('ends on a working day and counts back to where it began', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (from, count) => {
        const start = nextWorkingDay(calendar, from)
        const end = addWorkingDays(calendar, start, count).on
        expect(calendar.isWorkingDay(end)).toBe(true)
        expect(addWorkingDays(calendar, end, -count).on.equals(start)).toBe(true)
      }),
    )
  })
})

describe('the lunar calendar', () => {
  it.each([
    [lunarDay(2025, 1, 1), '2025-01-29'],
    [lunarDay(2024, 12, 23), '2025-01-22'],
    [lunarDay(2025, 8, 15), '2025-10-06'],
    [lunarDay(2025, 6, 1, true), '2025-07-25'],
    [lunarDay(2025, 12, -1), '2026-02-16'],
    [lunarNewYearsEve(2025), '2026-02-16'],
    [solarTermDay(2026, '清明'), '2026-04-05'],
    [solarTermDay(2026, '立冬'), '2026-11-07'],
    [solarTermDay(2025, '冬至'), '2025-12-21'],
  ])('finds the civil day %#', (found, expected) => {
    expect(found?.toString()).toBe(expected)
  })

  it('has no thirtieth in a short month and no leap month in a plain year', () => {
    expect(lunarDay(2025, 12, 30)).toBeUndefined()
    expect(lunarDay(2024, 6, 1, true)).toBeUndefined()
  })

  it('puts every solar term into its own civil year, in order', () => {
    for (const year of [2014, 2024, 2026, 2030]) {
      const days = [...SOLAR_TERMS.slice(1), SOLAR_TERMS[0]].map((name) => solarTermDay(year, name))
      expect(days.every((on) => on.year === year)).toBe(true)
      expect(days.toSorted(Temporal.PlainDate.compare)).toEqual(days)
    }
  })
})
