/**
 * OFD, the page format of Chinese offices: a zip of pages whose pieces of text each have a place.
 * Lines and paragraphs are made of them as for PDF. A scan holds pictures only and is refused.
 *
 * Source: GB/T 33190-2016, 7.5 (Document.xml), 7.7 (pages), 11.3 (TextCode); lengths in millimetres
 * from the upper left corner.
 */
import { BadInputError } from '../../errors.ts'
import { decodeXml } from './decode-xml.ts'
import { joinPdfLines } from './join-pdf-lines.ts'
import { pdfLines, type TextItem } from './pdf-lines.ts'
import { plainSource, type SourceText } from './source-text.ts'
import { unzip, xmlPart } from './unzip.ts'

type Parts = ReadonlyMap<string, Uint8Array>

const POINTS_A_MILLIMETRE = 72 / 25.4
/** Read from the front, as for PDF. */
const MOST_PAGES = 500

export async function readOfd(bytes: Uint8Array): Promise<SourceText> {
  const parts = await unzip(bytes)
  const paths = pagePaths(parts)
  if (paths.length === 0) {
    throw new BadInputError('broken_file', '这个 OFD 文件缺少正文，读不出来。请重新导出后再试。')
  }
  const pages = paths.slice(0, MOST_PAGES).map((path) => itemsOf(xmlPart(parts, path) ?? ''))
  const text = joinPdfLines(pages.map(pdfLines))
  if (text === '') {
    throw new BadInputError(
      'scanned_pdf',
      '这是扫描件，没有文字层，读不出文字。请先做文字识别（OCR），或上传 Word 版。',
    )
  }
  const message = `这个 OFD 有 ${paths.length} 页，只读了前 ${MOST_PAGES} 页。请拆分后分别上传。`
  const warnings = paths.length > MOST_PAGES ? [{ code: 'partial', message }] : []
  return { ...plainSource(text), warnings }
}

/** The pages in the document's own order: their names say nothing about it. */
function pagePaths(parts: Parts): string[] {
  const root = /<(?:\w+:)?DocRoot>\s*([^<]+?)\s*</.exec(xmlPart(parts, 'OFD.xml') ?? '')?.[1]
  const document = inContainer('', root ?? 'Doc_0/Document.xml')
  const folder = document.slice(0, document.lastIndexOf('/') + 1)
  const xml = xmlPart(parts, document) ?? ''
  return [...xml.matchAll(/<(?:\w+:)?Page\s[^>]*BaseLoc="([^"]+)"/g)]
    .map(([, path = '']) => inContainer(folder, path))
    .filter((path) => parts.has(path))
}

/** A path from the container's root, or from the folder of the file that names it. */
function inContainer(folder: string, path: string): string {
  return path.startsWith('/') ? path.slice(1) : `${folder}${path.replace(/^\.\//, '')}`
}

const TEXT_OBJECT = /<(?:\w+:)?TextObject\s([^>]*)>(.*?)<\/(?:\w+:)?TextObject>/gs
const TEXT_CODE = /<(?:\w+:)?TextCode\s?([^>]*)>([^<]*)</g

function itemsOf(page: string): TextItem[] {
  return [...page.matchAll(TEXT_OBJECT)].flatMap(([, attributes = '', content = '']) => {
    const [left = 0, top = 0, width = 0] = numbersIn(attributes, 'Boundary')
    const [size = 3.5] = numbersIn(attributes, 'Size')
    return [...content.matchAll(TEXT_CODE)].map(([, code = '', written = '']) => {
      const [x = 0] = numbersIn(code, 'X')
      const [y = 0] = numbersIn(code, 'Y')
      return {
        str: decodeXml(written),
        hasEOL: false,
        transform: [0, 0, 0, 0, points(left + x), -points(top + y)],
        width: points(Math.max(0, width - x)),
        height: points(size),
      }
    })
  })
}

const points = (millimetres: number) => millimetres * POINTS_A_MILLIMETRE

function numbersIn(attributes: string, name: string): number[] {
  const written = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
  return written.split(/\s+/).map(Number).filter(Number.isFinite)
}
