/**
 * Feishu (and Lark): messages in over the long connection or the webhook, cards out. This file ties
 * the parts together; each part's rules are in its own file.
 */
import type * as Lark from '@larksuiteoapi/node-sdk'
import type { InboundMessage } from '../../domain/message.ts'
import type { Channel, ChannelCapabilities } from '../channel.ts'
import { createClickAnswers } from './answer-clicks.ts'
import { bridgeLogger } from './bridge-logger.ts'
import { FeishuError } from './classify-error.ts'
import { baseUrl, type ConnectedApi, connectApi } from './connect-api.ts'
import { type CallUsage, createCallCounter } from './count-calls.ts'
import { createDispatcher, createTally } from './create-dispatcher.ts'
import type { BotIdentity } from './feishu-api.ts'
import { checkOptions, type FeishuOptions } from './feishu-options.ts'
import { eventHandlers } from './handle-events.ts'
import type { Download } from './http-instance.ts'
import { identifyBot } from './identify-bot.ts'
import { importDocument } from './import-document.ts'
import { type ConnectionState, type KeptConnection, keepConnected } from './keep-connected.ts'
import { openLongConnection } from './open-long-connection.ts'
import { createPacer } from './pace-sends.ts'
import { createDirectory, type Directory } from './read-directory.ts'
import { readReceipts } from './read-receipts.ts'
import { createWebhook } from './receive-webhook.ts'
import { LONGEST_TEXT, sendMessage } from './send-message.ts'
import { createSentMessages } from './sent-messages.ts'
import { createTaskSync, type TaskSync } from './sync-task.ts'

type Receive = (message: InboundMessage) => Promise<void>

export interface FeishuChannel extends Channel {
  /** `POST /webhooks/feishu`; in long-connection mode it answers 404. Never rejects. */
  webhook(request: Request): Promise<Response>
  /** The bytes of a file message or of a linked document. @throws {FeishuError} */
  readFile(reference: string, signal: AbortSignal): Promise<Download>
  /** What somebody is called; undefined outside the app's contact range. @throws {FeishuError} */
  nameOf(accountId: string, signal: AbortSignal): Promise<string | undefined>
  /** People by department or user group, names cached. */
  readonly directory: Directory
  /** A copy of tasks in people's own lists; called only where FEISHU_TASKS is on. */
  readonly tasks: TaskSync
  /** Account ids of those who have read a delivery; empty when it is not known any more. */
  readers(deliveryId: string, signal: AbortSignal): Promise<readonly string[]>
  health(): FeishuHealth
}

export interface FeishuHealth {
  readonly isReady: boolean
  readonly connection: ConnectionState
  readonly calls: CallUsage
  /** Most of the month's calls are used: what is optional is left out. */
  readonly isSaving: boolean
  /** undefined until the platform said who we are. */
  readonly botName: string | undefined
  /** Why it did not start and will not by itself: what to do, in Chinese. */
  readonly fault?: string
}

const CAPABILITIES: ChannelCapabilities = {
  initiates: true,
  idempotent: true,
  edits: true,
  maxTextLength: LONGEST_TEXT,
}

/** How often counted calls are written down. */
const FLUSH_EVERY = { minutes: 1 }
/** Rounds of that between two tries to find out who we are. */
const IDENTIFY_EVERY = 60

