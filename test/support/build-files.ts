/** Makes real files of every format in memory: zip containers, Word, Excel, OpenDocument, PDF. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipOptions {
  /** What the headers claim an entry inflates to; a lie when it differs. */
  readonly claimedSize?: number
}

const utf8 = (text: string) => Buffer.from(text, 'utf8')

/** A zip container. Names go in as they are, also hostile ones. */
export function buildZip(
  parts: Readonly<Record<string, string | Uint8Array>>,
  options: ZipOptions = {},
): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const data = typeof content === 'string' ? utf8(content) : Buffer.from(content)
    const packed = deflateRawSync(data)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(0x800, 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(data), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(options.claimedSize ?? data.length, 18)
    fields.writeUInt16LE(utf8(name).length, 22)
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fields, utf8(name), packed])
    const central = Buffer.alloc(20)
    central.writeUInt32LE(offset, 10 + 6)
    directory.push(
      Buffer.concat([
        Buffer.from([0x50, 0x4b, 1, 2, 20, 0]),
        fields,
        Buffer.alloc(10),
        offsetField(offset),
        utf8(name),
      ]),
    )
    locals.push(local)
    offset += local.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, index, end])
}

function offsetField(offset: number): Buffer {
  const field = Buffer.alloc(4)
  field.writeUInt32LE(offset)
  return field
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006'

export const paragraph = (text: string, runProperties = '') =>
  `<w:p><w:r>${runProperties === '' ? '' : `<w:rPr>${runProperties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r></w:p>`

export const table = (rows: readonly (readonly string[])[]) =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`

/** A Word file with the given body XML and further parts. */
export function buildDocx(
  body: string,
  more: Readonly<Record<string, string>> = {},
  options: ZipOptions = {},
): Buffer {
  return buildZip(
    {
      '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
      '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
      'word/document.xml': `${XML}<w:document ${W} ${R}><w:body>${body}</w:body></w:document>`,
      ...more,
    },
    options,
  )
}

/** A workbook of one sheet; `cells` maps A1 to a value. */
export function buildXlsx(sheet: string, more: Readonly<Record<string, string>> = {}): Buffer {
  return buildZip({
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ${R}><sheets><sheet name="任务表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${sheet}</sheetData></worksheet>`,
    ...more,
  })
}

export const cell = (reference: string, value: string) =>
  `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`

export function buildOdt(body: string): Buffer {
  return buildZip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'META-INF/manifest.xml': `${XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>`,
    'content.xml': `${XML}<office:document-content xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:b"><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
  })
}

/** A line of a page at a place; points from the lower left corner. */
export interface PlacedLine {
  readonly text: string
  readonly x: number
  readonly y: number
}

/** One page with its lines where they are told to stand. */
export const buildPdfPage = (lines: readonly PlacedLine[]) => buildPages([lines])

/** A PDF of one page for each list of lines, one under the other. */
export const buildPdf = (pages: readonly (readonly string[])[]) =>
  buildPages(pages.map((lines) => lines.map((text, row) => ({ text, x: 72, y: 780 - row * 20 }))))

/** The font has no outlines but says which characters it means. */
function buildPages(pages: readonly (readonly PlacedLine[])[]): Buffer {
  const objects: string[] = []
  const add = (content: string) => objects.push(content)
  const first = 6
  const kids = pages.map((_, index) => `${first + index * 2} 0 R`).join(' ')
  add('<</Type/Catalog/Pages 2 0 R>>')
  add(`<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`)
  add(
    '<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>',
  )
  add(
    '<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>',
  )
  add(
    stream(
      '/CIDInit /ProcSet findresource begin\nbegincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\nendcmap',
    ),
  )
  for (const [index, lines] of pages.entries()) {
    add(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents ${first + index * 2 + 1} 0 R>>`,
    )
    const shows = lines.map(({ text, x, y }) => `BT /F1 12 Tf ${x} ${y} Td <${hex(text)}> Tj ET`)
    add(stream(shows.join('\n')))
  }
  return assemblePdf(objects)
}

function hex(text: string): string {
  return Array.from(text, (character) =>
    character.charCodeAt(0).toString(16).padStart(4, '0'),
  ).join('')
}

export function stream(content: string): string {
  return `<</Length ${Buffer.byteLength(content)}>>\nstream\n${content}\nendstream`
}

/** A PDF of these objects, the first its catalogue; `more` goes into the trailer, `SELF` there is the place of the table. */
export function assemblePdf(objects: readonly string[], more = ''): Buffer {
  const head = '%PDF-1.7\n'
  const bodies = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`)
  let start = head.length
  const offsets = bodies.map((body) => {
    const offset = start
    start += Buffer.byteLength(body)
    return offset
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const trailer = `<</Size ${objects.length + 1}/Root 1 0 R${more.replace('SELF', String(start))}>>`
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n${trailer}\nstartxref\n${start}\n%%EOF`
  return Buffer.from(`${head}${bodies.join('')}${table}`, 'utf8')
}
