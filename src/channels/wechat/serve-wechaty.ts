/**
 * The session's side of the pipe: one Wechaty instance, made into events and driven by commands.
 *
 * One instance is used for one session only; when it is of no more use this says `broken` and the
 * process ends, because instances leak when they are started again. Events are turned into plain data
 * in the order in which they came.
 */
import type { Wechaty } from 'wechaty'
import { describeMessage } from './describe-message.ts'
import { createOffers } from './offer-events.ts'
import type { SendFailure, WechatCommand, WechatEvent } from './wechat-link.ts'

export interface SessionPort {
  send(event: WechatEvent): void
  onCommand(listener: (command: WechatCommand) => void): void
}

export interface SessionTimes {
  /** How often the gateway is asked for a sign of life, milliseconds. */
  readonly probeEvery: number
  /** Silence after which the session counts as dead, milliseconds. */
  readonly deadAfter: number
}

/** Whoever has not scanned yet hears little from a gateway that is well: it gets so much longer. */
const PATIENCE_BEFORE_LOGIN = 3

export const SESSION_TIMES: SessionTimes = { probeEvery: 10_000, deadAfter: 45_000 }

/** gRPC codes after which the library never recovers: cancelled, deadline, exists, unavailable, token refused. */
const FATAL_CODES: ReadonlySet<number> = new Set([1, 4, 6, 14, 16])
/** Those with which a gateway itself says no: unknown, argument, not found. A puppet without one has none. */
const ANSWERING_CODES: ReadonlySet<number> = new Set([2, 3, 5])
const SEND_WITHIN_MS = 12_000

export async function serveWechaty(
  bot: Wechaty,
  port: SessionPort,
  times: SessionTimes = SESSION_TIMES,
): Promise<{ stop(): void }> {
  const offers = createOffers((event) => port.send(event))
  let seenAt = performance.now()
  let queue = Promise.resolve()
  let isLoggedIn = false
  const seen = () => {
    seenAt = performance.now()
  }
  /** One after another; a failure is not the next one's concern. */
  const inOrder = (work: () => Promise<void>) => {
    seen()
    queue = queue.then(work).catch(() => undefined)
  }
  const broken = (reason: string) => port.send({ kind: 'broken', reason })

  bot.on('scan', (qr) => {
    seen()
    port.send({ kind: 'scan', qr })
  })
  bot.on('login', (user) => {
    seen()
    isLoggedIn = true
    port.send({ kind: 'login', id: user.id, name: user.name() })
  })
  bot.on('logout', (_user, reason) => {
    isLoggedIn = false
    port.send({ kind: 'logout', reason: reason ?? '' })
  })
  bot.on('heartbeat', seen)
  bot.on('dong', seen)
  bot.on('error', (error) => {
    const code = codeOf(error)
    if (FATAL_CODES.has(code)) broken(code === 16 ? 'token-refused' : `gateway-${code}`)
  })
  bot.on('message', (message) =>
    inOrder(async () => {
      const plain = await describeMessage(message, bot)
      offers.add((number) => ({ kind: 'message', number, message: plain }))
    }),
  )
  bot.on('room-join', (room, invitees) =>
    inOrder(async () => {
      if (!isLoggedIn || !invitees.some(({ id }) => id === bot.currentUser.id)) return
      const plain = { id: room.id, topic: await room.topic() }
      const sentAt = Temporal.Now.instant().toString()
      offers.add((number) => ({ kind: 'joined', number, room: plain, sentAt }))
    }),
  )
  port.onCommand((command) => {
    if (command.kind === 'taken') offers.settle(command.number, command.ok)
    if (command.kind === 'send') void answerSend(command, bot, port)
    if (command.kind === 'fetch') void answerFetch(command, bot, port)
  })

  const probe = setInterval(() => {
    port.send({ kind: 'alive' })
    const patience = times.deadAfter * (isLoggedIn ? 1 : PATIENCE_BEFORE_LOGIN)
    if (performance.now() - seenAt > patience) broken('no-heartbeat')
    else ding(bot)
  }, times.probeEvery)
  await bot.start()
  return {
    stop: () => {
      clearInterval(probe)
      offers.stop()
    },
  }
}

function ding(bot: Wechaty): void {
  try {
    bot.ding('probe')
  } catch {
    // It has no connection yet, or none any more: the silence that follows tells.
  }
}

/** gRPC puts its number in `code`, or in front of the message: 「14 UNAVAILABLE: …」. */
function codeOf(error: unknown): number {
  if (!(error instanceof Error)) return Number.NaN
  const { code } = error as Error & { readonly code?: unknown }
  return Number(code ?? /^(\d+) [A-Z_]+:/.exec(error.message)?.[1])
}

function isAnswer(error: unknown): boolean {
  const code = codeOf(error)
  return Number.isNaN(code) || ANSWERING_CODES.has(code)
}

type SendCommand = Extract<WechatCommand, { kind: 'send' }>

async function answerSend(command: SendCommand, bot: Wechaty, port: SessionPort): Promise<void> {
  const late = Promise.withResolvers<SendFailure>()
  const timer = setTimeout(() => late.resolve('unknown'), SEND_WITHIN_MS)
  const failure = await Promise.race([say(command, bot), late.promise])
  clearTimeout(timer)
  port.send({ kind: 'sent', number: command.number, ...(failure && { failure }) })
}

async function say(
  { to, text, mention }: SendCommand,
  bot: Wechaty,
): Promise<SendFailure | undefined> {
  const isGroup = to.kind === 'group'
  try {
    // Asked first of the puppet: the library's `find` knows no difference between no chat and no gateway.
    await (isGroup ? bot.puppet.roomPayload(to.id) : bot.puppet.contactPayload(to.id))
  } catch (error) {
    return bot.isLoggedIn && isAnswer(error) ? 'no-such-chat' : 'failed'
  }
  try {
    if (isGroup) {
      const room = await bot.Room.find({ id: to.id })
      if (!room) return 'failed'
      const person = mention === undefined ? undefined : await bot.Contact.find({ id: mention })
      await (person ? room.say(text, person) : room.say(text))
      return undefined
    }
    const contact = await bot.Contact.find({ id: to.id })
    if (!contact) return 'failed'
    if (contact.friend() === false) return 'not-friend'
    await contact.say(text)
    return undefined
  } catch {
    return 'unknown' // the call went out; what became of it nobody says
  }
}

type FetchCommand = Extract<WechatCommand, { kind: 'fetch' }>

async function answerFetch(
  { number, messageId }: FetchCommand,
  bot: Wechaty,
  port: SessionPort,
): Promise<void> {
  try {
    const box = await bot.puppet.messageFile(messageId)
    const base64 = (await box.toBuffer()).toString('base64')
    port.send({ kind: 'file', number, base64, name: box.name })
  } catch {
    port.send({ kind: 'file', number, failure: '微信没有把文件传过来，请再发一次。' })
  }
}
