import type { OutboundMessage } from '../../src/domain/message.ts'
import { createMemoryChannel, type SendFault } from '../support/memory-channel.ts'
import { type ChannelHarness, describeChannel, type PlatformFault } from './channel.contract.ts'

const conversation = { channel: 'memory', conversationId: 'ou_li', kind: 'private' } as const
const RETRY_AT = Temporal.Instant.from('2026-11-20T01:00:05Z')

async function open(capabilities: {
  idempotent: boolean
  edits: boolean
}): Promise<ChannelHarness> {
  const channel = createMemoryChannel({ capabilities })
  const toFault = (kind: PlatformFault): SendFault =>
    kind === 'rate-limited' ? { kind, retryAt: RETRY_AT } : { kind }
  return {
    channel,
    conversation,
    arrive: ({ id, text }) =>
      channel.arrive({ id, from: 'ou_li', content: { kind: 'text', text } }).then(
        () => 'acknowledged',
        () => 'refused',
      ),
    shown: async () => channel.shown('ou_li').map(wordsOf),
    failNext: (kind) => channel.failNext(toFault(kind)),
    faults: ['rate-limited', 'server-error', 'timeout-after-accept', 'forbidden'],
    close: async () => {},
  }
}

const wordsOf = (message: OutboundMessage) => JSON.stringify(message.blocks)

describeChannel('A channel that deduplicates and edits', () =>
  open({ idempotent: true, edits: true }),
)
describeChannel('A channel that does neither', () => open({ idempotent: false, edits: false }))
