import { describe, expect, it } from 'vitest'
import type { EvidenceUnit } from './evidence-units.ts'
import { holdersIn, officeAsked } from './find-title-holder.ts'
import type { IndexedDocument } from './search-index.ts'

function unit(text: string, jurisdictionCode = '330726'): EvidenceUnit {
  const document: IndexedDocument = {
    documentId: 'd',
    versionId: 'v',
    fileName: 'd.txt',
    text,
    lists: [],
    facts: [],
    passages: [],
    metadata: {
      title: '',
      kind: 'news',
      readableBy: 'all',
      validity: { basis: '' },
      sample: false,
      jurisdictionCode,
    },
  }
  return {
    document,
    span: { start: 0, end: text.length },
    text,
    folded: text,
    context: '',
    label: '',
    ordinal: 0,
    damaged: [],
  }
}

function holders(question: string, text: string): string[] {
  const office = officeAsked(question)
  if (office === undefined) throw new Error('no office asked')
  return holdersIn(office, unit(text)).map(({ start, end }) => text.slice(start, end))
}

const TEXT =
  '金华市总工会副主席钱一鸣,浦江县人大常委会副主任、县总工会主席何建平参加活动,恒盛集团党委委员、工会主席陶文静介绍情况,二分厂工会主席罗秋生发言'

describe('holdersIn', () => {
  it('binds a name to the title and the body before it', () => {
    expect(holders('浦江县总工会主席是谁', TEXT)).toEqual(['主席何建平'])
    expect(holders('恒盛集团工会主席是谁', TEXT)).toEqual(['主席陶文静'])
  })

  it('never names the chair of another level or another company', () => {
    expect(holders('浙江省总工会主席是谁', TEXT)).toEqual([])
    expect(holders('天元集团工会主席是谁', '十一公司工会主席李纪芳参加')).toEqual([])
  })

  it('takes a deputy for no chair', () => {
    expect(holders('金华市总工会主席是谁', TEXT)).toEqual([])
  })

  it('reads names of two characters before a verb', () => {
    expect(holders('县总工会主席是谁', '县总工会主席王军主持会议')).toEqual(['主席王军'])
  })

  it('hears no office in another question', () => {
    expect(officeAsked('由谁牵头办')).toBeUndefined()
  })
})

describe('whoever was elected', () => {
  it('is named before the office', () => {
    expect(
      holders('县总工会主席是谁', '8月13日,李小明当选新一届县总工会主席,他表示将尽职尽责。'),
    ).toEqual(['李小明'])
    expect(holders('县总工会主席是谁', '8月13日,李小明当选县总工会副主席。')).toEqual([])
  })
})
