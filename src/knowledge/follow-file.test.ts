import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { followFile } from './follow-file.ts'

let folder: string
let path: string
let now: Temporal.Instant
let faults: unknown[]
let changes: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'niangjiaren-follow-'))
  path = join(folder, 'terms.txt')
  now = Temporal.Instant.fromEpochMilliseconds(0)
  faults = []
  changes = []
  writeFileSync(path, '职工书屋')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const follow = () =>
  followFile(path, {
    clock: { now: () => now },
    parse: (content) => {
      if (content.includes('坏')) throw new Error('bad line')
      return content
    },
    onChange: (value) => changes.push(value),
    onFault: (cause) => faults.push(cause),
  })
const wait = () => {
  now = now.add({ seconds: 2 })
}

describe('followFile', () => {
  it('gives the new content after an edit, told once', () => {
    const file = follow()
    expect(file.current()).toBe('职工书屋')
    writeFileSync(path, '工会驿站和职工书屋')
    wait()

    expect(file.current()).toBe('工会驿站和职工书屋')
    wait()
    expect(file.current()).toBe('工会驿站和职工书屋')
    expect(changes).toEqual(['工会驿站和职工书屋'])
  })

  it('does not look again within a second', () => {
    const file = follow()
    writeFileSync(path, '工会驿站')

    expect(file.current()).toBe('职工书屋')
  })

  it('keeps the last good content while the file is wrong or gone, told once', () => {
    const file = follow()
    for (const spoil of [() => writeFileSync(path, '坏的'), () => rmSync(path)]) {
      spoil()
      wait()
      expect(file.current()).toBe('职工书屋')
      wait()
      expect(file.current()).toBe('职工书屋')
    }
    expect(faults).toHaveLength(2)

    writeFileSync(join(folder, 'new'), '修好了')
    renameSync(join(folder, 'new'), path)
    wait()
    expect(file.current()).toBe('修好了')
  })

  it('fails when there is nothing to begin with', () => {
    rmSync(path)

    expect(follow).toThrow('ENOENT')
  })
})
