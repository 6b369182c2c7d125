/**
 * Stand-ins for the WeChat session process: one that a test scripts event by event, and one that runs
 * the real library on its mock puppet, in this process.
 */
import { Keyv } from 'keyv'
import { WechatyBuilder } from 'wechaty'
import { mock, PuppetMock } from 'wechaty-puppet-mock'
import type { Pace } from '../../src/channels/wechat/pace-wechat.ts'
import { serveWechaty } from '../../src/channels/wechat/serve-wechaty.ts'
import {
  createWechatChannel,
  type WechatOptions,
} from '../../src/channels/wechat/wechat-channel.ts'
import type {
  SendFailure,
  WechatCommand,
  WechatEvent,
  WechatLink,
  WechatMessage,
} from '../../src/channels/wechat/wechat-link.ts'
import { systemClock } from '../../src/clock.ts'
import { silentLogger } from '../../src/logger.ts'

export const NO_PACE: Pace = {
  sameChat: 0,
  otherChat: 0,
  jitter: 0,
  perMinute: 100_000,
  perDay: 100_000,
  quietAfterLogin: 0,
  unaskedPerMinute: 100_000,
  unaskedPerDay: 100_000,
}

export interface ScriptedSession extends WechatLink {
  /** What file messages carry, by message id; others carry a plan of one line. */
  readonly files: Map<string, { readonly name: string; readonly text: string }>
  readonly sent: readonly {
    readonly to: string
    readonly text: string
    readonly mention?: string
  }[]
  /** For how long it was told, each time, that the session is ours; milliseconds. */
  readonly held: readonly number[]
  emit(event: WechatEvent): void
  /** Has a message arrive; resolves to whether the bot took it. */
  arrive(message: Partial<WechatMessage> & { readonly id: string }): Promise<boolean>
  /** The next send ends so; `unknown` is shown all the same, and nothing means that it goes well. */
  failNext(failure: SendFailure | undefined): void
  end(reason: string): void
}

export function scriptedSession(
  now: () => Temporal.Instant = () => Temporal.Now.instant(),
): ScriptedSession {
  const files = new Map<string, { readonly name: string; readonly text: string }>()
  const sent: { to: string; text: string; mention?: string }[] = []
  const waiting = new Map<number, (ok: boolean) => void>()
  const failures: (SendFailure | undefined)[] = []
  const enders: ((reason: string) => void)[] = []
  const held: number[] = []
  const early: WechatEvent[] = []
  let listener: (event: WechatEvent) => void = (event) => early.push(event)
  let number = 0

  const answerSend = (command: Extract<WechatCommand, { kind: 'send' }>) => {
    const failure = failures.shift()
    if (failure === undefined || failure === 'unknown') {
      const { to, text, mention } = command
      sent.push({ to: to.id, text, ...(mention !== undefined && { mention }) })
    }
    listener({ kind: 'sent', number: command.number, ...(failure && { failure }) })
  }
  return {
    files,
    sent,
    held,
    emit: (event) => listener(event),
    arrive: (message) => {
      number += 1
      const { promise, resolve } = Promise.withResolvers<boolean>()
      waiting.set(number, resolve)
      listener({
        kind: 'message',
        number,
        message: { ...PLAIN, sentAt: now().toString(), ...message },
      })
      return promise
    },
    failNext: (failure) => failures.push(failure),
    end: (reason) => {
      for (const ender of enders.splice(0)) ender(reason)
    },
    post: (command) => {
      if (command.kind === 'hold') held.push(command.forMs)
      if (command.kind === 'taken') waiting.get(command.number)?.(command.ok)
      if (command.kind === 'send') queueMicrotask(() => answerSend(command))
      if (command.kind === 'fetch') {
        const { name, text } = files.get(command.messageId) ?? PLAIN_FILE
        const base64 = Buffer.from(text).toString('base64')
        queueMicrotask(() => listener({ kind: 'file', number: command.number, base64, name }))
      }
    },
    onEvent: (next) => {
      listener = next
      for (const event of early.splice(0)) next(event)
    },
    onEnd: (ender) => enders.push(ender),
    kill: () => undefined,
  }
}

const PLAIN_FILE = { name: '安排.txt', text: '云岭市总工会2026年工作安排' }

const PLAIN: Omit<WechatMessage, 'id' | 'sentAt'> = {
  kind: 'text',
  text: '你好',
  isOwn: false,
  talker: { id: 'zhang', name: '张三', isPerson: true },
  mentionsMe: false,
  ownNames: ['工会小助手'],
}

/** A channel over a session; online as soon as the session says so. */
export function wechatChannel(open: () => Promise<WechatLink>, more: Partial<WechatOptions> = {}) {
  return createWechatChannel({
    clock: systemClock,
    logger: silentLogger,
    random: () => 0,
    open,
    lease: { hold: async () => true, release: async () => undefined },
    probe: async () => undefined,
    values: new Keyv(),
    pace: NO_PACE,
    ...more,
  })
}

export interface MockWorld {
  readonly mocker: InstanceType<typeof mock.Mocker>
  readonly link: WechatLink
  /** Signs the bot's account in. */
  login(): void
  logout(): void
}

/** The real library on its mock puppet, behind the same pipe as the real process. */
export async function mockSession(): Promise<MockWorld> {
  const mocker = new mock.Mocker()
  const bot = WechatyBuilder.build({ puppet: new PuppetMock({ mocker }) as never })
  let onEvent: (event: WechatEvent) => void = () => undefined
  let onCommand: (command: WechatCommand) => void = () => undefined
  const early: WechatEvent[] = []
  let listens = false
  const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value))
  const served = await serveWechaty(
    bot,
    {
      send: (event) => (listens ? onEvent(plain(event)) : early.push(event)),
      onCommand: (listener) => {
        onCommand = listener
      },
    },
    { probeEvery: 60_000, deadAfter: 600_000 },
  )
  const self = mocker.createContact({ id: 'bot', name: '工会小助手' })
  return {
    mocker,
    login: () => mocker.login(self),
    logout: () => void bot.logout(),
    link: {
      post: (command) => onCommand(plain(command)),
      onEvent: (listener) => {
        onEvent = listener
        listens = true
        for (const event of early.splice(0)) listener(plain(event))
      },
      onEnd: () => undefined,
      kill: () => {
        served.stop()
        void bot.stop().catch(() => undefined)
      },
    },
  }
}
