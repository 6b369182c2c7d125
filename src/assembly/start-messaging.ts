/**
 * The channels and the loops behind them: what comes in is answered once, what is due goes out once.
 * The web chat and the terminal answer by themselves and do not pass here.
 */
import type { App } from '../app.ts'
import { handleMessage } from '../conversation/handle-message.ts'
import { receiveMessage, startInbox } from '../conversation/process-inbox.ts'
import { settleFile } from '../conversation/take-file.ts'
import type { HealthCheck } from '../domain/health.ts'
import type { InboundMessage } from '../domain/message.ts'
import { DEFAULT_REMINDER_POLICY } from '../domain/reminder.ts'
import { dispatchDue } from '../reminders/dispatch-due.ts'
import { scheduleAll } from '../reminders/schedule-reminders.ts'
import { sendDue } from '../reminders/send-due.ts'
import { startWorkLoop } from '../work-loop.ts'
import { conversationTools, type FileChannel, fileIntake } from './conversation-tools.ts'

/** A channel as it runs: what the operator is told about it beside what the seam has. */
export interface RunningChannel extends FileChannel {
  check(): HealthCheck
  /** What a phone has to scan to sign in, while it has to. */
  qrText?(): string | undefined
}

export interface Messaging {
  checks(): readonly HealthCheck[]
  stop(): Promise<void>
}

/** How often the whole ledger is gone through, so that reminders always reach the horizon. */
const SCHEDULE_EVERY = { hours: 6 }

/** Starts the loops and every channel. A channel connects when it can: nothing waits for it. */
export function startMessaging(app: App, list: readonly RunningChannel[]): Messaging {
  const { store, clock, logger, calendar } = app
  const channels = new Map(list.map((channel) => [channel.name, channel]))
  const names = list.filter(({ capabilities }) => capabilities.initiates).map(({ name }) => name)
  const policy = { ...DEFAULT_REMINDER_POLICY, timeZone: app.config.TIME_ZONE }
  const rules = { store, clock, policy, calendar }
  const intake = fileIntake(app, channels)
  const tools = conversationTools(app, channels, intake)
  const loop = (name: string) => ({
    clock,
    onError: (error: unknown) => logger.error('loop_failed', { loop: name, error }),
  })

  const outbox = startWorkLoop(
    (signal) => sendDue({ ...rules, channels, random: Math.random }, signal),
    { ...loop('outbox'), nextDueAt: () => store.outbox.nextDueAt() },
  )
  const reminders = startWorkLoop(() => dispatchDue({ ...rules, channels: names }), {
    ...loop('reminders'),
    nextDueAt: () => store.reminders.nextDueAt(),
  })
  const planner = startWorkLoop(
    async () => {
      await scheduleAll({ ...rules, channels: names })
      return false
    },
    { ...loop('planner'), nextDueAt: async () => clock.now().add(SCHEDULE_EVERY) },
  )
  const inbox = startInbox({
    store,
    clock,
    runCommand: async () => undefined,
    handleMessage: async (message) =>
      (await settleFile(message, intake)) ?? handleMessage(message, tools),
    onFailure: ({ messageId, error, dead }) =>
      logger.error('message_failed', { messageId, error, dead }),
    onReply: () => outbox.wake(),
  })

  const receive = async (message: InboundMessage) => {
    await receiveMessage(message, { store, clock })
    inbox.wake()
  }
  const starting = list.map((channel) => startChannel(channel, receive, app))
  return {
    checks: () => list.map((channel) => channel.check()),
    stop: async () => {
      await Promise.all(list.map((channel) => channel.stop()))
      await Promise.all(starting)
      for (const running of [inbox, planner, reminders, outbox]) await running.stop()
    },
  }
}

async function startChannel(
  channel: RunningChannel,
  receive: (message: InboundMessage) => Promise<void>,
  { logger }: App,
): Promise<void> {
  try {
    await channel.start(receive)
  } catch (error) {
    logger.error('channel_not_started', { channel: channel.name, error })
  }
}
