/**
 * The channels and the loops behind them: what comes in is answered once, what is due goes out once.
 * The web chat and the terminal answer by themselves and do not pass here.
 */
import { randomUUID } from 'node:crypto'
import type { App } from '../app.ts'
import type { CommandTools } from '../conversation/command-tools.ts'
import { handleMessage } from '../conversation/handle-message.ts'
import { asksToPair, pairAccount } from '../conversation/pair-account.ts'
import { receiveMessage, startInbox } from '../conversation/process-inbox.ts'
import { runCommand } from '../conversation/run-command.ts'
import { settleFile } from '../conversation/take-file.ts'
import type { HealthCheck } from '../domain/health.ts'
import type { InboundMessage } from '../domain/message.ts'
import { DEFAULT_REMINDER_POLICY } from '../domain/reminder.ts'
import { startReminders } from '../reminders/run-reminders.ts'
import { scheduleTask } from '../reminders/schedule-reminders.ts'
import { conversationTools } from './conversation-tools.ts'
import type { FileChannel } from './file-channel.ts'
import { fileIntake } from './file-intake.ts'
import { createRewordings } from './reword-answers.ts'

/** A channel as it runs: what the operator is told about it beside what the seam has. */
export interface RunningChannel extends FileChannel {
  check(): HealthCheck
  /** What a phone has to scan to sign in, while it has to. */
  qrText?(): string | undefined
  lastMessageAt?(): Temporal.Instant | undefined
}

export interface Messaging {
  checks(): readonly HealthCheck[]
  stop(): Promise<void>
}

/** Starts the loops and every channel. A channel connects when it can: nothing waits for it. */
export function startMessaging(app: App, list: readonly RunningChannel[]): Messaging {
  const { store, clock, logger, calendar } = app
  const channels = new Map(list.map((channel) => [channel.name, channel]))
  const policy = { ...DEFAULT_REMINDER_POLICY, timeZone: app.config.TIME_ZONE }
  const rules = { store, clock, policy, calendar }
  const intake = fileIntake(app, channels)
  const rewordings = createRewordings({
    store,
    clock,
    onReady: () => reminders.wake(),
    onError: (error) => logger.warn('rewording_failed', { error }),
  })
  const tools = conversationTools(app, channels, { intake, rewordings })
  const pairing = { store, memory: app.cache.keyv('pairing'), now: () => clock.now() }
  const commands: CommandTools = {
    now: () => clock.now(),
    today: () => app.today(),
    timeZone: policy.timeZone,
    dateContext: () => ({
      ref: clock.now().toZonedDateTimeISO(policy.timeZone).toPlainDateTime(),
      calendar,
    }),
    newId: () => randomUUID(),
    isAdmin: ({ channel, accountId }) => app.config.ADMINS.includes(`${channel}:${accountId}`),
    onScheduleChanged: (task, inside) => scheduleTask(task, inside, rules),
  }
  const reminders = startReminders({
    ...rules,
    channels,
    random: Math.random,
    onError: (step, error) => logger.error('reminders_failed', { step, error }),
  })
  const inbox = startInbox({
    store,
    clock,
    runCommand: async (message, inside) =>
      asksToPair(message) ? undefined : runCommand(message, inside, commands),
    handleMessage: async (message) =>
      (await pairAccount(message, pairing)) ??
      (await settleFile(message, intake)) ??
      handleMessage(message, tools),
    elsewhere: () =>
      list.filter((channel) => channel.sendsHere?.() === false).map(({ name }) => name),
    onFailure: ({ messageId, error, dead }) =>
      logger.error('message_failed', { messageId, error, dead }),
    onReply: () => reminders.wake(),
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
      await inbox.stop()
      await rewordings.stop()
      await reminders.stop()
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
