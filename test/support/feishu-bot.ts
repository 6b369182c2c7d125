/**
 * The whole way of a message over Feishu: the real channel and SDK against the fake platform, the
 * real inbox, conversation, retrieval and outbox, the sample documents.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../src/app.ts'
import type { FeishuChannel } from '../../src/channels/feishu/feishu-channel.ts'
import { systemClock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import {
  type ConversationTools,
  type GivenAnswer,
  handleMessage,
  type Vote,
} from '../../src/conversation/handle-message.ts'
import { receiveMessage, startInbox } from '../../src/conversation/process-inbox.ts'
import { createDialogueMemory } from '../../src/conversation/recall-dialogue.ts'
import type { InboundMessage } from '../../src/domain/message.ts'
import { DEFAULT_REMINDER_POLICY } from '../../src/domain/reminder.ts'
import { silentLogger } from '../../src/logger.ts'
import { sendDue } from '../../src/reminders/send-due.ts'
import { STATE_COUNCIL_HOLIDAYS } from '../../src/text/state-council-holidays.ts'
import { workCalendar } from '../../src/text/working-days.ts'
import { startWorkLoop } from '../../src/work-loop.ts'
import { createChannelAt } from './feishu-harness.ts'
import { type FeishuPlatform, startFeishuPlatform } from './feishu-platform.ts'
import type { Shown } from './feishu-platform-routes.ts'

export interface FeishuBot {
  readonly platform: FeishuPlatform
  readonly channel: FeishuChannel
  readonly votes: Vote[]
  readonly given: GivenAnswer[]
  /** Messages whose senders asked for a human. */
  readonly calls: InboundMessage[]
  /** Files handed over for intake. */
  readonly files: string[]
  /** Resolves when the bot has shown as many messages as told. */
  shown(count: number): Promise<readonly Shown[]>
  stop(): Promise<void>
}

export async function startFeishuBot(): Promise<FeishuBot> {
  const dataDir = mkdtempSync(join(tmpdir(), 'feishu-bot-'))
  const clock = systemClock
  const config = parseConfig({
    DATA_DIR: dataDir,
    UNION_NAME: '平凉市总工会',
    UNION_HOTLINE: '0933-12351',
    UNION_JURISDICTION: '甘肃省/平凉市',
  })
  const app = await createApp(config, { clock, logger: silentLogger })
  await app.seedSamples()
  await app.knowledge.refresh()
  const platform = await startFeishuPlatform()
  const channel = createChannelAt(platform)
  const { store } = app
  const votes: Vote[] = []
  const given: GivenAnswer[] = []
  const calls: InboundMessage[] = []
  const files: string[] = []
  const kept = new Map<string, unknown>()

  const tools: ConversationTools = {
    audienceOf: async () => ({ role: 'worker', jurisdictionCode: '620800' }),
    ask: async (query) => (await app.ask(query)).answer,
    dialogue: createDialogueMemory({
      get: async (key) => kept.get(key),
      set: async (key, value) => kept.set(key, value),
    }),
    today: app.today,
    contact: app.contact,
    examples: app.exampleQuestions,
    takeFile: async ({ content }) => {
      if (content.kind !== 'file') return undefined
      const { bytes, name } = await channel.readFile(content.reference, AbortSignal.timeout(9_000))
      files.push(`${name}:${new TextDecoder().decode(bytes)}`)
      return { blocks: [{ kind: 'paragraph', text: `「${name}」收到,共 ${bytes.length} 字节。` }] }
    },
    recordAnswer: async (answer) => void given.push(answer),
    recordVote: async (vote) => void votes.push(vote),
    callHuman: async (message) => calls.push(message) > 0,
    sendPrivately: async ({ sender, id }, message) => {
      const to = { channel: 'feishu', conversationId: sender.accountId, kind: 'private' } as const
      const signal = AbortSignal.timeout(9_000)
      await channel.send(to, message, { deliveryId: `private/${id}`, signal })
      return true
    },
  }
  const onError = (error: unknown) => console.error('outbox', error)
  const sending = startWorkLoop(
    (signal) =>
      sendDue(
        {
          store,
          clock,
          policy: DEFAULT_REMINDER_POLICY,
          calendar: workCalendar(STATE_COUNCIL_HOLIDAYS),
          channels: new Map([[channel.name, channel]]),
          random: Math.random,
        },
        signal,
      ),
    { clock, nextDueAt: () => store.outbox.nextDueAt(), onError },
  )
  const inbox = startInbox({
    store,
    clock,
    runCommand: async () => undefined,
    handleMessage: (message) => handleMessage(message, tools),
    onFailure: ({ error }) => console.error('inbox', error),
    onReply: () => sending.wake(),
  })
  await channel.start(async (message) => {
    await receiveMessage(message, { store, clock })
    inbox.wake()
  })

  return {
    platform,
    channel,
    votes,
    given,
    calls,
    files,
    shown: async (count) => {
      const until = performance.now() + 10_000
      while (platform.world.shown.length < count && performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      return platform.world.shown
    },
    stop: async () => {
      await inbox.stop()
      await sending.stop()
      await channel.stop()
      await app.close()
      await platform.stop()
      rmSync(dataDir, { recursive: true })
    },
  }
}
