/** Starts the process that holds the WeChat session, in a folder of its own. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { SessionOptions, WechatEvent, WechatLink } from './wechat-link.ts'

/** @param folder writable; becomes HOME and the working folder of the process. */
export function forkSession(options: SessionOptions, folder: string): WechatLink {
  const child = fork(join(import.meta.dirname, 'wechat-process.ts'), [JSON.stringify(options)], {
    cwd: folder,
    env: {
      HOME: folder,
      WECHATY_LOG: 'silent',
      ...(options.withoutTls && { WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true' }),
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  })
  child.on('error', () => child.kill('SIGKILL'))
  return {
    post: (command) => {
      // A process that is ending takes no more; its end is heard of through onEnd.
      if (child.connected) child.send(command, () => undefined)
    },
    onEvent: (listener) => child.on('message', (event) => listener(event as WechatEvent)),
    onEnd: (listener) => child.once('exit', (code, signal) => listener(signal ?? `exit ${code}`)),
    kill: () => child.kill('SIGKILL'),
  }
}
