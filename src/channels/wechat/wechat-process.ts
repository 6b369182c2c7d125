/**
 * Entry of the process that holds the WeChat session. Started by fork-session.ts with HOME and the
 * working folder set to a folder of its own: the library writes session files into both.
 *
 * It ends by itself when its parent has gone, and when nobody tells it any more that the session is
 * still ours: a parent that hangs must not keep the session from the replica that takes over.
 */
import { buildBot } from './build-bot.ts'
import { serveWechaty } from './serve-wechaty.ts'
import type { SessionOptions, WechatCommand, WechatEvent } from './wechat-link.ts'

/** Until the first word of the parent, milliseconds. */
const OWNED_AT_FIRST_MS = 30_000

const send = (event: WechatEvent) => process.send?.(event)

/** Until the reason is handed over, but no longer: nobody may be listening. */
const LONGEST_FAREWELL_MS = 1_000

/** Says why and ends: the supervisor starts a new process, never this one again. */
function end(reason: string): void {
  const leave = () => process.exit(1)
  process.send?.({ kind: 'broken', reason } satisfies WechatEvent, leave)
  setTimeout(leave, LONGEST_FAREWELL_MS)
}

process.on('uncaughtException', (error) => end(`crash: ${error.name}`))
process.on('unhandledRejection', () => end('crash: unhandled rejection'))
// The session itself is not logged out: stopping it at some gateways means a QR code at every restart.
process.on('disconnect', () => process.exit(0))

let owned = setTimeout(() => end('lease-lost'), OWNED_AT_FIRST_MS)
process.on('message', (command: WechatCommand) => {
  if (command.kind !== 'hold') return
  clearTimeout(owned)
  owned = setTimeout(() => end('lease-lost'), command.forMs)
})

const options: SessionOptions = JSON.parse(process.argv[2] ?? '{}')
const bot = await buildBot(options)
if (typeof bot === 'string') {
  end(bot)
} else {
  await serveWechaty(bot, {
    send: (event) => {
      send(event)
      if (event.kind === 'broken') setTimeout(() => process.exit(1), 50)
    },
    onCommand: (listener) => process.on('message', listener),
  })
}
