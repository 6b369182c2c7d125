import { describe, expect, it } from 'vitest'
import { documentOf } from '../../test/support/indexed-documents.ts'
import { createTokenizer } from '../text/tokenize.ts'
import { createQueryRepairer } from './repair-query.ts'
import { createSearchIndex } from './search-index.ts'
import { parseTermDictionary } from './term-dictionary.ts'

const tokenizer = createTokenizer()

function repairer() {
  const index = createSearchIndex(tokenizer)
  const texts = [
    '市总工会今年新建职工书屋三十个,农民工可以凭会员证借书。',
    '户外劳动者服务站点免费提供饮水、充电和微波炉。',
    '各级仲裁机构设立速裁庭,农民工工资案件在速裁庭快速审理。',
    '工会干部要为职工维权,维权热线全天开通。',
    '举办职工技能大赛,爱心托管班暑期开班。',
  ]
  const words = { tokens: (text: string) => tokenizer.tokens(text) }
  index.add(documentOf('a', '', ...texts))
  const document = documentOf('b', '', ...texts)
  const passages = document.passages.map((passage) => ({
    ...passage,
    tokens: words.tokens(passage.text),
  }))
  index.add({ ...document, passages })
  const dictionary = parseTermDictionary(
    '工会驿站 ~ 驿站\n互助补充保险 ≈ 互助保险\n困难职工 = 特困职工',
  )
  return createQueryRepairer({
    index,
    tokenizer,
    dictionary: () => dictionary,
    placesIn: (text) => {
      const start = text.indexOf('渭全县')
      return start < 0 ? [] : [{ start, end: start + 3 }]
    },
  })
}

const { repair } = repairer()

describe('a question typed in pinyin', () => {
  it.each([
    ['zhigong shuwu yao jian duoshao ge', '职工书屋要建多少个'],
    ['gonghuiyizhan zai nali', '工会驿站在哪里'],
    ['hu zhu bao xian zenme ban', '互助保险怎么办'],
    ['gonghui驿站在哪', '工会驿站在哪'],
    ['ghyz在哪', '工会驿站在哪'],
    ['zhigong shuwu de caoxiang zai nali', '职工书屋的 caoxiang 在哪里'],
  ])('is read: %s', (typed, meant) => {
    expect(repair(typed).text).toBe(meant)
  })

  it.each(['how many reading rooms will be built', 'app怎么下载', 'wifi密码', 'OK', 'AI是什么'])(
    'is not seen in %s',
    (typed) => {
      expect(repair(typed).repairs).toEqual([])
    },
  )
})

describe('a word typed with wrong characters of the right sound', () => {
  it.each([
    ['工会译站怎么建', '工会驿站怎么建'],
    ['互住保险一年多少', '互助保险一年多少'],
    ['困难执工能领啥', '困难职工能领啥'],
    ['附近的服务战点', '附近的服务站点'],
    ['去速裁厅要带什么', '去速裁庭要带什么'],
    ['技能大塞几号', '技能大赛几号'],
    ['工会一站在哪', '工会驿站在哪'],
    ['维全热线是多少', '维权热线是多少'],
  ])('is repaired: %s', (typed, meant) => {
    expect(repair(typed).text).toBe(meant)
  })

  it('says what was taken for what', () => {
    expect(repair('困难执工').repairs).toEqual([
      { typed: '困难执工', meant: '困难职工', kind: 'homophone' },
    ])
  })
})

describe('what was typed rightly', () => {
  it.each([
    '职工书屋要建多少个',
    '加入工会一个月交多少会费',
    '我想参加竞赛,去哪报名,哪天截止',
    '今年法援接了几起',
    '刘维全是谁',
    '张师傅算不算困难职工',
    '渭全县的热线',
    '一年发两次,一次先发多少',
    '裔湛在哪',
  ])('stays: %s', (typed) => {
    expect(repair(typed).repairs).toEqual([])
  })

  it('stays when it is long pasted text', () => {
    expect(repair(`困难执工${'啊'.repeat(400)}`).repairs).toEqual([])
  })
})
