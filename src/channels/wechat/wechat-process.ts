/**
 * Entry of the process that holds the WeChat session. Started by fork-session.ts with HOME and the
 * working folder set to a folder of its own: the library writes session files into both.
 */
import { WechatyBuilder } from 'wechaty'
import { serveWechaty } from './serve-wechaty.ts'
import type { SessionOptions, WechatCommand, WechatEvent } from './wechat-link.ts'

const send = (event: WechatEvent) => process.send?.(event)

/** Says why and ends: the supervisor starts a new process, never this one again. */
function end(reason: string): void {
  send({ kind: 'broken', reason })
  setTimeout(() => process.exit(1), 50)
}

process.on('uncaughtException', (error) => end(`crash: ${error.name}`))
process.on('unhandledRejection', () => end('crash: unhandled rejection'))
// The session itself is not logged out: stopping it at some gateways means a QR code at every restart.
process.on('disconnect', () => process.exit(0))

const options: SessionOptions = JSON.parse(process.argv[2] ?? '{}')
const bot = WechatyBuilder.build({
  name: 'niangjiaren',
  puppet: options.puppet as never,
  puppetOptions: {
    timeoutSeconds: 30,
    ...(options.token && { token: options.token }),
    ...(options.endpoint && { endpoint: options.endpoint }),
    ...(options.withoutTls && { tls: { disable: true } }),
  },
})

await serveWechaty(bot, {
  send: (event) => {
    send(event)
    if (event.kind === 'broken') setTimeout(() => process.exit(1), 50)
  },
  onCommand: (listener) =>
    process.on('message', (command: WechatCommand) => {
      if (command.kind === 'stop') process.exit(0)
      listener(command)
    }),
})
