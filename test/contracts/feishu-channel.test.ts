/** The Feishu channel keeps the channel's promises against a platform that speaks the real protocol. */
import { createChannelAt, wordsOf } from '../support/feishu-harness.ts'
import { type Fault, startFeishuPlatform } from '../support/feishu-platform.ts'
import { type ChannelHarness, describeChannel, type PlatformFault } from './channel.contract.ts'

const SEND = /^\/open-apis\/im\/v1\/messages/
/** The channel itself tries three times; a fault has to outlast it. */
const TRIES = 3

const FAULTS: Readonly<Record<PlatformFault, Fault>> = {
  'server-error': {
    path: SEND,
    times: TRIES,
    how: { kind: 'answer', answer: { status: 500, body: { code: 2200, msg: 'internal error' } } },
  },
  'timeout-after-accept': { path: SEND, times: TRIES, how: { kind: 'applied-then-502' } },
  forbidden: {
    path: SEND,
    how: { kind: 'answer', answer: { status: 400, body: { code: 230002, msg: 'not in chat' } } },
  },
  'rate-limited': {
    path: SEND,
    how: {
      kind: 'answer',
      answer: {
        status: 429,
        headers: { 'x-ogw-ratelimit-reset': '60' },
        body: { code: 99991400, msg: 'request trigger frequency limit' },
      },
    },
  },
}

async function startHarness(): Promise<ChannelHarness> {
  const platform = await startFeishuPlatform()
  const channel = createChannelAt(platform)
  return {
    channel,
    conversation: { channel: 'feishu', conversationId: 'oc_group', kind: 'group' },
    arrive: async ({ id, text }) => {
      const { code } = await platform.say({ from: 'ou_wang', text, messageId: id })
      return code === 200 ? 'acknowledged' : 'refused'
    },
    shown: async () => platform.world.shown.map(wordsOf),
    failNext: (fault) => platform.fail(FAULTS[fault]),
    faults: ['server-error', 'timeout-after-accept', 'forbidden', 'rate-limited'],
    close: () => platform.stop(),
  }
}

describeChannel('Feishu', startHarness)
