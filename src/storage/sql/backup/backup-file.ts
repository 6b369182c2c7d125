/**
 * A backup is one file: gzip over lines of JSON, the same whichever engine wrote it.
 *
 *     {"format":"niangjiaren-backup","version":1,"createdAt":…,"migrations":[1,2,…]}
 *     {"table":"versions","rows":[{…},{…}]}          as many as needed, referenced tables first
 *     {"tables":{"versions":12,…},"sha256":"…"}      of all lines before it
 *
 * It is written beside its name and renamed when it is whole and was read back, so a file of that
 * name is always a good backup. It holds everything that is restricted: readable by its owner only.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { BadInputError, BotError } from '../../../errors.ts'

const FORMAT = 'niangjiaren-backup'
const VERSION = 1

export type StoredValue = string | number | null | Uint8Array
export type StoredRow = Readonly<Record<string, StoredValue>>

export interface RowBatch {
  readonly table: string
  readonly rows: readonly StoredRow[]
}

export interface BackupHeader {
  readonly createdAt: Temporal.Instant
  /** Numbers of the migrations that the database had. */
  readonly migrations: readonly number[]
}

/** Rows of every table that is in the backup. */
export type TableCounts = Readonly<Record<string, number>>

export interface BackupSummary extends BackupHeader {
  readonly tables: TableCounts
}

/**
 * Writes a backup and reads it back.
 *
 * @throws {BadInputError} `backup_exists`: an older backup is never overwritten.
 */
export async function writeBackupFile(
  file: string,
  header: BackupHeader,
  batches: AsyncIterable<RowBatch>,
): Promise<BackupSummary> {
  if (existsSync(file)) {
    throw new BadInputError(
      'backup_exists',
      `备份文件 ${file} 已经存在，没有覆盖。请换一个文件名。`,
    )
  }
  const partial = `${file}.partial`
  try {
    const output = createWriteStream(partial, { mode: 0o600, flush: true })
    await pipeline(Readable.from(linesOf(header, batches)), createGzip(), output)
    const summary = await checkBackup(partial)
    await rename(partial, file)
    return summary
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

async function* linesOf(header: BackupHeader, batches: AsyncIterable<RowBatch>) {
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  const hashed = (value: object) => {
    const line = `${JSON.stringify(value, writeBytes)}\n`
    hash.update(line)
    return line
  }
  const { createdAt, migrations } = header
  yield hashed({ format: FORMAT, version: VERSION, createdAt: createdAt.toString(), migrations })
  for await (const { table, rows } of batches) {
    counts[table] = (counts[table] ?? 0) + rows.length
    yield hashed({ table, rows })
  }
  yield `${JSON.stringify({ tables: counts, sha256: hash.digest('hex') })}\n`
}

/** Reads a whole backup and compares its sum. @throws {BotError} `backup_damaged`, `backup_foreign` */
export async function checkBackup(file: string): Promise<BackupSummary> {
  const hash = createHash('sha256')
  let header: BackupHeader | undefined
  let last = ''
  for await (const line of readLines(file)) {
    if (last !== '') hash.update(`${last}\n`)
    header ??= readHeader(line)
    last = line
  }
  const footer = parseLine(last)
  if (!header || footer['sha256'] !== hash.digest('hex')) throw damaged(undefined)
  return { ...header, tables: footer['tables'] as TableCounts }
}

/** The rows of a backup that {@link checkBackup} found good. */
export async function* readBatches(file: string): AsyncGenerator<RowBatch> {
  for await (const line of readLines(file)) {
    const { table, rows } = parseLine(line)
    if (typeof table !== 'string') continue
    yield { table, rows: (rows as readonly StoredRow[]).map(readBytes) }
  }
}

async function* readLines(file: string): AsyncGenerator<string> {
  try {
    const input = createReadStream(file)
    const text = input.pipe(createGunzip())
    input.on('error', (error) => text.destroy(error))
    yield* createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new BadInputError('backup_missing', `找不到备份文件 ${file}。请检查路径。`)
    }
    throw damaged(error)
  }
}

function readHeader(line: string): BackupHeader {
  const header = parseLine(line)
  if (header['format'] !== FORMAT) {
    throw new BadInputError('backup_foreign', '这个文件不是娘家人的备份。请检查选择的文件。')
  }
  if (header['version'] !== VERSION) {
    throw new BotError('backup_newer', '这份备份是更新的程序写的，请升级程序后再恢复。')
  }
  return {
    createdAt: Temporal.Instant.from(String(header['createdAt'])),
    migrations: header['migrations'] as readonly number[],
  }
}

function parseLine(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch (error) {
    throw damaged(error)
  }
}

function damaged(cause: unknown) {
  return new BotError(
    'backup_damaged',
    '备份文件不完整或已损坏，没有恢复任何内容。请换一份备份。',
    {
      cause,
    },
  )
}

/** A Buffer arrives as the object that its toJSON makes of it. */
function writeBytes(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer') {
    return { $bytes: Buffer.from((value as { data?: number[] }).data ?? []).toString('base64') }
  }
  return value
}

function readBytes(row: StoredRow): StoredRow {
  const entries = Object.entries(row).map(([column, value]): [string, StoredValue] => {
    const isBytes = typeof value === 'object' && value !== null && '$bytes' in value
    return [column, isBytes ? Buffer.from(String(value.$bytes), 'base64') : value]
  })
  return Object.fromEntries(entries)
}
