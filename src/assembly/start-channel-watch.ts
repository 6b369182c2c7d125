/** What an operator gets to see and hear of a channel: the code to scan, and the alarm when it is down. */
import { toString as drawCode } from 'qrcode'
import type { App } from '../app.ts'
import { adminAccounts } from './accounts.ts'
import { privateDelivery } from './private-delivery.ts'
import type { RunningChannel } from './start-messaging.ts'
import { type ChannelWatch, watchChannels } from './watch-channels.ts'

/** @param print writes to the operator's terminal; absent when nobody sits there. */
export function startChannelWatch(
  app: App,
  channels: readonly RunningChannel[],
  print?: (text: string) => void,
): ChannelWatch {
  const { clock, logger } = app
  return watchChannels(channels, {
    clock,
    show: async (label, qrText) => {
      const code = await drawCode(qrText, { type: 'terminal', small: true })
      print?.(`${code}\n用手机${label}扫上面的码登录；扫不了时在手机上打开：${qrText}`)
    },
    alarm: async ({ name }, since, { name: label, detail = '' }) => {
      logger.error('channel_down', { channel: name, since: since.toString() })
      const text = `${label}渠道断开超过 2 分钟：${detail}。没发出的消息会留着，恢复后再发。`
      await tellAdmins(text, [name, hourOf(since)], { app, channels, except: name })
    },
    onError: (error) => logger.error('loop_failed', { loop: 'channel-watch', error }),
  })
}

/** Replicas see one outage at slightly different moments: the hour makes theirs one message. */
const hourOf = (at: Temporal.Instant) => String(Math.floor(at.epochMilliseconds / 3_600_000))

/** Through every other channel that is up and may begin a conversation. */
async function tellAdmins(
  text: string,
  about: readonly string[],
  {
    app,
    channels,
    except,
  }: {
    readonly app: App
    readonly channels: readonly RunningChannel[]
    readonly except: string
  },
): Promise<void> {
  const usable = channels
    .filter((channel) => channel.name !== except && channel.capabilities.initiates)
    .filter((channel) => channel.check().status !== 'down')
    .map((channel) => channel.name)
  const reachable = (await adminAccounts(app)).filter(({ channel }) => usable.includes(channel))
  const message = { blocks: [{ kind: 'notice', tone: 'warning', text }] } as const
  await app.store.outbox.enqueue(
    reachable.map((account) =>
      privateDelivery(
        ['channel-down', ...about, account.channel, account.accountId],
        account,
        message,
        app,
      ),
    ),
  )
}
