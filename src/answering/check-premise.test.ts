import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AnsweringBench, openAnsweringBench } from '../../test/support/answering-bench.ts'

const DOCUMENTS = join(import.meta.dirname, '../../test/evals/documents')
const RULES = join(DOCUMENTS, 'xingtai-mutual-2026.md')
const CONTEST = join(DOCUMENTS, 'mianyang-skills-2026.md')
const STATIONS = join(DOCUMENTS, 'quanzhou-stations.txt')
const ASKER = { region: '河北邢台', asked_on: '2026-07-20' }
let bench: AnsweringBench
beforeAll(async () => {
  bench = await openAnsweringBench([RULES, CONTEST, STATIONS])
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

  it.each([
    ['每个工种设二等奖2名对吧', '四川绵阳', /^(?:对|请以原文为准)。/],
    ['每个工种设二等奖3名对吧', '四川绵阳', /^不对，不是3名。/],
    ['泉州24小时开放的驿站460个对吧', '福建泉州', /^不对，不是460个。/],
    ['泉州现在已经又建好90个驿站了吧', '福建泉州', /^(?!.{0,30}对。)/],
  ])('goes by the figure that is bound to the very thing: %s', async (question, region, said) => {
    const { summary } = await bench.answer(question, { region, asked_on: '2026-07-20' })

    expect(summary).toMatch(said)
  })
})
