import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import divisions from '../../data/divisions.json' with { type: 'json' }
import { textAt } from '../domain/span.ts'
import { createGazetteer } from '../text/gazetteer.ts'
import { createTokenizer } from '../text/tokenize.ts'
import { ingestDocument } from './ingest-document.ts'

const options = { tokenizer: createTokenizer(), gazetteer: createGazetteer(divisions) }
const bytes = (text: string) => new TextEncoder().encode(text)
const ingest = (text: string, more: object = {}) =>
  ingestDocument({ fileName: 'a.txt', bytes: bytes(text) }, { ...options, ...more })
const fixture = (name: string) =>
  ingestDocument(
    {
      fileName: name,
      bytes: readFileSync(new URL(`../../test/fixtures/documents/${name}`, import.meta.url)),
    },
    options,
  )

describe('ingestDocument on a meeting report with glosses', () => {
  it('reads clean simplified text and keeps real brackets', async () => {
    const { text } = await fixture('meeting-glossed.txt')
    expect(text).toContain('省总工会召开党组(扩大)会议')
    expect(text).toContain('找准着力点')
    expect(text).not.toMatch(/[āáǎàēéěèīíǐìōóǒòūúǔù]/)
  })

  it('takes the title from the reprint line, and infers the year from the plan', async () => {
    const { metadata, warnings } = await fixture('meeting-glossed.txt')
    expect(metadata.title).toBe('省总工会召开党组(扩大)会议研究冬季服务工作')
    expect(metadata.kind).toBe('meeting-report')
    expect(metadata.issuer).toBe('陕西省总工会')
    expect(metadata.jurisdictionCode).toBe('610000')
    expect(metadata.issuedOn?.on.toString()).toBe('2025-11-28')
    expect(metadata.issuedOn?.inferredFrom).toBe('谋划2026年工会工作')
    expect(metadata.source).toBe('《某省工人报》')
    expect(warnings.map(({ code }) => code)).toEqual(['year_inferred'])
  })
})

describe('ingestDocument on a copied web page', () => {
  it('drops chrome, the repeated title and the passage pasted a second time', async () => {
    const { text, cuts } = await fixture('plan-page.txt')
    expect(text.startsWith('甘肃省庆阳市总工会安排部署2015年重点工作\n日前')).toBe(true)
    expect(text.match(/回顾去年工作/g)).toHaveLength(1)
    expect(text).not.toMatch(/Copyright|版 权|分享到|1024|当前位置/)
    expect(text).toContain('“劳动美·幸福城”')
    expect(new Set(cuts.map(({ reason }) => reason))).toEqual(
      new Set(['page-chrome', 'repeated-title', 'repeated-passage', 'white-space']),
    )
  })

  it('reads what the page says about itself', async () => {
    const { metadata } = await fixture('plan-page.txt')
    expect(metadata).toMatchObject({
      title: '甘肃省庆阳市总工会安排部署2015年重点工作',
      kind: 'plan',
      issuer: '庆阳市总工会',
      jurisdictionCode: '621000',
      planYear: 2015,
      source: '某某工会网',
    })
    expect(metadata.issuedOn?.on.toString()).toBe('2015-02-11')
    expect(metadata.validity.to?.toString()).toBe('2015-12-31')
  })

  it('reads the lists with their other names', async () => {
    const { lists } = await fixture('plan-page.txt')
    expect(
      lists.map(({ title, aliases, declaredCount, items }) => [
        title,
        aliases,
        declaredCount,
        items.length,
      ]),
    ).toEqual([
      ['三抓三提升', ['三抓实现三提升'], 3, 3],
      ['六件实在好事', ['六件好事'], 6, 6],
    ])
    expect(lists[1]?.items[4]).toMatchObject({ ordinal: 5, text: '救助困难职工家庭3000户' })
  })

  it('reads the figures with subject, value, bound, unit and year', async () => {
    const { facts, text } = await fixture('plan-page.txt')
    expect(
      facts.map(({ subject, value, bound, unit }) => `${subject} ${value} ${unit} ${bound}`),
    ).toEqual([
      '企业建会率 90 % at-least',
      '职工入会率 90 % at-least',
      '职工办理医疗互助 20000 名 exact',
      '职工书屋 25 个 exact',
      '送电影进工地 40 场次 exact',
      '培训家政服务员 1200 名 exact',
      '救助困难职工家庭 3000 户 exact',
      '工会驿站(站、点) 60 个 exact',
    ])
    expect(facts.every(({ year }) => year === 2015)).toBe(true)
    expect(textAt(text, facts[2]!.span)).toBe('一是为2万名职工办理医疗互助')
  })
})

