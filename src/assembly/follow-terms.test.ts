import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { silentLogger } from '../logger.ts'
import { followTerms } from './follow-terms.ts'

let folder: string
let now: Temporal.Instant
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'niangjiaren-terms-'))
  now = Temporal.Instant.fromEpochMilliseconds(0)
  writeFileSync(join(folder, 'shipped.txt'), '职工书屋 ~ 书屋\n')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const follow = () =>
  followTerms(
    { shipped: join(folder, 'shipped.txt'), dataDir: folder },
    { clock: { ...systemClock, now: () => now }, logger: silentLogger },
  )
const names = (terms: ReturnType<typeof follow>) => [...terms().names()]

describe('the dictionary in use', () => {
  it('has the words of the union beside those that come with the bot, from the moment they are saved', () => {
    const terms = follow()
    expect(names(terms)).not.toContain('大食堂')
    writeFileSync(join(folder, 'terms.txt'), '职工食堂 ~ 大食堂\n')
    expect(names(terms)).toEqual(expect.arrayContaining(['大食堂', '书屋']))
    writeFileSync(join(folder, 'terms.txt'), '职工食堂 ~ 小食堂在此\n')
    now = now.add({ seconds: 2 })
    expect(names(terms)).toContain('小食堂在此')
  })

  it('names the bad lines of the own file by their number there, and keeps the good ones', () => {
    writeFileSync(join(folder, 'terms.txt'), '职工食堂 ~ 大食堂\n= 没有名字\n')
    const terms = follow()

    expect(terms().faults).toMatchObject([{ line: 2 }])
    expect(names(terms)).toContain('大食堂')
  })
})
