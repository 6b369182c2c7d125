/**
 * Bytes to text, whatever the format. The type is decided by the content, never by the name.
 *
 * Plain text is read here; every format that needs a parser is read in a limited worker.
 */
import { BadInputError } from '../errors.ts'
import { declaredCharset, decodeText } from './decode-text.ts'
import { detectFormat } from './formats/detect-format.ts'
import { looksLikeHtml } from './formats/looks-like-html.ts'
import { readCsv } from './formats/read-csv.ts'
import { readInWorker, type WorkerLimits } from './formats/read-in-worker.ts'
import { markMarkdown } from './formats/read-markdown.ts'
import type { SourceText } from './formats/source-text.ts'
import { type FrontMatter, readFrontMatter } from './read-front-matter.ts'

export interface ReadSource extends SourceText {
  readonly frontMatter: FrontMatter
}

/** Largest file that is read. Bytes. */
const LARGEST_FILE = 20_000_000

/**
 * @throws {BadInputError} empty_file, file_too_large, unknown_encoding, unsupported_format, bad_front_matter,
 *   broken_file, file_too_complex, encrypted_file, scanned_pdf, no_text
 */
export async function readSource(bytes: Uint8Array, limits?: WorkerLimits): Promise<ReadSource> {
  if (bytes.length > LARGEST_FILE) {
    throw new BadInputError('file_too_large', '文件超过 20 MB，没有读取。请拆分后分别上传。')
  }
  const format = bytes.length === 0 ? 'text' : await detectFormat(bytes)
  if (format !== 'text') return { ...(await readInWorker(format, bytes, limits)), frontMatter: {} }
  const content = decodeText(bytes, declaredCharset(bytes))
  if (looksLikeHtml(content))
    return { ...(await readInWorker('html', bytes, limits)), frontMatter: {} }
  return readPlainText(content)
}

function readPlainText(content: string): ReadSource {
  const { frontMatter, length } = readFrontMatter(content)
  const body = content.slice(length)
  if (body.trim() === '') {
    throw new BadInputError('empty_file', '这个文件只有开头的说明，没有正文。请补上正文后再试。')
  }
  const table = length === 0 ? readCsv(content) : undefined
  if (table !== undefined) return { ...table, frontMatter }
  const head = { start: 0, end: length, reason: 'page-chrome' as const }
  const marked = [...(length === 0 ? [] : [head]), ...markMarkdown(content)]
  return { text: content, marked, warnings: [], frontMatter }
}
