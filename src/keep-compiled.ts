/** Compiled code is kept beside the packages it belongs to: every later start takes about half the time. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

/** Call it before the program itself is loaded. Where nothing can be written, nothing changes. */
export function keepCompiled(): void {
  enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compiled'))
}
