/**
 * Bytes to text, whatever the format. The type is decided by the content, never by the name.
 */
import { BadInputError } from '../errors.ts'
import type { MarkedRange } from './clean-text.ts'
import { decodeText } from './decode-text.ts'
import { type FrontMatter, readFrontMatter } from './read-front-matter.ts'
import { looksLikeHtml, readHtml } from './read-html.ts'

/** A text as its format gives it, before cleaning. */
export interface SourceText {
  readonly text: string
  /** Ranges that the format marks as no part of the text. */
  readonly marked: readonly MarkedRange[]
  readonly frontMatter: FrontMatter
  readonly titleHint?: string
}

/** Largest file that is read. Bytes. */
export const LARGEST_FILE = 20_000_000

/** @throws {BadInputError} empty_file, file_too_large, unknown_encoding, unsupported_format, bad_front_matter */
export async function readSource(bytes: Uint8Array): Promise<SourceText> {
  if (bytes.length > LARGEST_FILE) {
    throw new BadInputError('file_too_large', '文件超过 20 MB,没有读取。请拆分后分别上传。')
  }
  const charset = declaredCharset(bytes)
  const content = decodeText(bytes, charset)
  if (looksLikeHtml(content)) return readHtml(content)
  return readPlainText(content)
}

function readPlainText(content: string): SourceText {
  const { frontMatter, length } = readFrontMatter(content)
  const marked = length === 0 ? [] : [{ start: 0, end: length, reason: 'page-chrome' as const }]
  if (content.slice(length).trim() === '') {
    throw new BadInputError('empty_file', '这个文件只有开头的说明,没有正文。请补上正文后再试。')
  }
  return { text: content, marked, frontMatter }
}

/** The charset that an HTML head or an XML declaration names, read from the bytes as Latin letters. */
function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048))
  return (
    /charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ??
    /encoding=["']([\w-]+)["']/i.exec(head)?.[1]
  )
}
