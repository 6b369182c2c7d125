import { describe, expect, it } from 'vitest'
import type { TaskProposal } from '../domain/task.ts'
import { applyRefinement, type RefinedTask } from './check-refinement.ts'

const text =
  '(二)由宣教部负责,4月底前制定方案,5月底前建成书屋12家。市总工会要指导验收,做好宣传。我们谱写新篇章。'
const spanOf = (quote: string) => {
  const start = text.indexOf(quote)
  return { start, end: start + quote.length }
}
const proposal = (quote: string, more: Partial<TaskProposal> = {}): TaskProposal => ({
  title: quote,
  quote,
  span: spanOf(quote),
  ...more,
})
const day = (on: string, phrase: string) => ({ phrase, dueOn: Temporal.PlainDate.from(on) })
const plan = proposal('(二)由宣教部负责,4月底前制定方案,', {
  owner: '宣教部',
  deadline: day('2026-04-30', '4月底前'),
})
const build = proposal('5月底前建成书屋12家。', {
  deadline: day('2026-05-31', '5月底前'),
  target: { value: 12, unit: '家', bound: 'exact' },
})
const guide = proposal('市总工会要指导验收,做好宣传。', { owner: '市总工会' })
const proposals = [plan, build, guide]
/** Our own readers, as far as these words go. */
const readSpan = ({ start, end }: { start: number; end: number }) => {
  const words = text.slice(start, end)
  return {
    ...(words.includes('宣教部') && { owner: '宣教部' }),
    ...(words.includes('市总工会') && { owner: '市总工会' }),
    ...(words.includes('4月底前')
      ? { deadline: day('2026-04-30', '4月底前') }
      : words.includes('5月底前') && { deadline: day('2026-05-31', '5月底前') }),
    ...(words.includes('12家') && { target: { value: 12, unit: '家', bound: 'exact' as const } }),
  }
}
const refine = (...tasks: RefinedTask[]) =>
  applyRefinement(tasks, { text, proposals, readSpan }).map(({ title }) => title)
const untouched = proposals.map(({ title }) => title)
const task = (of: number[], quote: string, title: string, owner: string | null = null) => ({
  of,
  quote,
  title,
  owner,
})

describe('a tidier list of tasks', () => {
  it('takes a shorter title made of the words of the quote', () => {
    expect(refine(task([2], build.quote, '建成书屋'))).toEqual([
      plan.title,
      '建成书屋',
      guide.title,
    ])
  })

  it('cuts one task into two whose words lie apart, and knows the first as what was read', () => {
    const parts = [
      task([3], '市总工会要指导验收,', '指导验收'),
      task([3], '做好宣传。', '做好宣传'),
    ]
    const refined = applyRefinement(parts, { text, proposals, readSpan })
    expect(refined.map(({ title }) => title)).toEqual([
      plan.title,
      build.title,
      '指导验收',
      '做好宣传',
    ])
    expect(refined.slice(2).map(({ readAs }) => readAs?.title)).toEqual([guide.title, '做好宣传。'])
  })

  it('never loses a day, a figure or an owner to a join or a cut', () => {
    expect(refine(task([1, 2], `${plan.quote}${build.quote}`, '制定方案'))).toEqual(untouched)
    expect(refine(task([2], '建成书屋12家。', '建成书屋'))).toEqual(untouched)
    expect(refine(task([2], '5月底前建成书屋', '建成书屋'))).toEqual(untouched)
  })

  it.each([
    ['a title with words of its own', task([2], build.quote, '打造幸福家园')],
    ['a title with a figure that is not there', task([2], build.quote, '建成书屋20家')],
    ['a quote that nobody wrote', task([], '慰问职工500名。', '慰问职工')],
    ['a number of a task that is not there', task([9], build.quote, '建成书屋')],
    ['parts that overlap', task([3], '市总工会要指导验收,做好', '指导验收')],
  ])('keeps what was read for %s', (name, wrong) => {
    const more = name === 'parts that overlap' ? [task([3], '做好宣传。', '做好宣传')] : []
    expect(refine(wrong, ...more)).toEqual(untouched)
  })

  it('takes an owner only from the words of the quote', () => {
    const owners = (owner: string) =>
      applyRefinement([task([2], build.quote, '建成书屋', owner)], { text, proposals, readSpan })
        .filter(({ title }) => title === '建成书屋')
        .map((each) => each.owner)
    expect(owners('隔壁单位')).toEqual([undefined])
  })

  it('adds a task that was missed, once, by its verbatim words', () => {
    expect(refine(task([], '我们谱写新篇章。', '谱写新篇章'))).toEqual([...untouched, '谱写新篇章'])
    expect(refine(task([], '做好宣传。', '做好宣传'))).toEqual(untouched)
  })
})
