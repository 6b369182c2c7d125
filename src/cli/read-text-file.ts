import { readFile } from 'node:fs/promises'
import { BadInputError } from '../errors.ts'

/**
 * A UTF-8 text file, without its byte order mark.
 *
 * @throws {BadInputError} when it is not there, is a folder, or is no UTF-8.
 */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readBytes(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new BadInputError('not_utf8', `${path} 不是 UTF-8 编码，请另存为 UTF-8 再试`, { cause })
  }
}

/** @throws {BadInputError} with what to do about it. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new BadInputError('unreadable_file', unreadable(path, cause), { cause })
  }
}

function unreadable(path: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') return `找不到文件 ${path}，请检查路径`
  if (code === 'EISDIR') return `${path} 是文件夹，这里要一个文件`
  if (code === 'EACCES') return `没有权限读 ${path}`
  return `读不了 ${path}`
}
