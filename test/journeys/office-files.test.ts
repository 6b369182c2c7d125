/** What office programs keep beside the letters: numbers, merged cells, notes, revisions, columns, formats. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import divisions from '../../data/divisions.json' with { type: 'json' }
import { ingestDocument } from '../../src/ingestion/ingest-document.ts'
import { createGazetteer } from '../../src/text/gazetteer.ts'
import { createTokenizer } from '../../src/text/tokenize.ts'
import {
  buildDocx,
  buildOdt,
  buildPdf,
  buildPdfPage,
  buildXlsx,
  buildZip,
  cell,
  paragraph,
} from '../support/build-files.ts'

const options = { tokenizer: createTokenizer(), gazetteer: createGazetteer(divisions) }
const ingest = (bytes: Uint8Array | string, fileName = 'file') =>
  ingestDocument(
    { fileName, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes },
    options,
  )
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const numbered = (text: string, level: number, num = 1) =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${num}"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
const level = (n: number, format: string, text: string) =>
  `<w:lvl w:ilvl="${n}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`
const NUMBERING = `<w:numbering ${W}><w:abstractNum w:abstractNumId="0">${level(0, 'chineseCounting', '%1、')}${level(1, 'chineseCounting', '(%2)')}${level(2, 'decimal', '%3.')}</w:abstractNum><w:abstractNum w:abstractNumId="1">${level(0, 'chineseCountingThousand', '第%1条')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>`
const NOTES = `<w:footnotes ${W}><w:footnote w:id="1"><w:p><w:r><w:t>不含市级补助。</w:t></w:r></w:p></w:footnote></w:footnotes>`
const NOTE_RELATIONS =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="n1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>'

describe('a Word file', () => {
  it('has the numbers that Word shows and does not write, and so its headings and lists', async () => {
    const body =
      paragraph('庆阳市总工会2026年工作要点') +
      numbered('服务职工', 0) +
      numbered('建好职工书屋', 1) +
      numbered('新建书屋15个', 2) +
      numbered('改造书屋6个', 2) +
      numbered('办好互助保障', 1) +
      numbered('严格考核', 0) +
      numbered('本要点自发布之日起施行。', 0, 2)
    const { text, lists } = await ingest(buildDocx(body, { 'word/numbering.xml': NUMBERING }))

    expect(text.split('\n')).toEqual([
      '庆阳市总工会2026年工作要点',
      '一、服务职工',
      '(一)建好职工书屋',
      '1.新建书屋15个',
      '2.改造书屋6个',
      '(二)办好互助保障',
      '二、严格考核',
      '第一条 本要点自发布之日起施行。',
    ])
    expect(lists.map(({ items }) => items.length)).toEqual([2, 2, 2])
  })

  it('has its merged cells filled in, so that a figure keeps all its heads', async () => {
    const grid = (cells: string) => `<w:tr>${cells}</w:tr>`
    const td = (text: string, properties = '') =>
      `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`
    const white = `<w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr>${paragraph('县级', '<w:color w:val="FFFFFF"/>')}</w:tc>`
    const body = `<w:tbl>${grid(td('类别', '<w:vMerge w:val="restart"/>') + td('标准(元/户)', '<w:gridSpan w:val="2"/>'))}${grid(td('', '<w:vMerge/>') + td('市级') + white)}${grid(td('深度困难') + td('5000') + td('3000'))}</w:tbl>`
    const { text, facts } = await ingest(buildDocx(paragraph('困难职工救助标准如下。') + body))

    expect(text).toContain('类别 | 标准(元/户) | 标准(元/户)\n类别 | 市级 | 县级\n深度困难 | 5000')
    expect(facts.map(({ subject, value, unit }) => `${subject} ${value}${unit}`)).toEqual([
      '深度困难市级 5000元/户',
      '深度困难县级 3000元/户',
    ])
  })

  it('keeps footnotes under the text, reads revisions as accepted and says so', async () => {
    const body = `<w:p><w:r><w:t>每户救助</w:t></w:r><w:del w:id="1"><w:r><w:delText>2000元</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>3000元</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:t>,由县总工会发放。</w:t></w:r></w:p>`
    const parts = { 'word/footnotes.xml': NOTES, 'word/_rels/document.xml.rels': NOTE_RELATIONS }
    const { text, warnings } = await ingest(buildDocx(body, parts))

    expect(text).toBe('每户救助3000元〔注1〕,由县总工会发放。\n注1：不含市级补助。')
    expect(warnings.map(({ code }) => code)).toContain('tracked_changes')
  })

  it('has only the hidden words left out, not the same words where they are seen', async () => {
    const body =
      paragraph('一次性补助500元。') +
      paragraph('一次性补助500元。', '<w:vanish/>') +
      paragraph('由县总工会发放。')
    const { text, cuts } = await ingest(buildDocx(body))

    expect(text).toBe('一次性补助500元。\n由县总工会发放。')
    expect(cuts.filter(({ reason }) => reason === 'hidden-text')).toMatchObject([
      { original: { start: text.indexOf('\n') + 1 } },
    ])
  })
})

/** Written by an office program from our own words: Word 97, the container that old WPS files use too. */
const WORD_97 = readFileSync(join(import.meta.dirname, '../fixtures/documents/relief-standard.doc'))

