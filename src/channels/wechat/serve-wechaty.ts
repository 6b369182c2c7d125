/**
 * The session's side of the pipe: one Wechaty instance, made into events and driven by commands.
 *
 * One instance is used for one session only; when it is of no more use this says `broken` and the
 * process ends, because instances leak when they are started again. Events are turned into plain data
 * in the order in which they came.
 */
import type { Message, Wechaty } from 'wechaty'
import type { SendFailure, WechatCommand, WechatEvent, WechatMessage } from './wechat-link.ts'

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

export const SESSION_TIMES: SessionTimes = { probeEvery: 10_000, deadAfter: 45_000 }

/** gRPC codes after which the library never recovers: cancelled, deadline, exists, unavailable, token refused. */
const FATAL_CODES: ReadonlySet<number> = new Set([1, 4, 6, 14, 16])
const SEND_WITHIN_MS = 12_000
/** A message the bot could not take is offered again. */
const OFFER_AGAIN_MS = 2_000
const MOST_OFFERS = 30
/** Files that can still be fetched. */
const FILES_KEPT = 200

export async function serveWechaty(
  bot: Wechaty,
  port: SessionPort,
  times: SessionTimes = SESSION_TIMES,
): Promise<{ stop(): void }> {
  const files = new Map<string, Message>()
  const offers = createOffers(port)
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
      if (plain.kind === 'file') remember(files, message)
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
    if (command.kind === 'fetch') void answerFetch(command, files, port)
  })

  const probe = setInterval(() => {
    port.send({ kind: 'alive' })
    if (!isLoggedIn) return
    if (performance.now() - seenAt > times.deadAfter) broken('no-heartbeat')
    else bot.ding('probe')
  }, times.probeEvery)
  await bot.start()
  return {
    stop: () => {
      clearInterval(probe)
      offers.stop()
    },
  }
}

/** gRPC puts its number in `code`, or in front of the message: 「14 UNAVAILABLE: …」. */
function codeOf(error: Error & { readonly code?: unknown }): number {
  return Number(error.code ?? /^(\d+) [A-Z_]+:/.exec(error.message)?.[1])
}

/** Offers each event until the bot has taken it: the platform itself delivers nothing twice. */
function createOffers(port: SessionPort) {
  const open = new Map<number, { event: WechatEvent; offers: number }>()
  const timers = new Set<NodeJS.Timeout>()
  let last = 0
  const offer = (number: number) => {
    const entry = open.get(number)
    if (entry === undefined || entry.offers >= MOST_OFFERS) return
    entry.offers += 1
    port.send(entry.event)
  }
  return {
    add: (make: (number: number) => WechatEvent) => {
      last += 1
      open.set(last, { event: make(last), offers: 0 })
      offer(last)
    },
    settle: (number: number, ok: boolean) => {
      if (ok) {
        open.delete(number)
        return
      }
      const timer = setTimeout(() => {
        timers.delete(timer)
        offer(number)
      }, OFFER_AGAIN_MS)
      timers.add(timer)
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

async function describeMessage(message: Message, bot: Wechaty): Promise<WechatMessage> {
  const talker = message.talker()
  const room = message.room()
  const alias = room && (await room.alias(bot.currentUser))
  const fileName = fileNameOf(message)
  return {
    id: message.id,
    kind: kindOf(message, bot, fileName),
    text: message.text(),
    isOwn: message.self(),
    talker: { id: talker.id, name: talker.name(), isPerson: isPerson(talker.type(), bot) },
    ...(room && { room: { id: room.id, topic: await room.topic() } }),
    mentionsMe: room !== undefined && (await message.mentionSelf()),
    ownNames: [bot.currentUser.name(), ...(alias ? [alias] : [])].filter((name) => name !== ''),
    ...(fileName !== undefined && { fileName }),
    sentAt: Temporal.Instant.fromEpochMilliseconds(message.date().getTime()).toString(),
  }
}

/** wechaty's own numbers (puppet schema): 1 attachment, 2 audio, 6 image, 7 text. 0 is unknown. */
const KINDS: Readonly<Record<number, WechatMessage['kind']>> = {
  1: 'file',
  2: 'voice',
  6: 'image',
  7: 'text',
}

function kindOf(
  message: Message,
  bot: Wechaty,
  fileName: string | undefined,
): WechatMessage['kind'] {
  const kind = KINDS[message.type()]
  if (kind !== undefined) return kind
  if (fileName !== undefined && message.type() === bot.Message.Type.Unknown) return 'file'
  return message.type() === bot.Message.Type.Unknown ? 'notice' : 'other'
}

/** Some sessions give files no kind; their name is in the payload all the same. */
function fileNameOf(message: Message): string | undefined {
  const { payload } = message
  const name = payload !== undefined && 'filename' in payload ? payload.filename : undefined
  if (typeof name === 'string' && name !== '') return name
  return message.type() === 1 ? message.text() || undefined : undefined
}

const isPerson = (type: number, bot: Wechaty) => type !== bot.Contact.Type.Official

function remember(files: Map<string, Message>, message: Message): void {
  files.set(message.id, message)
  const oldest = files.keys().next().value
  if (files.size > FILES_KEPT && oldest !== undefined) files.delete(oldest)
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
  try {
    if (to.kind === 'group') {
      const room = await bot.Room.find({ id: to.id })
      if (!room) return 'no-such-chat'
      const person = mention === undefined ? undefined : await bot.Contact.find({ id: mention })
      await (person ? room.say(text, person) : room.say(text))
      return undefined
    }
    const contact = await bot.Contact.find({ id: to.id })
    if (!contact) return 'no-such-chat'
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
  files: ReadonlyMap<string, Message>,
  port: SessionPort,
): Promise<void> {
  try {
    const message = files.get(messageId)
    if (!message) {
      port.send({ kind: 'file', number, failure: '这个文件太旧了,请再发一次。' })
      return
    }
    const box = await message.toFileBox()
    const base64 = (await box.toBuffer()).toString('base64')
    port.send({ kind: 'file', number, base64, name: box.name })
  } catch {
    port.send({ kind: 'file', number, failure: '微信没有把文件传过来,请再发一次。' })
  }
}
