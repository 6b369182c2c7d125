import { afterEach, describe, expect, it } from 'vitest'
import { ingestDocument } from '../ingestion/ingest-document.ts'
import { STATE_COUNCIL_HOLIDAYS } from '../text/state-council-holidays.ts'
import { createTokenizer } from '../text/tokenize.ts'
import { loadGazetteer } from './load-gazetteer.ts'
import { createReadAside, type ReadAside, type ReadAsideLimits } from './read-aside.ts'

const LIMITS: ReadAsideLimits = { threads: 1, timeoutMs: 30_000, memoryMb: 512, restMs: 5_000 }
const PLAN = `平凉市总工会2026年工作要点
2026年1月16日

全年新建市级标准化职工书屋24个，10月底前完成；慰问困难职工800户，12月20日前完成。
`

const source = (text: string) => ({ fileName: 'plan.txt', bytes: new TextEncoder().encode(text) })
const opened: ReadAside[] = []
const open = (limits: Partial<ReadAsideLimits> = {}) => {
  const aside = createReadAside(STATE_COUNCIL_HOLIDAYS, { ...LIMITS, ...limits })
  opened.push(aside)
  return aside
}
afterEach(async () => {
  for (const aside of opened.splice(0)) await aside.close()
})

describe('a reading beside the thread that answers', () => {
  it('is the same reading, days and all, with what the admin says about the document', async () => {
    const aside = open()
    const here = await ingestDocument(source(PLAN), {
      tokenizer: createTokenizer(),
      gazetteer: loadGazetteer(),
      overrides: { title: '另一个标题' },
    })

    const there = await aside.read(source(PLAN), { title: '另一个标题' })
    expect(there).toEqual(here)
    expect(there.metadata.issuedOn?.on).toBeInstanceOf(Temporal.PlainDate)
  })

  it('refuses what cannot be read in the same words, and reads on', async () => {
    const aside = open()
    const [empty, plan] = await Promise.allSettled([
      aside.read(source(' ')),
      aside.read(source(PLAN)),
    ])

    expect(empty).toMatchObject({ reason: { code: 'empty_file', name: 'BadInputError' } })
    expect(plan).toMatchObject({ status: 'fulfilled' })
  })

  it('is given up when it takes too long or too much, and costs no other its turn', async () => {
    const long = PLAN.repeat(20_000)
    const late = open({ timeoutMs: 1 })
    await expect(late.read(source(PLAN))).rejects.toMatchObject({ code: 'file_too_complex' })

    const narrow = open({ memoryMb: 40 })
    const [much, plan] = await Promise.allSettled([
      narrow.read(source(long)),
      narrow.read(source(PLAN)),
    ])
    expect(much).toMatchObject({ reason: { code: 'file_too_complex' } })
    expect(plan).toMatchObject({ status: 'fulfilled' })
  })

  it('begins again after a rest', async () => {
    const aside = open({ restMs: 1 })
    await aside.read(source(PLAN))
    await new Promise((resolve) => setTimeout(resolve, 50))

    expect(await aside.read(source(PLAN))).toMatchObject({ fileName: 'plan.txt' })
  })

  it('is never given to a thread that has rested enough', async () => {
    const aside = open({ restMs: 20 })
    await aside.read(source(PLAN))
    for (let round = 0; round < 12; round++) {
      await new Promise((resolve) => setTimeout(resolve, 16 + (round % 6)))
      expect(await aside.read(source(PLAN))).toMatchObject({ fileName: 'plan.txt' })
    }
  }, 60_000)

  it('ends with the program, for all who wait', async () => {
    const aside = open()
    const readings = Promise.allSettled([1, 2, 3, 4].map(() => aside.read(source(PLAN))))
    await aside.close()
    expect((await readings).map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
    await expect(aside.read(source(PLAN))).rejects.toThrow()
  })
})
