/** Files that are broken or meant to harm: each is refused with a code, fast, and the process goes on. */
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { encode } from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import divisions from '../../data/divisions.json' with { type: 'json' }
import { ingestDocument } from '../../src/ingestion/ingest-document.ts'
import { createGazetteer } from '../../src/text/gazetteer.ts'
import { createTokenizer } from '../../src/text/tokenize.ts'
import {
  assemblePdf,
  buildDocx,
  buildPdf,
  buildXlsx,
  buildZip,
  cell,
  paragraph,
  stream,
} from '../support/build-files.ts'

const options = {
  tokenizer: createTokenizer(),
  gazetteer: createGazetteer(divisions),
  limits: { timeoutMs: 8000, memoryMb: 200 },
}
const ingest = (bytes: Uint8Array | string) =>
  ingestDocument(
    {
      fileName: '../../etc/<b>passwd</b>.docx',
      bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
    },
    options,
  )
const good = paragraph('庆阳市总工会的通知正文。')
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index))
const PICTURE = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489',
  'hex',
)
const ODT = 'application/vnd.oasis.opendocument.text'
const ENTITY =
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'

const CATALOG = '<</Type/Catalog/Pages 2 0 R>>'
const PAGES = '<</Type/Pages/Kids[3 0 R]/Count 1>>'
const page = (more = '') => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]${more}/Contents 4 0 R>>`
const FORM =
  '<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length 11>>\nstream\n/A Do /A Do\nendstream'
const LOCKED = `/Encrypt<</Filter/Standard/V 1/R 2/O<${'00'.repeat(32)}>/U<${'11'.repeat(32)}>/P -4>>/ID[<${'00'.repeat(16)}><${'00'.repeat(16)}>]`

describe('a hostile file is refused', () => {
  it.each<readonly [string, () => Uint8Array | string, string]>([
    ['nothing at all', () => '', 'empty_file'],
    ['a byte order mark alone', () => Buffer.from([0xef, 0xbb, 0xbf]), 'empty_file'],
    ['one byte', () => Buffer.from([0]), 'unknown_encoding'],
    [
      'random bytes',
      () => Buffer.from(times(4096, (i) => (i * 7919 + i * i) % 253)),
      'unknown_encoding',
    ],
    ['a picture', () => PICTURE, 'unsupported_format'],
    [
      'a program',
      () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 0x90)]),
      'unsupported_format',
    ],
    ['a plain zip', () => buildZip({ 'a.txt': '文字' }), 'unsupported_format'],
    ['a Word file cut off', () => buildDocx(good).subarray(0, 400), 'broken_file'],
    ['a PDF cut off', () => buildPdf([['正文'.repeat(30)]]).subarray(0, 60), 'broken_file'],
    ['a scanned PDF', () => buildPdf([[], []]), 'scanned_pdf'],
    [
      'a PDF whose pages contain themselves',
      () => assemblePdf([CATALOG, '<</Type/Pages/Kids[2 0 R]/Count 1>>']),
      'broken_file',
    ],
    [
      'a PDF whose table points at itself',
      () => assemblePdf([CATALOG, '<</Type/Pages/Kids[]/Count 0>>'], '/Prev SELF'),
      'broken_file',
    ],
    [
      'a PDF form that draws itself',
      () =>
        assemblePdf([
          CATALOG,
          PAGES,
          page('/Resources<</XObject<</A 5 0 R>>>>'),
          stream('/A Do'),
          FORM,
        ]),
      'scanned_pdf',
    ],
    [
      'a PDF with a script and nothing else',
      () =>
        assemblePdf([
          CATALOG.replace('>>', '/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>'),
          PAGES,
          page(),
        ]),
      'scanned_pdf',
    ],
    [
      'a PDF with a password',
      () => assemblePdf([CATALOG, PAGES, page()], LOCKED),
      'encrypted_file',
    ],
    [
      'a workbook whose words are missing',
      () => buildXlsx('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'),
      'broken_file',
    ],
    ['an empty Word file', () => buildDocx('<w:p/>'), 'no_text'],
    ['a bomb of empty paragraphs', () => buildDocx('<w:p/>'.repeat(2_000_000)), 'file_too_complex'],
    [
      'sizes that lie',
      () => buildDocx(good, { 'word/media/a.bin': '0'.repeat(100_000) }, { claimedSize: 10 }),
      'broken_file',
    ],
    [
      'sixty thousand entries',
      () => buildDocx(good, Object.fromEntries(times(60_000, (i) => [`x/${i}`, '']))),
      'file_too_complex',
    ],
    ['an external entity', () => buildDocx(good, { 'word/document.xml': ENTITY }), 'broken_file'],
    [
      'a billion laughs',
      () =>
        buildZip({
          mimetype: ODT,
          'content.xml': '<!DOCTYPE x [<!ENTITY a "aa">]><office:body>&a;</office:body>',
        }),
      'broken_file',
    ],
    [
      'an encrypted file',
      () =>
        Buffer.concat([
          Buffer.from('d0cf11e0a1b11ae1', 'hex'),
          Buffer.alloc(600),
          encode('EncryptedPackage', 'utf16le'),
        ]),
      'encrypted_file',
    ],
    [
      'two encodings in one text',
      () =>
        Buffer.concat([
          Buffer.from('第一段是UTF-8的文字。'),
          Buffer.from([0xff, 0xfe, 0xff]),
          encode('第二段不是', 'gb18030'),
        ]),
      'unknown_encoding',
    ],
  ])('%s', async (_, make, code) => {
    await expect(ingest(make())).rejects.toMatchObject({ name: 'BadInputError', code })
  })
})

/** Either answer is fine for these, as long as there is one. */
async function outcomeOf(bytes: Uint8Array | string): Promise<string> {
  try {
    return (await ingest(bytes)).text
  } catch (error) {
    expect(error).toMatchObject({ name: 'BadInputError' })
    return 'refused'
  }
}

describe('a text that repeats one thing', () => {
  it.each([
    '一',
    '10个',
    '平凉',
    '\n \n',
    '一是',
    '甲、',
    '# a\n',
    'a | b\n',
    '](y)',
    '“',
    '编辑：',
  ])('%j twenty thousand characters long ends like any other', async (unit) => {
    expect(await outcomeOf(`甲${unit.repeat(20_000 / unit.length)}`)).not.toBe('')
  })
})

describe('a file with traps', () => {
  it('is read or refused in time when it is nested very deep or very wide', async () => {
    const deep = `<html><body>${'<div>'.repeat(100_000)}深${'</div>'.repeat(100_000)}</body></html>`
    const wide = `<html><body><p ${times(100_000, (i) => `a${i}="1"`).join(' ')}>宽</p></body></html>`
    expect(['深', 'refused']).toContain(await outcomeOf(deep))
    expect(['宽', 'refused']).toContain(await outcomeOf(wide))
  })

  it('is read or refused when a cell lies far away', async () => {
    const far = buildXlsx(
      `<row r="1">${cell('A1', '近处')}</row><row r="1048576">${cell('XFD1048576', '远处')}</row>`,
    )
    expect(await outcomeOf(far)).toMatch(/^(?:refused$|近处)/)
  })

  it('is read without touching other files or the network', async () => {
    const connections: string[] = []
    const server = createServer((socket) => {
      connections.push('connected')
      socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const text = await outcomeOf(
      buildDocx(good + linkedPicture, {
        'word/_rels/document.xml.rels': relations(
          relation('rId9', 'image', `http://127.0.0.1:${port}/x.png`) +
            relation('rId8', 'attachedTemplate', 'file:///etc/passwd'),
        ),
      }),
    )
    server.close()
    expect(text).toBe('庆阳市总工会的通知正文。')
    expect(connections).toEqual([])
  })

  it('is read in part when it has thousands of pages, and says so', async () => {
    const { warnings, text } = await ingest(
      buildPdf(times(3000, (number) => [`第${number}页写的是办好实事。`])),
    )
    expect(warnings.map(({ code }) => code)).toContain('partial')
    expect(text).toContain('第499页')
  })

  it('is read as long as it is when cells claim to span everything', async () => {
    const row = '<tr><td rowspan="99999" colspan="99999">格</td><td>1个</td></tr>'
    expect(
      (await outcomeOf(`<html><body><table>${row.repeat(3000)}</table></body></html>`)).length,
    ).toBeLessThan(1_000_000)
    const merged = `<row r="1">${cell('A1', '甲')}${cell('B1', '乙')}</row><row r="2">${cell('A2', '丙')}${cell('C2', '丁')}</row>`
    const everything = buildXlsx('', {
      'xl/worksheets/sheet1.xml': `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${merged}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`,
    })
    expect((await outcomeOf(everything)).length).toBeLessThan(1000)
  })

  it('ends at the limit when a page never does', async () => {
    const endless = assemblePdf([
      CATALOG,
      PAGES,
      page(),
      stream('q 1 0 0 1 0 0 cm '.repeat(600_000)),
    ])
    await expect(
      ingestDocument(
        { fileName: 'endless.pdf', bytes: endless },
        { ...options, limits: { timeoutMs: 700, memoryMb: 200 } },
      ),
    ).rejects.toMatchObject({ name: 'BadInputError' })
  })

  it('never uses a path from the archive', async () => {
    const slip = `../../../tmp/slip-${process.pid}.txt`
    await outcomeOf(buildDocx(good, { [slip]: 'x', [`/tmp/slip-${process.pid}.txt`]: 'x' }))
    expect(existsSync(`/tmp/slip-${process.pid}.txt`)).toBe(false)
  })

  it('gives no link to run: javascript addresses are gone', async () => {
    const { text, originalText } = await ingest(
      buildDocx(
        '<w:p><w:hyperlink r:id="rId7"><w:r><w:t>点我领取补助</w:t></w:r></w:hyperlink></w:p>',
        {
          'word/_rels/document.xml.rels': relations(
            relation('rId7', 'hyperlink', 'javascript:alert(1)'),
          ),
        },
      ),
    )
    expect(text).toBe('点我领取补助')
    expect(originalText).not.toContain('javascript')
  })

  it('leaves the loop free: other work goes on while it is read', async () => {
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
    }, 5)
    await ingest(
      buildPdf(times(60, (page) => times(30, (line) => `第${page}页第${line}行:办好实事。`))),
    )
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(3)
  })
})

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const linkedPicture = `<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:link="rId9"/></w:drawing></w:r></w:p>`

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" TargetMode="External" Type="${OFFICE}/${type}" Target="${target}"/>`
}

function relations(content: string): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`
}
