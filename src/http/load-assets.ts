/**
 * Our own static files, read once at start: a handful of kilobytes. The address carries a hash of
 * the content, so a browser may keep a file for ever and still sees a new one at once.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export interface Assets {
  /** Address of a file by its name; throws for a name that is not there, at the first rendering. */
  address(name: string): string
  /** The file; undefined when there is none of that name. */
  respond(name: string): Response | undefined
}

/** The files that every page shares: colours, type, the form of an answer. */
const SHARED = join(import.meta.dirname, 'assets')

/** Reads every css, js and svg file of `folder` and the shared ones; they are served below `prefix` (/assets/). */
export function loadAssets(folder: string, prefix: string): Assets {
  const files = new Map(
    [SHARED, folder].flatMap((from) =>
      readdirSync(from)
        .filter((name) => extname(name) in TYPES)
        .map((name) => [name, readAsset(join(from, name))] as const),
    ),
  )
  return {
    address: (name) => {
      const file = files.get(name)
      if (file === undefined) throw new Error(`No such asset: ${name}`)
      return `${prefix}${name}?v=${file.hash}`
    },
    respond: (name) => {
      const file = files.get(name)
      return file && new Response(file.bytes, { headers: file.headers })
    },
  }
}

function readAsset(path: string) {
  const bytes = new Uint8Array(readFileSync(path))
  const headers = {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'cache-control': 'public, max-age=31536000, immutable',
  }
  return { bytes, headers, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 12) }
}
