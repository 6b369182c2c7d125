import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sectionFile } from './section-file.ts'

let folder: string
let path: string
const file = (key = 'k') => sectionFile(path, () => key)
const always = () => true
const section = (name: string, ...pieces: number[][]) => ({
  name,
  pieces: pieces.map((piece) => Uint8Array.from(piece)),
})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sections-'))
  path = join(folder, 'file')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a file of sections', () => {
  it('gives back each section as it was written', async () => {
    const bytes = fc.array(fc.nat({ max: 255 }), { maxLength: 50 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(bytes, { maxLength: 3 }), { maxLength: 4 }),
        async (all) => {
          const sections = all.map((pieces, i) => section(`s${i}`, ...pieces))
          expect(await file().write(sections, always)).toBe(true)
          const wanted = all.map((pieces, i) => [`s${i}`, Uint8Array.from(pieces.flat())])
          expect(await file().read()).toEqual(Object.fromEntries(wanted))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('is absent before it was written and after it was removed', async () => {
    expect(await file().read()).toBeUndefined()
    await file().write([section('a', [1])], always)
    await file().remove()
    expect(await file().read()).toBeUndefined()
  })

  it('is damaged when any byte is missing or any bit is different', async () => {
    await file().write([section('a', [1, 2, 3]), section('b', [], [4])], always)
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length; at++) {
      const flipped = Buffer.from(whole)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      for (const bytes of [flipped, whole.subarray(0, at)]) {
        writeFileSync(path, bytes)
        await expect(file().read()).rejects.toMatchObject({ code: 'snapshot_damaged' })
      }
    }
  })

  it('is foreign under another key', async () => {
    await file('mine').write([section('a', [1])], always)
    await expect(file('yours').read()).rejects.toMatchObject({ code: 'snapshot_foreign' })
  })

  it('stays as it was when the new one is no longer wanted or fails half-way', async () => {
    await file().write([section('a', [1])], always)
    expect(await file().write([section('a', [2])], () => false)).toBe(false)
    const failing = {
      name: 'a',
      pieces: (function* () {
        yield Uint8Array.of(3)
        throw new Error('half-way')
      })(),
    }
    await expect(file().write([failing], always)).rejects.toThrow('half-way')
    expect(await file().read()).toEqual({ a: Uint8Array.of(1) })
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it('sweeps away what a process that died left half written long ago', async () => {
    const old = `${path}.1.partial`
    const young = `${path}.2.partial`
    writeFileSync(old, 'x')
    writeFileSync(young, 'x')
    utimesSync(old, 1_000_000, 1_000_000)
    await file().write([section('a', [1])], always)
    expect([existsSync(old), existsSync(young)]).toEqual([false, true])
  })
})
