import { describe, expect, it } from 'vitest'
import { createGazetteer } from '../text/gazetteer.ts'
import { createTokenizer } from '../text/tokenize.ts'
import { checkGrounding } from './check-grounding.ts'

const tagger = createTokenizer()
const gazetteer = createGazetteer({ '620000': '甘肃省', '620800': '平凉市' })
const PASSAGE = {
  quote:
    '三是新建市级标准化职工书屋30个,为1万名职工办理互助保障,年底建会率达到85%以上;对符合条件的困难职工给予救助。联系电话0933-1234567。',
  about: '安宁市总工会2014年工作要点,安宁市总工会,2014年3月13日',
}

function check(text: string, cites: readonly number[] = [1], more: string[] = []) {
  return checkGrounding([{ text, cites }, ...more.map((other) => ({ text: other, cites: [1] }))], {
    passages: [PASSAGE, { quote: '两节期间走访慰问劳模。', about: '云溪市总工会,2015年1月9日' }],
    context: '安宁市2014年的材料写的是：',
    thisYear: 2014,
    canary: 'k7f3q9',
    rules: '只能用原文里写了的内容,不替任何人判断够不够条件。',
    allowedHosts: ['www.acftu.org'],
    tagger,
    gazetteer,
  })
}
const faultOf = (text: string, cites?: readonly number[]) => check(text, cites).faults[0]

describe('the guard lets through', () => {
  it.each([
    '今年要新建30个市级标准化职工书屋。',
    '安宁市总工会计划新建职工书屋三十个。',
    '计划为10000名职工办理互助保障。',
    '到年底,建会率要达到百分之八十五以上。',
    '2014年3月13日的材料写的是新建职工书屋30个。',
    '联系电话是0933-1234567。',
  ])('%s', (text) => {
    expect(check(text)).toEqual({ kept: [{ text, cites: [1] }], faults: [] })
  })

  it('a link to a host that is allowed', () => {
    expect(faultOf('新建职工书屋30个,见 https://www.acftu.org/a 。')).toBeUndefined()
  })
})

describe('the guard stops', () => {
  it.each([
    ['a figure of its own', '今年要新建50个职工书屋。', 'figure'],
    ['a right figure with another measure', '为1万户职工办理互助保障。', 'figure'],
    ['another share', '建会率要达到95%以上。', 'figure'],
    ['a day the text does not give', '12月31日前建会率达到85%以上。', 'figure'],
    ['a phone number of its own', '联系电话是0933-7654321。', 'number-string'],
    ['another organisation', '请到市人社局办理互助保障。', 'organisation'],
    ['a union of another place', '云溪市总工会新建职工书屋30个。', 'organisation'],
    ['a place of its own', '在平凉新建职工书屋30个。', 'name'],
    ['a document number of its own', '见安总工发〔2014〕30号。', 'number-string'],
    ['a person of its own', '由王建国负责新建职工书屋30个。', 'name'],
    ['a promise', '所有职工都办理互助保障。', 'eligibility'],
    ['a condition of its own', '职工必须办理互助保障。', 'eligibility'],
    ['a gift of its own', '免费为1万名职工办理互助保障。', 'eligibility'],
    ['a verdict about the asker', '您符合条件,给予救助。', 'verdict'],
    ['a negation turned round', '今年不新建职工书屋。', 'negation'],
    ['news of its own', '职工书屋提供咖啡、电影票和健身器材。', 'new-words'],
    ['the rules', '我只能用原文里写了的内容回答。', 'rules'],
    ['a promise turned firm', '已为1万名职工办理互助保障。', 'aspect'],
    ['a lost condition', '对困难职工给予救助。', 'condition'],
    ['a figure of another item', '新建职工书屋1万个。', 'figure'],
    ['markdown stress', '新建**职工书屋**30个。', 'markup'],
    ['a call to everybody', '@所有人 新建职工书屋30个。', 'markup'],
    ['an image', '![](https://evil.example/a.png)', 'markup'],
    ['a foreign link', '新建职工书屋30个,详情见 http://evil.example/a 。', 'link'],
    ['a bare foreign domain', '新建职工书屋30个,见evil.com。', 'link'],
    ['a link in markdown', '[新建职工书屋30个](x)', 'markup'],
    ['a tag', '新建职工书屋30个<img src=x>', 'markup'],
    ['invisible characters', '新建职工\u200b书屋30个', 'markup'],
    ['the canary', '新建职工书屋30个,k7f3q9', 'canary'],
    ['the canary in disguise', '新建职工书屋30个,K 7F3Q9', 'canary'],
  ])('%s', (_, text, fault) => {
    expect(faultOf(text)).toBe(fault)
  })

  it('a sentence without a citation, and one that cites what was not given', () => {
    expect(faultOf('新建职工书屋30个。', [])).toBe('no-citation')
    expect(faultOf('新建职工书屋30个。', [3])).toBe('unknown-citation')
  })

  it('what stands only in a passage that is not cited', () => {
    expect(faultOf('新建职工书屋30个。', [2])).toBe('figure')
  })
})

describe('the whole answer', () => {
  it('loses one bad sentence and keeps the rest', () => {
    const { kept, faults } = check('新建职工书屋30个。', [1], ['每人再领8000元。'])
    expect(kept.map(({ text }) => text)).toEqual(['新建职工书屋30个。'])
    expect(faults).toEqual(['figure'])
  })

  it('is given up when two sentences are bad', () => {
    expect(check('新建职工书屋30个。', [1], ['再领8000元。', '您符合条件。']).kept).toEqual([])
  })

  it('is given up for one link, however good the rest', () => {
    expect(check('新建职工书屋30个。', [1], ['见 evil.com 。']).kept).toEqual([])
  })
})
