import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AnsweringBench, openAnsweringBench } from '../../test/support/answering-bench.ts'

const RULES = join(import.meta.dirname, '../../test/evals/documents/xingtai-mutual-2026.md')
const ASKER = { region: '河北邢台', asked_on: '2026-07-20' }
let bench: AnsweringBench
beforeAll(async () => {
  bench = await openAnsweringBench([RULES])
})

describe('checkPremise', () => {
  it('confirms a figure that its own clause gives', async () => {
    const { summary } = await bench.answer('互助金每人每年80元,对吧', ASKER)

    expect(summary).toMatch(/^对。/)
  })

  it('corrects a figure that the sentence does not give', async () => {
    const { summary } = await bench.answer('互助金每人每年50元,对吧', ASKER)

    expect(summary).toMatch(/^不对，不是50元。.*80元/)
  })

  it('confirms no figure that the sentence gives of something else', async () => {
    const { summary } = await bench.answer('出院后60日内申请补助,对吧', ASKER)

    expect(summary).not.toMatch(/^对。/)
    expect(summary).toContain('90日')
  })
})