describe('a Word 97 or WPS file', () => {
  it.each(['救助标准.doc', '救助标准.wps', '救助标准.pdf'])(
    '%s keeps head, headings, table and dates',
    async (fileName) => {
      const { text, metadata, facts, passages } = await ingest(WORD_97, fileName)

      expect(metadata).toMatchObject({
        title: '庆阳市总工会关于印发《困难职工生活救助标准》的通知',
        number: '庆工发〔2026〕21号',
        issuer: '庆阳市总工会',
        kind: 'measure',
      })
      expect(metadata.validity.from?.toString()).toBe('2026-10-01')
      expect(text).toContain('深度困难 | 5000 | 3000')
      expect(facts.map(({ subject, value }) => `${subject} ${value}`)).toContain(
        '相对困难县级 2000',
      )
      expect(passages.at(-1)?.text).toMatch(/^二、工作要求\n.*10月20日前报送/)
    },
  )
})

describe('an Excel file', () => {
  const number = (reference: string, value: number, style = 0, formula = '') =>
    `<c r="${reference}" s="${style}">${formula && `<f>${formula}</f>`}<v>${value}</v></c>`
  const styles =
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="0\\元"/><numFmt numFmtId="165" formatCode="yyyy\\年m\\月d\\日"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
  const rows = [
    cell('A1', '合水县工会2026年任务表'),
    `${cell('A2', '乡镇')}${cell('B2', '建会')}${cell('D2', '完成日期')}`,
    `${cell('B3', '新建(家)')}${cell('C3', '建会率')}`,
    `${cell('A4', '西华池镇')}${number('B4', 12)}${number('C4', 0.85, 1)}${number('D4', 46326, 3)}`,
    `${cell('A5', '合计')}${number('B5', 24, 0, 'B4*2')}${number('C5', 5000, 2)}`,
  ].map((cells, index) => `<row r="${index + 1}">${cells}</row>`)
  const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData><mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/><mergeCell ref="D2:D3"/></mergeCells></worksheet>`
  const relations =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>'
  const workbook = () =>
    buildXlsx('', {
      'xl/worksheets/sheet1.xml': sheet,
      'xl/styles.xml': styles,
      'xl/_rels/workbook.xml.rels': relations,
    })

  it('keeps merged heads, percentages, units, dates and the results of formulas', async () => {
    const { text, metadata, facts } = await ingest(workbook())

    expect(metadata).toMatchObject({ title: '合水县工会2026年任务表', kind: 'plan' })
    expect(text.split('\n')).toEqual([
      '合水县工会2026年任务表',
      '乡镇 | 建会 | 建会 | 完成日期',
      '乡镇 | 新建(家) | 建会率 | 完成日期',
      '西华池镇 | 12 | 85% | 2026-10-31',
      '合计 | 24 | 5000元 |',
    ])
    expect(facts.map(({ subject, value, unit }) => `${subject} ${value}${unit}`)).toContain(
      '西华池镇建会率 85%',
    )
  })
})

describe('tables of other formats', () => {
  it('ODT rows stay rows, merged cells filled in', async () => {
    const td = (text: string, spans = '') =>
      `<table:table-cell${spans}><text:p>${text}</text:p></table:table-cell>`
    const covered = '<table:covered-table-cell/>'
    const rows = [
      `${td('类别', ' table:number-rows-spanned="2"')}${td('标准(元/户)', ' table:number-columns-spanned="2"')}${covered}`,
      `${covered}${td('市级')}${td('县级')}`,
      `${td('深度困难')}${td('5000')}${td('3000')}`,
    ]
    const body = `<table:table>${rows.map((row) => `<table:table-row>${row}</table:table-row>`).join('')}</table:table>`
    const { text } = await ingest(buildOdt(`<text:p>救助标准如下。</text:p>${body}`))

    expect(text).toBe(
      '救助标准如下。\n类别 | 标准(元/户) | 标准(元/户)\n类别 | 市级 | 县级\n深度困难 | 5000 | 3000',
    )
  })

  it('every row of a CSV in GB18030 is there, and the file gives the title', async () => {
    const content =
      '项目,对象,标准(元/人),备注\r\n春节慰问,全体会员,500,实物\r\n结婚慰问,会员,300,凭证领取\r\n'
    const { text, metadata, facts } = await ingest(encode(content, 'gb18030'), '慰问标准.csv')

    expect(metadata.title).toBe('慰问标准')
    expect(text.split('\n')).toHaveLength(3)
    expect(facts.map(({ subject, value, unit }) => `${subject} ${value}${unit}`)).toEqual([
      '春节慰问 500元/人',
      '结婚慰问 300元/人',
    ])
  })

  it.each(['gbk', 'big5'] as const)(
    'a page in %s without a word about it is read',
    async (code) => {
      const words = code === 'big5' ? '職工書屋建設標準' : '职工书屋建设标准'
      const page = `<html><body><h1>${words}</h1><table><tr><td>藏書</td><td>500冊</td></tr><tr><td>面積</td><td>30平方米</td></tr></table></body></html>`
      const { text } = await ingest(encode(page, code))

      expect(text).toContain('职工书屋建设标准')
      expect(text).toContain('藏书 | 500册')
    },
  )

  it('a heading across a table does not end it', async () => {
    const html =
      '<table><tr><th>项目</th><th>标准(元)</th></tr><tr><td colspan="2">一、慰问类</td></tr><tr><td>住院慰问</td><td>1000</td></tr><tr><td colspan="2">二、助学类</td></tr><tr><td>本科新生</td><td>5000</td></tr></table>'
    const { facts } = await ingest(`<html><body><h1>标准</h1>${html}</body></html>`)

    expect(facts.map(({ subject, value, unit }) => `${subject} ${value}${unit}`)).toEqual([
      '住院慰问 1000元',
      '本科新生 5000元',
    ])
  })
})

describe('a PDF', () => {
  it('in two columns is read one column after the other, in whole sentences', async () => {
    const left = [
      '各级工会要把服务职工的事情',
      '一件一件办好办实,做到年初',
      '有计划、年中有检查、年底有',
      '总结。要深入基层听取意见。',
    ]
    const right = [
      '新建职工书屋三十个,改造工',
      '会驿站十二个,由宣传教育部',
      '负责落实,十月底前完成并将',
      '完成情况报市总工会办公室。',
    ]
    const lines = left.flatMap((text, row) => [
      { text, x: 60, y: 700 - row * 20 },
      { text: right[row] ?? '', x: 320, y: 700 - row * 20 },
    ])
    const title = { text: '庆阳市总工会工作简报', x: 200, y: 760 }
    const { text } = await ingest(buildPdfPage([title, ...lines]))

    expect(text).toContain(left.join(''))
    expect(text).toContain(right.join(''))
  })

  it('whose writer put radicals for characters is read as what it says, number and date too', async () => {
    const lines = [
      '云岭市总⼯会关于做好2026年⾦秋助学⼯作的通知',
      '云⼯发〔2026〕12号',
      '各县（区）总⼯会：',
      '⼀、每⼈⼀次性资助3000元。',
      '云岭市总⼯会',
      '2026年9⽉1⽇',
    ]
    const { metadata } = await ingest(buildPdf([lines]))

    expect(metadata).toMatchObject({
      title: '云岭市总工会关于做好2026年金秋助学工作的通知',
      number: '云工发〔2026〕12号',
      issuer: '云岭市总工会',
      issuedOn: { on: Temporal.PlainDate.from('2026-09-01') },
    })
  })

  it('with cells far apart keeps them as a table', async () => {
    const rows = [
      ['项目', '数量'],
      ['职工书屋', '30个'],
      ['工会驿站', '12个'],
    ]
    const cells = rows.flatMap(([name = '', count = ''], row) => [
      { text: name, x: 80, y: 700 - row * 20 },
      { text: count, x: 260, y: 700 - row * 20 },
    ])
    const { text } = await ingest(
      buildPdfPage([{ text: '庆阳市总工会2026年建设任务表', x: 80, y: 760 }, ...cells]),
    )

    expect(text).toContain('项目 | 数量\n职工书屋 | 30个\n工会驿站 | 12个')
  })

  it('that is scanned is refused with what to do', async () => {
    await expect(ingest(buildPdf([[], []]))).rejects.toThrow(/扫描件，没有文字层/)
  })
})

describe('an OFD file', () => {
  const piece = (x: number, y: number, text: string, width = text.length * 4.2) =>
    `<ofd:TextObject ID="9" Boundary="${x} ${y} ${width} 4.2" Font="3" Size="4.2"><ofd:TextCode X="0" Y="3.6" DeltaX="g ${text.length - 1} 4.2">${text}</ofd:TextCode></ofd:TextObject>`
  const ofd = (...pages: string[]) =>
    buildZip({
      'OFD.xml':
        '<?xml version="1.0"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
      'Doc_0/Document.xml': `<ofd:Document><ofd:Pages>${pages.map((_, n) => `<ofd:Page ID="${n}" BaseLoc="Pages/Page_${pages.length - n}/Content.xml"/>`).join('')}</ofd:Pages></ofd:Document>`,
      ...Object.fromEntries(
        pages.map((page, n) => [
          `Doc_0/Pages/Page_${pages.length - n}/Content.xml`,
          `<ofd:Page><ofd:Content><ofd:Layer>${page}</ofd:Layer></ofd:Content></ofd:Page>`,
        ]),
      ),
    })

  it('gives its paragraphs and tables in the order of its pages', async () => {
    const full = '各级工会要把服务职工的事情一件一件办好办实,做到年初有计划,年中有检'
    const { text, metadata } = await ingest(
      ofd(
        piece(40, 30, '庆阳市总工会关于做好2026年慰问工作的通知') +
          piece(30, 50, full) +
          piece(30, 57, '查,年底有总结。'),
        piece(30, 30, '项目') +
          piece(90, 30, '标准') +
          piece(30, 37, '住院慰问') +
          piece(90, 37, '1000元'),
      ),
      '通知.ofd',
    )
    expect(metadata).toMatchObject({
      title: '庆阳市总工会关于做好2026年慰问工作的通知',
      kind: 'notice',
    })
    expect(text).toContain(`${full}查,年底有总结。`)
    expect(text).toContain('项目 | 标准\n住院慰问 | 1000元')
  })

  it('that is scanned, or holds nothing, is refused with what to do', async () => {
    await expect(ingest(ofd('<ofd:ImageObject/>'))).rejects.toMatchObject({ code: 'scanned_pdf' })
    await expect(ingest(ofd())).rejects.toMatchObject({ code: 'broken_file' })
  })
})

describe('a name that lies', () => {
  it('changes nothing: a Word file is read as one, a plain zip is refused', async () => {
    const { text } = await ingest(buildDocx(paragraph('庆阳市总工会的通知正文。')), '通知.pdf')

    expect(text).toBe('庆阳市总工会的通知正文。')
    await expect(ingest(buildZip({ 'a.txt': '文字' }), '通知.docx')).rejects.toMatchObject({
      code: 'unsupported_format',
    })
  })
})
