/** Starts a TypeScript file as a process of its own and waits for a line of its output. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Child {
  readonly process: ChildProcess
  /** Resolves when the process prints this line; rejects when it ends without. */
  printed(line: string): Promise<void>
  ended(): Promise<void>
}

export function runChild(file: string, ...parameters: readonly string[]): Child {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  let complaints = ''
  const output = createInterface({ input: child.stdout })
  output.on('line', (line) => lines.push(line))
  child.stderr.on('data', (chunk) => {
    complaints += String(chunk)
  })
  const exit = once(child, 'close')
  return {
    process: child,
    printed: (wanted) =>
      new Promise((resolve, reject) => {
        const check = () => lines.includes(wanted) && resolve()
        check()
        output.on('line', check)
        exit.then(() => reject(new Error(`ended before 「${wanted}」: ${complaints}`)), reject)
      }),
    ended: async () => {
      await exit
    },
  }
}
