/** Runs one of the program's entry files in a process of its own, as a shell would. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SOURCE = join(import.meta.dirname, '../../src')

export interface Ended {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>
  readonly input?: string
}

/** Nothing of the tests' own environment but the path: defaults are what is tested. */
function start(file: string, words: readonly string[], { environment = {} }: RunOptions) {
  return spawn(process.execPath, [join(SOURCE, file), ...words], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    cwd: tmpdir(),
  })
}

export async function runProgram(
  file: 'cli.ts' | 'main.ts',
  words: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const child = start(file, words, options)
  const parts = { output: '', errors: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    parts.output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    parts.errors += text
  })
  child.stdin.end(options.input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...parts }
}

export interface RunningBot {
  readonly address: string
  readonly greeting: string
  stop(): Promise<number | null>
}

/** Starts the bot on a free port; rejects with what it said when it does not come up. */
export async function startProgram(
  environment: Readonly<Record<string, string>>,
): Promise<RunningBot> {
  const child = start('main.ts', [], {
    environment: { PORT: '0', LOG_LEVEL: 'error', ...environment },
  })
  let said = ''
  const ended = once(child, 'close') as Promise<[number | null]>
  const address = await new Promise<string>((resolve, reject) => {
    const listen = (text: string) => {
      said += text
      const found = /网页问答\s+(http:\S+)/.exec(said)?.[1]
      if (found !== undefined && said.includes('Ctrl+C')) resolve(found)
    }
    child.stdout.setEncoding('utf8').on('data', listen)
    child.stderr.setEncoding('utf8').on('data', listen)
    ended.then(() => reject(new Error(said)), reject)
  })
  return {
    address,
    greeting: said,
    stop: async () => {
      child.kill('SIGTERM')
      return (await ended)[0]
    },
  }
}