/** @param lark the SDK, loaded by the caller: it costs 140 ms and 36 MB that others need not pay. */
export function createFeishuChannel(lark: typeof Lark, options: FeishuOptions): FeishuChannel {
  checkOptions(options)
  const { appId, clock, logger } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const limit = options.monthlyCalls
  const calls = createCallCounter({ clock, limit, ...pick('ledger', options.ledger) })
  const platform = connectApi(lark, options, { clock, logger, calls })
  const { api } = platform
  const sent = options.sent ?? createSentMessages()
  const clicks = createClickAnswers(clock)
  const pacer = createPacer(clock)
  const streaming = options.streaming ?? false
  const sendTools = { appId, api, pacer, calls, sent, clicks, clock, logger, streaming }
  const underWay = createTally()
  const directory = createDirectory(api, clock)
  let bot: BotIdentity | undefined
  let receiver: Receive | undefined
  let fault: string | undefined

  const dispatcher = createDispatcher(
    lark,
    eventHandlers({
      identity: () => ({ appId, bot }),
      receive: async (message) => {
        if (receiver === undefined) throw new Error('The channel takes no messages now.')
        await receiver(message)
      },
      clicks,
      sent,
      onRead: options.onRead ?? (() => undefined),
      clock,
      logger,
      signal,
    }),
    { logger, underWay },
  )
  const connection = connect(lark, options, { ...platform, dispatcher })
  const webhook = webhookOf(options, dispatcher)
  const saveCalls = () =>
    calls.flush().catch((error: unknown) => logger.warn('feishu_calls_unsaved', { error }))

  async function keepBooks(): Promise<void> {
    for (let round = 1; !signal.aborted; round += 1) {
      await saveCalls()
      if (calls.isSaving()) options.onSaving?.(calls.usage())
      await clock.sleepUntil(clock.now().add(FLUSH_EVERY), signal)
      // An app that got its bot only later: asked seldom, because it counts.
      if (bot === undefined && round % IDENTIFY_EVERY === 0) {
        bot = await identifyBot(api, { clock, logger, signal }).catch(() => undefined)
      }
    }
  }

  async function begin(receive: Receive): Promise<void> {
    bot = await identifyBot(api, { clock, logger, signal })
    receiver = receive
    void keepBooks()
    if (options.mode === 'long-connection') await connection.start()
    logger.info('feishu_started', { mode: options.mode, bot: bot?.openId })
  }

  return {
    name: 'feishu',
    capabilities: CAPABILITIES,
    start: async (receive) => {
      try {
        await begin(receive)
      } catch (error) {
        if (error instanceof FeishuError) fault = error.message
        throw error
      }
    },
    send: (to, message, sending) =>
      underWay.run(() => sendMessage({ ...sendTools, to, message, ...sending })),
    stop: async () => {
      receiver = undefined // what comes now is refused, and delivered again to whoever runs next
      stopping.abort()
      await underWay.done()
      await connection.stop()
      await saveCalls()
    },
    webhook: (request) => webhook(request),
    readFile: (reference, aborting) => importDocument(reference, { api, signal: aborting }),
    directory,
    nameOf: async (accountId, aborting) => (await directory.person(accountId, aborting))?.name,
    tasks: createTaskSync(api),
    readers: async (deliveryId, aborting) => {
      const messageId = await sent.find(deliveryId)
      return messageId === undefined ? [] : readReceipts(api, messageId, aborting)
    },
    health: () => ({
      isReady: receiver !== undefined && isConnected(options.mode, connection.state()),
      connection: connection.state(),
      calls: calls.usage(),
      isSaving: calls.isSaving(),
      botName: bot?.name,
      ...(fault === undefined ? {} : { fault }),
    }),
  }
}

const isConnected = (mode: FeishuOptions['mode'], { state }: ConnectionState) =>
  mode === 'webhook' || state === 'connected'

function connect(
  lark: typeof Lark,
  options: FeishuOptions,
  parts: ConnectedApi & { readonly dispatcher: Lark.EventDispatcher },
): KeptConnection {
  const { appId, appSecret, clock, logger } = options
  const tools = {
    WSClient: lark.WSClient,
    appId,
    appSecret,
    domain: baseUrl(options.domain),
    httpInstance: parts.httpInstance,
    logger: bridgeLogger(logger),
    dispatcher: parts.dispatcher,
    clock,
    endpoint: parts.endpoint,
  }
  const random = options.random ?? Math.random
  return keepConnected((signal) => openLongConnection(tools, signal), { clock, logger, random })
}

function webhookOf(options: FeishuOptions, dispatcher: Lark.EventDispatcher) {
  const { appId, clock, encryptKey, logger, mode, verificationToken } = options
  if (mode !== 'webhook' || encryptKey === undefined) {
    return async () => Response.json({ msg: 'not in webhook mode' }, { status: 404 })
  }
  const keys = { appId, encryptKey, ...pick('verificationToken', verificationToken) }
  const handle = (event: unknown) => dispatcher.invoke(event, { needCheck: false })
  return createWebhook(keys, { clock, logger, handle })
}

/** For optional properties, which must be absent rather than undefined. */
const pick = <Key extends string, T>(key: Key, value: T | undefined): { [K in Key]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [K in Key]?: T })
