/**
 * What an engine complains about, in words an operator can act on. Classified once, here, by the
 * engines' own codes and never by reading messages. Anything not listed passes through unchanged:
 * then it is a fault of ours and its stack is worth more than a sentence.
 */
import { BotError } from '../../errors.ts'

interface Complaint {
  readonly code: string
  readonly message: string
  readonly retryable: boolean
}

const fatal = (code: string, message: string): Complaint => ({ code, message, retryable: false })
const passing = (code: string, message: string): Complaint => ({ code, message, retryable: true })

const CORRUPT = fatal(
  'store_corrupt',
  '数据库文件已损坏，未做任何改动。请停止程序，保留原文件，用 npm run bot -- restore 备份文件 恢复到一个新的 DATA_DIR。',
)
const UNWRITABLE = fatal(
  'store_unwritable',
  '数据库文件无法写入。请检查 DATA_DIR 目录是否存在、当前用户是否有读写权限、磁盘是否只读。',
)
const LOCKED = passing(
  'store_locked',
  '数据库正被另一个程序占用，等待后仍未释放。请检查是否有别的娘家人进程或数据库工具在使用同一个 DATA_DIR，然后再试。',
)
const FULL = passing(
  'store_full',
  '磁盘空间不足，数据没有写入。请清理磁盘后再试，程序不需要重新启动。',
)
const INPUT_OUTPUT = passing(
  'store_io',
  '读写数据库文件时磁盘出错。请检查磁盘和挂载（网络盘不适合存放数据库），然后再试。',
)
const UNREACHABLE = passing(
  'store_unreachable',
  '连不上 PostgreSQL。请检查 DATABASE_URL 的地址和端口，以及数据库服务是否在运行。',
)
const LOGIN = fatal(
  'store_login',
  'PostgreSQL 拒绝了登录。请检查 DATABASE_URL 中的用户名、密码和数据库名。',
)
const MISSING_DATABASE = fatal(
  'store_missing',
  'DATABASE_URL 指向的数据库不存在。请先用 createdb 创建它，再启动程序。',
)
const FORBIDDEN = fatal(
  'store_forbidden',
  'PostgreSQL 用户没有建表或读写的权限。请给 DATABASE_URL 中的用户授予该数据库（schema）的权限。',
)
const CONFLICT = passing(
  'store_conflict',
  '另一个操作同时改了同一份数据，本次没有写入。请再试一次。',
)

/** SQLite's primary result codes; extended codes carry them in the low byte. https://sqlite.org/rescode.html */
const SQLITE: Readonly<Record<number, Complaint>> = {
  5: LOCKED,
  6: LOCKED,
  8: UNWRITABLE,
  10: INPUT_OUTPUT,
  11: CORRUPT,
  13: FULL,
  14: UNWRITABLE,
  26: CORRUPT,
}

/** SQLSTATE and socket codes. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const POSTGRES: Readonly<Record<string, Complaint>> = {
  ECONNREFUSED: UNREACHABLE,
  ECONNRESET: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EPIPE: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  '08006': UNREACHABLE,
  '53300': UNREACHABLE,
  '57P01': UNREACHABLE,
  '57P03': UNREACHABLE,
  '28000': LOGIN,
  '28P01': LOGIN,
  '3D000': MISSING_DATABASE,
  '42501': FORBIDDEN,
  '53100': FULL,
  '55P03': LOCKED,
  '40001': CONFLICT,
  '40P01': CONFLICT,
}

const SQLITE_BUSY = 5

/** Another connection is writing: the same statement may be tried again. */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === SQLITE_BUSY
}

/** The engine's complaint as a BotError where we know what to advise; else the error itself. */
export function storeError(error: unknown): unknown {
  const complaint = SQLITE[sqliteCode(error) ?? -1] ?? POSTGRES[postgresCode(error)]
  if (!complaint) return error
  return new BotError(complaint.code, complaint.message, {
    retryable: complaint.retryable,
    cause: error,
  })
}

function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined
}

function postgresCode(error: unknown): string {
  if (error instanceof AggregateError) return postgresCode(error.errors[0])
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
