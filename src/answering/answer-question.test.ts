import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type AnsweringBench,
  documentsIn,
  openAnsweringBench,
} from '../../test/support/answering-bench.ts'
import type { Answer } from '../domain/answer.ts'

const FOLDER = join(import.meta.dirname, '../../test/evals/documents')
let bench: AnsweringBench
beforeAll(async () => {
  bench = await openAnsweringBench(documentsIn(FOLDER))
})

const SHAOXING = { region: '浙江绍兴', asked_on: '2026-07-20' }
const quotes = (answer: Answer) =>
  answer.kind === 'grounded' ? answer.citations.map(({ quote }) => quote) : []

describe('answerQuestion', () => {
  it('quotes the clause that gives the figure', async () => {
    const answer = await bench.answer('今年要新建改建多少个工会驿站?', SHAOXING)

    expect(quotes(answer).join()).toContain('新建改建工会驿站120个')
    expect(answer.notices).toEqual([])
  })

  it('says of what hardly answers that it only comes closest', async () => {
    const close = await bench.answer('24小时驿站都开在哪几条街上', SHAOXING)
    const sure = await bench.answer('24小时驿站要弄几个', SHAOXING)

    expect(close).toMatchObject({ kind: 'grounded', onlyClose: true })
    expect(close.summary).toMatch(/^没有找到完全对得上的原话,最接近的是:/)
    expect(sure).not.toHaveProperty('onlyClose')
    expect(sure.summary).not.toContain('没有找到')
  })

  it.each(['24小时驿站开在30条街上对吗', '疗休养基地有99家对吗'])(
    'confirms and corrects nothing by what only comes closest: %s',
    async (question) => {
      const answer = await bench.answer(question, SHAOXING)

      expect(answer).toMatchObject({ kind: 'grounded', onlyClose: true })
      expect(answer.summary).not.toMatch(/不对|对。/)
    },
  )

  it('answers a list whole and an item by its ordinal', async () => {
    const list = await bench.answer('七件实事是哪七件?', SHAOXING)
    const item = await bench.answer('第五件是啥', { ...SHAOXING, history: ['七件实事是哪七件?'] })

    expect(list.summary.split('\n')).toHaveLength(8)
    expect(item.summary).toContain('技能培训3万人次')
  })

  it('goes back to the list an ordinal belongs to, over a turn about something else', async () => {
    const history = ['七件实事是哪七件?', '工会驿站有什么要求?']
    const item = await bench.answer('第五件是啥', { ...SHAOXING, history })

    expect(item.summary).toContain('技能培训3万人次')
  })

  it('says that a list ends before the item that is asked', async () => {
    const answer = await bench.answer('第九件实事是啥', SHAOXING)

    expect(answer.kind).toBe('not-found')
    expect(answer.summary).toContain('只有 7 项，没有第 9 件')
  })

  it('gives no payout for what has to be paid in', async () => {
    const answer = await bench.answer('医疗互助一年交多少钱?', { region: '河北邢台' })

    expect(answer.summary).toContain('80元')
    expect(answer.summary).not.toContain('2万元')
  })

  it('corrects a wrong premise and confirms a right one', async () => {
    const wrong = await bench.answer('绍兴今年要建100家职工书屋对吗', SHAOXING)
    const right = await bench.answer('绍兴今年要建45家职工书屋对吗', SHAOXING)

    expect(wrong.summary).toMatch(/^不对，不是100家。.*45家/)
    expect(right.summary).toMatch(/^对。/)
  })

  it('carries subject, place and kind into a follow-up and says so', async () => {
    const answer = await bench.answer('那职工书屋呢?', {
      ...SHAOXING,
      history: ['今年要新建多少工会驿站?'],
    })

    expect(answer.summary).toContain('45家')
    expect(answer).toMatchObject({ understoodAs: expect.stringContaining('职工书屋') })
  })

  it('carries no nonsense and no courtesy over, but what was asked before it', async () => {
    const history = ['今年要新建多少家职工书屋?', 'asdfgh', '谢谢', '啊啊啊啊', '？？？']
    for (const said of history.slice(1)) {
      const alone = await bench.answer('多少家?', { ...SHAOXING, history: [said] })
      expect(alone).not.toHaveProperty('understoodAs')
    }
    const answer = await bench.answer('多少家?', { ...SHAOXING, history: history.slice(0, 4) })

    expect(answer).toMatchObject({ understoodAs: expect.stringContaining('职工书屋') })
    expect(answer.summary).toContain('45家')
  })

  it('says by the subject carried how a bare 「那呢」 was understood', async () => {
    const history = ['今年要新建多少家职工书屋?']
    const answer = await bench.answer('那呢?', { ...SHAOXING, history })

    expect(answer).toMatchObject({ understoodAs: expect.stringContaining('职工书屋') })
  })

  it('does not pass an old year off as the year that is asked', async () => {
    const answer = await bench.answer('2027年要建多少个工会驿站', SHAOXING)

    expect(answer.kind).toBe('not-found')
    expect(answer.summary).toContain('没有 2027 年的资料')
  })

  it('names other places’ documents only as such', async () => {
    const answer = await bench.answer('石家庄的医疗互助交多少钱', {
      region: '河北石家庄',
      asked_on: '2026-07-20',
    })

    expect(answer.kind).toBe('not-found')
    expect(answer.summary).not.toContain('80元')
  })

  it('never decides for a person', async () => {
    const answer = await bench.answer('我58岁了能参加技能大赛吗', {
      region: '四川绵阳',
      asked_on: '2026-05-01',
    })

    expect(quotes(answer).join()).toContain('年龄不超过55周岁')
    expect(answer).toMatchObject({ missing: expect.stringContaining('我不能替您认定') })
  })

  it('says which kind of value the material lacks, with what comes nearest', async () => {
    const answer = await bench.answer('疗休养一个人补助多少钱', SHAOXING)

    expect(answer.kind).toBe('not-found')
    expect(answer.summary).toContain('金额')
  })

  it('is not shaken by long, empty or strange input', async () => {
    for (const question of [
      '',
      '????',
      '啊'.repeat(20_000),
      '<script>1</script>',
      '驿站'.repeat(500),
      '\u202e多少',
    ]) {
      expect((await bench.answer(question, SHAOXING)).kind).toMatch(/refused|not-found|grounded/)
    }
  })
})
