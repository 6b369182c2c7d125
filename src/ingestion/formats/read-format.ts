/** The reader of each format; its package loads only when such a file comes. */
import type { WorkerFormat } from './detect-format.ts'
import type { SourceText } from './source-text.ts'

export async function readFormat(format: WorkerFormat, bytes: Uint8Array): Promise<SourceText> {
  switch (format) {
    case 'docx':
      return (await import('./read-docx.ts')).readDocx(bytes)
    case 'odt':
      return (await import('./read-odt.ts')).readOdt(bytes)
    case 'ofd':
      return (await import('./read-ofd.ts')).readOfd(bytes)
    case 'xlsx':
      return (await import('./read-xlsx.ts')).readXlsx(bytes)
    case 'pdf':
      return (await import('./read-pdf.ts')).readPdf(bytes)
    case 'doc':
      return (await import('./read-doc.ts')).readDoc(bytes)
    case 'rtf':
      return (await import('./read-rtf.ts')).readRtf(bytes)
    case 'html': {
      const { decodeText, declaredCharset } = await import('../decode-text.ts')
      return (await import('./read-html.ts')).readHtml(decodeText(bytes, declaredCharset(bytes)))
    }
  }
}
