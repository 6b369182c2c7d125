/**
 * What a file is, by its content: names lie. Text has no magic number, so what is nothing else is tried
 * as text.
 */
import { fileTypeFromBuffer } from 'file-type'
import { BadInputError } from '../../errors.ts'

/** Formats that are read in a worker of their own. */
export type WorkerFormat = 'docx' | 'odt' | 'ofd' | 'xlsx' | 'pdf' | 'doc' | 'rtf' | 'html'
export type Format = WorkerFormat | 'text'

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  docx: 'docx',
  docm: 'docx',
  dotx: 'docx',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  pdf: 'pdf',
  odt: 'odt',
  rtf: 'rtf',
  html: 'html',
  xml: 'text',
}

/** @throws {BadInputError} `unsupported_format`, `encrypted_file` */
export async function detectFormat(bytes: Uint8Array): Promise<Format> {
  if (startsWith(bytes, '{\\rtf')) return 'rtf'
  const type = await fileTypeFromBuffer(bytes)
  if (type === undefined) return 'text'
  if (type.ext === 'cfb') return compoundFormat(bytes)
  if (type.ext === 'zip' && holdsName(bytes, 'OFD.xml')) return 'ofd'
  const format = BY_EXTENSION[type.ext]
  if (format !== undefined) return format
  throw unsupported(type.mime, type.ext)
}

/** Word 97, WPS, Excel 97 and encrypted files of Office share one container; its directory names the streams in UTF-16. */
function compoundFormat(bytes: Uint8Array): Format {
  const names = new TextDecoder('latin1').decode(bytes).replaceAll('\0', '')
  if (names.includes('EncryptedPackage')) throw encrypted()
  if (names.includes('WordDocument')) return 'doc'
  if (names.includes('Workbook') || names.includes('Book')) {
    throw new BadInputError(
      'unsupported_format',
      '这是旧版 Excel 文件（xls 或 et）。请用 WPS 或 Excel 另存为 xlsx 后再试。',
    )
  }
  throw unsupported('application/x-cfb', 'cfb')
}

/** A file that needs a password. */
export function encrypted(): BadInputError {
  return new BadInputError('encrypted_file', '这个文件有密码保护，读不了。请去掉密码后重新上传。')
}

function unsupported(mime: string, extension: string): BadInputError {
  const what = mime.startsWith('image/')
    ? '这是一张图片，里面的文字读不出来。请上传文字版文件。'
    : mime.startsWith('audio/') || mime.startsWith('video/')
      ? '这是音频或视频，暂时读不了。请上传文字版文件。'
      : `这种文件（${extension}）读不了。支持 txt、md、html、docx、doc、wps、pdf、ofd、xlsx、csv、rtf、odt。`
  return new BadInputError('unsupported_format', what)
}

/** A container lists its names uncompressed. */
function holdsName(bytes: Uint8Array, name: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(name)
}

function startsWith(bytes: Uint8Array, letters: string): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, letters.length)) === letters
}
