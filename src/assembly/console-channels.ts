/** The channels as the console shows them: those that run, and how to turn the others on. */
import type { ChannelStatus, ConsoleServices } from '../console/console-services.ts'
import type { HealthCheck } from '../domain/health.ts'
import type { RunningChannel } from './start-messaging.ts'

const STATES = { ok: 'on', degraded: 'connecting', down: 'down' } as const satisfies Record<
  HealthCheck['status'],
  ChannelStatus['state']
>

const POSSIBLE: readonly Pick<ChannelStatus, 'name' | 'label' | 'detail'>[] = [
  {
    name: 'feishu',
    label: '飞书',
    detail: '设置 FEISHU_APP_ID 和 FEISHU_APP_SECRET 后重新启动，就能在飞书里问答和催办。',
  },
  {
    name: 'wechat',
    label: '微信',
    detail: '设置 WECHATY_PUPPET 和它的令牌后重新启动。个人微信有被限制的风险，推荐用飞书。',
  },
]

type Shown = Pick<RunningChannel, 'name' | 'check' | 'qrText' | 'lastMessageAt'>

export function consoleChannels(
  running: readonly Shown[],
): NonNullable<ConsoleServices['channels']> {
  return {
    list: async () => [
      ...running.map(statusOf),
      ...POSSIBLE.filter(({ name }) => running.every((channel) => channel.name !== name)).map(
        (channel): ChannelStatus => ({ ...channel, state: 'off' }),
      ),
    ],
  }
}

/** A channel that waits to be scanned is connecting: it is not broken. */
function statusOf(channel: Shown): ChannelStatus {
  const { name: label, status, detail = '' } = channel.check()
  const qrText = channel.qrText?.()
  const state = qrText === undefined ? STATES[status] : 'connecting'
  const lastMessageAt = channel.lastMessageAt?.()
  return {
    name: channel.name,
    label,
    state,
    detail,
    ...(qrText !== undefined && { qrText }),
    ...(lastMessageAt && { lastMessageAt }),
  }
}
