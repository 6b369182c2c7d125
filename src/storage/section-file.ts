/**
 * A file of named sections of bytes that can be made again at any time: written beside its name and
 * renamed when it is whole, read back only when every byte of it is as it was written.
 *
 *     sections, one after the other
 *     JSON {key, sections: [{name, length, checksum}]}
 *     length and CRC-32 of that JSON, then eight bytes that end every such file
 *
 * Derived from what may be restricted: readable by its owner only.
 */
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { BotError } from '../errors.ts'

export interface Section {
  readonly name: string
  /** Pieces that follow one another; asked for when they are written. */
  readonly pieces: Iterable<Uint8Array>
}

/** Each section in memory of its own. */
export type Sections = Readonly<Record<string, Uint8Array<ArrayBuffer>>>

export interface SectionFile {
  /**
   * What was written last; undefined when there is no file.
   *
   * @throws {BotError} `snapshot_damaged` when a byte is missing or different, `snapshot_foreign`
   *   when it was written under another key.
   */
  read(): Promise<Sections | undefined>
  /** Replaces the file, or leaves it as soon as `isWanted` says no; returns whether it did. */
  write(sections: readonly Section[], isWanted: () => boolean): Promise<boolean>
  remove(): Promise<void>
}

interface Entry {
  readonly name: string
  readonly length: number
  readonly checksum: number
}

const ENDING = Buffer.from('NJRSECT1')
/** Length and checksum of the table, and the ending. */
const TAIL_LENGTH = 8 + ENDING.length
/** Read, written and summed at a time: some milliseconds. */
const PIECE = 4 << 20
/** What a process that died left half written is swept away after this. */
const LEFTOVER_MS = 10 * 60 * 1000

/** @param key says what the contents rest on besides what they say; under another key the file is foreign. */
export function sectionFile(path: string, key: () => string): SectionFile {
  return {
    read: async () => {
      const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      if (file === undefined) return undefined
      try {
        return await readSections(file, key())
      } finally {
        await file.close()
      }
    },
    write: async (sections, isWanted) => {
      await sweepLeftovers(path)
      const partial = `${path}.${process.pid}.partial`
      const file = await open(partial, 'w', 0o600)
      try {
        const whole = await writeSections(file, key(), sections, isWanted).finally(() =>
          file.close(),
        )
        if (!whole) return false
        await rename(partial, path)
        return true
      } finally {
        await rm(partial, { force: true })
      }
    },
    remove: () => rm(path, { force: true }),
  }
}

async function writeSections(
  file: FileHandle,
  key: string,
  sections: readonly Section[],
  isWanted: () => boolean,
): Promise<boolean> {
  const entries: Entry[] = []
  for (const { name, pieces } of sections) {
    let length = 0
    let checksum = 0
    for (const piece of inParts(pieces)) {
      checksum = crc32(piece, checksum)
      length += piece.byteLength
      await writeWhole(file, piece)
      if (!isWanted()) return false
    }
    entries.push({ name, length, checksum })
  }
  const table = Buffer.from(JSON.stringify({ key, sections: entries }))
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(table.byteLength, 0)
  tail.writeUInt32LE(crc32(table), 4)
  await writeWhole(file, Buffer.concat([table, tail, ENDING]))
  return isWanted()
}

function* inParts(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const piece of pieces) {
    for (let from = 0; from < piece.byteLength; from += PIECE) {
      yield piece.subarray(from, from + PIECE)
    }
  }
}

async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let from = 0; from < bytes.byteLength; ) {
    const { bytesWritten } = await file.write(bytes, from)
    from += bytesWritten
  }
}

async function readSections(file: FileHandle, key: string): Promise<Sections> {
  const { entries, own } = await readTable(file)
  if (own !== key) throw foreign()
  const sections: Record<string, Uint8Array<ArrayBuffer>> = {}
  let at = 0
  for (const { name, length, checksum } of entries) {
    const bytes = await readWhole(file, at, length)
    if ((await summed(bytes)) !== checksum) throw damaged()
    sections[name] = bytes
    at += length
  }
  return sections
}

async function readTable(file: FileHandle) {
  const { size } = await file.stat()
  if (size < TAIL_LENGTH) throw damaged()
  const tail = Buffer.from(await readWhole(file, size - TAIL_LENGTH, TAIL_LENGTH))
  const length = tail.readUInt32LE(0)
  if (!tail.subarray(8).equals(ENDING) || length > size - TAIL_LENGTH) throw damaged()
  const table = await readWhole(file, size - TAIL_LENGTH - length, length)
  if (crc32(table) !== tail.readUInt32LE(4)) throw damaged()
  const parsed = JSON.parse(new TextDecoder().decode(table)) as { key: string; sections: Entry[] }
  return { own: parsed.key, entries: parsed.sections }
}

async function readWhole(
  file: FileHandle,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  for (let from = 0; from < length; ) {
    const wanted = Math.min(PIECE, length - from)
    const { bytesRead } = await file.read(bytes, from, wanted, position + from)
    if (bytesRead === 0) throw damaged()
    from += bytesRead
  }
  return bytes
}

/** In pieces, so that the process goes on meanwhile. */
async function summed(bytes: Uint8Array): Promise<number> {
  let checksum = 0
  for (let from = 0; from < bytes.byteLength; from += PIECE) {
    checksum = crc32(bytes.subarray(from, from + PIECE), checksum)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return checksum
}

async function sweepLeftovers(path: string): Promise<void> {
  const folder = dirname(path)
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(path)}.`) || !name.endsWith('.partial')) continue
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Infinity }))
    if (performance.timeOrigin + performance.now() - mtimeMs > LEFTOVER_MS) {
      await rm(join(folder, name), { force: true })
    }
  }
}

const damaged = () => new BotError('snapshot_damaged', '索引快照不完整或有改动，将重新生成。')
const foreign = () => new BotError('snapshot_foreign', '索引快照是另一版程序写的，将重新生成。')
