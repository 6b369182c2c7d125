/**
 * A secret from the keyboard, which is not shown while it is typed; from a pipe, its first line. Asked
 * on standard error: standard output stays for results.
 */
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { BadInputError } from '../errors.ts'

/** Asks twice at a keyboard. @throws {BadInputError} when nothing was given or the two differ. */
export async function readSecret(name: string): Promise<string> {
  const { stdin } = process
  if (!stdin.isTTY) return given(await readLine(), name)
  const secret = given(await readLine(`${name}（输入时不显示）：`), name)
  if ((await readLine(`再输一遍${name}：`)) === secret) return secret
  throw new BadInputError('secrets_differ', `两次输入的${name}不一样，没有改动。请再试一次`)
}

function given(secret: string, name: string): string {
  if (secret !== '') return secret
  throw new BadInputError('no_secret', `没有输入${name}，没有改动`)
}

/** A line of standard input; empty when it ends or Ctrl-C is pressed. */
function readLine(prompt?: string): Promise<string> {
  const { stdin, stderr } = process
  const atKeyboard = prompt !== undefined
  const lines = createInterface({
    input: stdin,
    output: new Writable({ write: (_chunk, _encoding, done) => done() }),
    terminal: atKeyboard,
    historySize: 0,
  })
  if (atKeyboard) stderr.write(prompt)
  return new Promise((resolve) => {
    let line = ''
    lines.once('line', (text) => {
      line = text
      lines.close()
    })
    lines.once('SIGINT', () => lines.close())
    lines.once('close', () => {
      if (atKeyboard) stderr.write('\n')
      resolve(line)
    })
  })
}
