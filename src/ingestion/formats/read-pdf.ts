/**
 * PDFs with a text layer. Lines become paragraphs again, page numbers and running heads go, the spaces
 * that PDF puts around digits (2025 年 1 月) close up. A scan is refused with a clear word.
 */
import { getDocumentProxy } from 'unpdf'
import type { ReadingWarning } from '../../domain/document.ts'
import { BadInputError } from '../../errors.ts'
import { encrypted } from './detect-format.ts'
import { joinPdfLines, type PdfLine } from './join-pdf-lines.ts'
import { pdfLines, type TextItem } from './pdf-lines.ts'
import { plainSource, type SourceText } from './source-text.ts'

/** Read from the front; the rest is reported, not silently dropped. */
const MOST_PAGES = 500
/** Fewer characters a page than this are stamps on a scan. */
const LEAST_TEXT_A_PAGE = 15

export async function readPdf(bytes: Uint8Array): Promise<SourceText> {
  const pdf = await open(bytes)
  if (pdf.numPages === 0) throw broken()
  const count = Math.min(pdf.numPages, MOST_PAGES)
  const pages: PdfLine[][] = []
  for (let number = 1; number <= count; number += 1) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    pages.push(pdfLines((items as readonly object[]).filter(isTextItem)))
    page.cleanup()
  }
  const text = joinPdfLines(pages)
  if (text.replace(/\s/g, '').length < LEAST_TEXT_A_PAGE * Math.min(count, 3)) throw scanned()
  return { ...plainSource(text), warnings: pdf.numPages > count ? [partial(pdf.numPages)] : [] }
}

async function open(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), {
      disableFontFace: true,
      useSystemFonts: false,
      stopAtErrors: false,
      verbosity: 0,
    })
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'PasswordException') throw encrypted()
    throw broken(cause)
  }
}

function broken(cause?: unknown): BadInputError {
  const message = '这个 PDF 已损坏或不完整，读不出来。请重新导出后再试。'
  return new BadInputError('broken_file', message, { cause })
}

function isTextItem(item: object): item is TextItem {
  return 'str' in item && 'transform' in item
}

function scanned(): BadInputError {
  return new BadInputError(
    'scanned_pdf',
    '这是扫描件，没有文字层，读不出文字。请用扫描软件做文字识别（OCR）后再上传，或上传 Word 版。',
  )
}

function partial(pages: number): ReadingWarning {
  return {
    code: 'partial',
    message: `这个 PDF 有 ${pages} 页，只读了前 ${MOST_PAGES} 页。请拆分后分别上传。`,
  }
}
