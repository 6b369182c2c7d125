/** WeChat keeps the promises of every channel, over a scripted session. */
import { scriptedSession, wechatChannel } from '../support/wechat-session.ts'
import { type ChannelHarness, describeChannel, type PlatformFault } from './channel.contract.ts'

describeChannel('WeChat', async (): Promise<ChannelHarness> => {
  const session = scriptedSession()
  const channel = wechatChannel(async () => {
    queueMicrotask(() => session.emit({ kind: 'login', id: 'bot', name: '工会小助手' }))
    return session
  })
  return {
    channel,
    conversation: { channel: 'wechat', conversationId: 'zhang', kind: 'private' },
    arrive: async ({ id, text }) =>
      (await session.arrive({ id, text })) ? 'acknowledged' : 'refused',
    shown: async () => session.sent.map(({ text }) => text),
    failNext: (fault: PlatformFault) =>
      session.failNext(
        (
          {
            'rate-limited': 'failed',
            'server-error': 'failed',
            'timeout-after-accept': 'unknown',
            forbidden: 'not-friend',
          } as const
        )[fault],
      ),
    faults: ['server-error', 'timeout-after-accept', 'forbidden'],
    close: async () => undefined,
  }
})
