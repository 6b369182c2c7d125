import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { BadInputError } from '../errors.ts'

export interface FoundFile {
  readonly path: string
  /** Name to store it under: the file's own, or its path inside the folder that was named. */
  readonly name: string
}

/**
 * The files that paths name: files themselves, and everything below folders in order of name, without
 * hidden files.
 *
 * @throws {BadInputError} for a path that is not there.
 */
export async function findFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = []
  for (const path of paths) {
    const kind = await kindOf(path)
    if (kind === 'folder') found.push(...(await filesBelow(path)))
    else found.push({ path, name: basename(path) })
  }
  return found
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch (cause) {
    throw new BadInputError('unreadable_file', `找不到 ${path}，请检查路径`, { cause })
  }
}

async function filesBelow(folder: string): Promise<FoundFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: relative(folder, path) }))
    .filter(({ name }) => !name.split(/[\\/]/).some((part) => part.startsWith('.')))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
