/**
 * Opens a zip container (docx, xlsx, odt) within limits, before any parser sees it.
 *
 * Everything is inflated once and counted on the way, because declared sizes lie. Names in the archive
 * are only looked up, never used as paths.
 */
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { BadInputError } from '../../errors.ts'

const MOST_ENTRIES = 2000
/** Inflated bytes of all entries. */
const LARGEST_CONTENT = 50_000_000
/** A ratio above this is a bomb; Word's own XML seldom passes 30. */
const HIGHEST_RATIO = 200
/** Below this, a high ratio harms nobody. Bytes. */
const RATIO_FLOOR = 1_000_000

/** The parts of the container by name. @throws {BadInputError} broken_file, file_too_complex, encrypted_file */
export async function unzip(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const zip = await open(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (zip.entryCount > MOST_ENTRIES) throw bomb()
  const parts = new Map<string, Uint8Array>()
  let total = 0
  for await (const entry of entriesOf(zip)) {
    if (entry.isEncrypted())
      throw new BadInputError(
        'encrypted_file',
        '这个文件有密码保护，读不了。请去掉密码后重新上传。',
      )
    const content = await inflate(zip, entry, LARGEST_CONTENT - total)
    total += content.length
    if (total > RATIO_FLOOR && total > bytes.length * HIGHEST_RATIO) throw bomb()
    parts.set(entry.fileName, content)
  }
  return parts
}

/** The text of one part; refuses document types, which only attacks use here. */
export function xmlPart(parts: ReadonlyMap<string, Uint8Array>, name: string): string | undefined {
  const part = parts.get(name)
  if (part === undefined) return undefined
  const xml = new TextDecoder('utf-8').decode(part)
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) {
    throw new BadInputError(
      'broken_file',
      '这个文件含有不允许的外部定义，没有读取。请重新导出后再试。',
    )
  }
  return xml
}

function open(buffer: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(
      buffer,
      { lazyEntries: true, strictFileNames: false, decodeStrings: true },
      (error, zip) => {
        if (error === null && zip !== undefined) resolve(zip)
        else reject(broken(error))
      },
    )
  })
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await nextEntry(zip)
    if (entry === undefined) return
    if (!entry.fileName.endsWith('/')) yield entry
  }
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const clear = () => {
      zip.removeListener('entry', onEntry)
      zip.removeListener('end', onEnd)
      zip.removeListener('error', onError)
    }
    const onEntry = (entry: Entry) => {
      clear()
      resolve(entry)
    }
    const onEnd = () => {
      clear()
      resolve(undefined)
    }
    const onError = (error: Error) => {
      clear()
      reject(broken(error))
    }
    zip.on('entry', onEntry)
    zip.on('end', onEnd)
    zip.on('error', onError)
    zip.readEntry()
  })
}

function inflate(zip: ZipFile, entry: Entry, allowance: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null || stream === undefined) {
        reject(broken(error))
        return
      }
      const chunks: Buffer[] = []
      let length = 0
      stream.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length > allowance) {
          stream.destroy()
          reject(bomb())
        } else chunks.push(chunk)
      })
      stream.on('end', () => resolve(Buffer.concat(chunks)))
      stream.on('error', (cause) => reject(broken(cause)))
    })
  })
}

function bomb(): BadInputError {
  return new BadInputError('file_too_complex', '这个文件解压后过大，没有读取。请拆分或另存后再试。')
}

function broken(cause: unknown): BadInputError {
  return new BadInputError(
    'broken_file',
    '这个文件已损坏或不完整，读不出来。请重新导出或另存后再试。',
    { cause },
  )
}
