/** Date expressions of the evaluation material, where it is at hand (beside the repository or in SHARED_DIR). */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { datesParseBatch } from '../../src/cli/dates-command.ts'
import { type GoldRow, judge } from '../support/date-gold.ts'

const SHARED = process.env['SHARED_DIR'] ?? resolve(import.meta.dirname, '../../../shared')
const FILE = [SHARED, resolve(import.meta.dirname, '../../../../shared')]
  .map((folder) => resolve(folder, 'eval/dates-dev.jsonl'))
  .find((file) => existsSync(file))

describe.skipIf(FILE === undefined)('the evaluation rows (skipped without the material)', () => {
  const lines = FILE ? readFileSync(FILE, 'utf8').split('\n').filter(Boolean) : []
  const rows = lines.map((line): GoldRow => JSON.parse(line))
  const printed = datesParseBatch(lines).map((line) => JSON.parse(line).results)
  const verdicts = rows.map((row, index) => ({ row, verdict: judge(row, printed[index]) }))
  const share = verdicts.filter(({ verdict }) => verdict === 'ok').length / rows.length

  it('are read rightly, 97 of 100 at least', () => {
    expect(share).toBeGreaterThanOrEqual(0.97)
  })

  it('give no wrong day silently, and none for vague, false or impossible words', () => {
    const wrong = verdicts.filter(({ verdict }) => verdict === 'wrong').map(({ row }) => row.text)
    expect(wrong).toEqual([])
  })
})
