/** A WeChat gateway in a process of its own: it can be killed, paused and started again on its port. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

export type GatewayCommand =
  | { readonly kind: 'login' }
  | { readonly kind: 'logout' }
  | { readonly kind: 'scan'; readonly qr: string }
  | {
      readonly kind: 'say'
      /** zhang, li or boss. */
      readonly from: string
      readonly text: string
      readonly inRoom?: boolean
      readonly mentionsBot?: boolean
      readonly file?: { readonly name: string; readonly base64: string }
    }

export type GatewayNotice =
  | { readonly kind: 'ready'; readonly endpoint: string }
  | { readonly kind: 'shown'; readonly to: string; readonly text: string }

export interface ForkedGateway {
  readonly endpoint: string
  readonly process: ChildProcess
  /** What people and the room `union@chatroom` were shown, oldest first. */
  readonly shown: readonly { readonly to: string; readonly text: string }[]
  tell(command: GatewayCommand): void
  /** Ends it without asking; resolves when it is gone. */
  kill(): Promise<void>
}

/** @param port of one that was killed, to come back in its place. */
export async function forkGateway(port?: number): Promise<ForkedGateway> {
  const entry = join(import.meta.dirname, 'wechat-gateway-process.ts')
  const child = fork(entry, port === undefined ? [] : [String(port)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, WECHATY_LOG: 'silent' },
    execArgv: [],
  })
  const shown: { to: string; text: string }[] = []
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  child.on('message', (notice: GatewayNotice) => {
    if (notice.kind === 'ready') resolve(notice.endpoint)
    else shown.push({ to: notice.to, text: notice.text })
  })
  const gone = new Promise<void>((settle) => child.once('exit', () => settle()))
  void gone.then(() => reject(new Error('The gateway ended.')))
  return {
    endpoint: await promise,
    process: child,
    shown,
    tell: (command) => child.send(command),
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}
