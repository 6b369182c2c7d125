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
  buildDocx,
  buildPdf,
  buildXlsx,
  buildZip,
  cell,
  paragraph,
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