describe('ingestDocument on an official document', () => {
  it('reads head, foot, period and kind', async () => {
    const { metadata } = await fixture('measure.txt')
    expect(metadata).toMatchObject({
      title: '庆阳市总工会关于印发《庆阳市困难职工帮扶资金使用管理办法（试行）》的通知',
      kind: 'measure',
      issuer: '庆阳市总工会',
      number: '庆工发〔2024〕18号',
      jurisdictionCode: '621000',
    })
    expect(metadata.issuedOn?.on.toString()).toBe('2024-06-28')
    expect(`${metadata.validity.from}..${metadata.validity.to}`).toBe('2024-08-01..2027-07-31')
  })

  it('keeps articles with their items, names the list by its heading, hides the private number', async () => {
    const { passages, lists, text, warnings } = await fixture('measure.txt')
    const article = passages.find((passage) => passage.text.includes('第三条'))
    expect(article?.text).toContain('（三）助学救助')
    expect(lists[0]).toMatchObject({ title: '帮扶标准' })
    expect(text).toContain('0934-8212345，〔已隐去〕')
    expect(warnings.map(({ code }) => code)).toEqual(['secret_redacted'])
  })
})

describe('ingestDocument', () => {
  it('gives passages that tile the text', async () => {
    const { passages, text } = await fixture('plan-page.txt')
    expect(passages.map((passage) => passage.text).join('')).toBe(text)
    expect(passages.every((passage) => textAt(text, passage) === passage.text)).toBe(true)
  })

  it('maps every character of the text to the original', async () => {
    const { offsets, text, originalText } = await fixture('plan-page.txt')
    expect(offsets.reduce((sum, [, , length]) => sum + length, 0)).toBe(text.length)
    for (const [cleaned, original, length] of offsets) {
      const own = text.slice(cleaned, cleaned + length).replace(/\s|·/g, '')
      const source = originalText.slice(original, original + length).replace(/\s|o/g, '')
      expect(source).toContain(own.slice(0, 5))
    }
  })

  it('lets front matter win over the text, and options over front matter', async () => {
    const text =
      '---\ntitle: 甲\nregion: 甘肃平凉\nissued_on: 2020-01-02\nreadable_by: cadres\n---\n正文写了四川省总工会的事。\n第二段。'
    const first = await ingest(text)
    expect(first.metadata).toMatchObject({
      title: '甲',
      jurisdictionCode: '620800',
      readableBy: 'cadres',
    })
    expect(first.text.startsWith('正文')).toBe(true)
    const second = await ingest(text, { overrides: { title: '乙' } })
    expect(second.metadata.title).toBe('乙')
  })

  it.each([
    ['', 'empty_file'],
    [' \n ', 'empty_file'],
    ['---\ntitle: 只有说明\n---\n', 'empty_file'],
    ['---\nkind: poem\n---\n正文', 'bad_front_matter'],
    ['\u0000\u0001\u0002\u0003PK', 'unknown_encoding'],
  ])('refuses %j with code %s', async (text, code) => {
    await expect(ingest(text)).rejects.toMatchObject({ code, name: 'BadInputError' })
  })
})
