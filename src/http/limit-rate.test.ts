import { expect, it } from 'vitest'
import { limitRate } from './limit-rate.ts'

it('grants a minute of requests at once and refills evenly, each address by itself', () => {
  let now = 0
  const limit = limitRate(3, () => now)
  const grants = (address: string, times: number) =>
    Array.from({ length: times }, () => limit.take(address))

  expect(grants('a', 4)).toEqual([0, 0, 0, 20])
  expect(grants('b', 1)).toEqual([0])
  now = 20_000
  expect(grants('a', 2)).toEqual([0, 20])
  now = 600_000
  expect(grants('a', 4)).toEqual([0, 0, 0, 20])
})

it('forgets the address unseen for longest beyond ten thousand', () => {
  const limit = limitRate(1, () => 0)
  limit.take('first')
  for (let index = 0; index < 10_000; index++) limit.take(`address ${index}`)

  expect(limit.take('first')).toBe(0)
  expect(limit.take('address 9999')).toBeGreaterThan(0)
})
