/**
 * A whole messaging platform in memory: people write, the bot sends, the platform shows, refuses,
 * answers too late, delivers twice. A real adapter of the channel seam, used wherever a test needs
 * a conversation.
 */
import {
  type Channel,
  type ChannelCapabilities,
  DeliveryError,
} from '../../src/channels/channel.ts'
import type {
  ConversationRef,
  InboundContent,
  InboundMessage,
  OutboundMessage,
} from '../../src/domain/message.ts'

/** What goes wrong at the platform with the next send. */
export type SendFault =
  | { readonly kind: 'rate-limited'; readonly retryAt: Temporal.Instant }
  | { readonly kind: 'server-error' }
  /** The platform took the message, its answer never came. */
  | { readonly kind: 'timeout-after-accept' }
  | { readonly kind: 'forbidden' }

export interface WireSend {
  readonly to: ConversationRef
  readonly message: OutboundMessage
  readonly deliveryId: string
}

export interface MemoryChannel extends Channel {
  /** Every send that reached the platform, repeated ones too, oldest first. */
  readonly wire: readonly WireSend[]
  /** What a reader of the conversation sees: repeated deliveries once, when the platform can tell. */
  shown(conversationId: string): readonly OutboundMessage[]
  /** The next sends fail, one fault each. */
  failNext(...faults: readonly SendFault[]): void
  /** Every send fails so until `undefined` is set. */
  failAlways(fault: SendFault | undefined): void
  /** A person writes: resolves when the bot acknowledged it, rejects when it did not. */
  arrive(message: Arriving): Promise<void>
}

export interface Arriving {
  readonly id?: string
  readonly from: string
  /** The group it is written in; a private chat when absent. */
  readonly group?: string
  readonly at?: Temporal.Instant
  readonly content: InboundContent
}

interface Options {
  readonly name?: string
  readonly capabilities?: Partial<ChannelCapabilities>
}

const CAPABILITIES: ChannelCapabilities = {
  initiates: true,
  idempotent: true,
  edits: true,
  maxTextLength: 4000,
}

export function createMemoryChannel(options: Options = {}): MemoryChannel {
  const name = options.name ?? 'memory'
  const capabilities = { ...CAPABILITIES, ...options.capabilities }
  const wire: WireSend[] = []
  const shown: WireSend[] = []
  const faults: SendFault[] = []
  let standing: SendFault | undefined
  let receive: ((message: InboundMessage) => Promise<void>) | undefined
  let arrived = 0

  const accept = (send: WireSend) => {
    wire.push(send)
    const known = shown.some(({ deliveryId }) => deliveryId === send.deliveryId)
    if (known && capabilities.idempotent) return
    const replaced = shown.findIndex(({ deliveryId }) => deliveryId === send.message.replaces)
    if (replaced >= 0 && capabilities.edits) shown[replaced] = send
    else shown.push(send)
  }

  return {
    name,
    capabilities,
    wire,
    shown: (conversationId) =>
      shown.filter(({ to }) => to.conversationId === conversationId).map(({ message }) => message),
    failNext: (...next) => void faults.push(...next),
    failAlways: (fault) => {
      standing = fault
    },
    arrive: async (arriving) => {
      if (!receive) throw new Error('The channel is not started.')
      arrived += 1
      await receive(toInbound(name, arriving, arrived))
    },
    start: async (listener) => {
      receive = listener
    },
    send: async (to, message, { deliveryId, signal }) => {
      signal.throwIfAborted()
      const fault = faults.shift() ?? standing
      if (!fault || fault.kind === 'timeout-after-accept') accept({ to, message, deliveryId })
      if (fault) throw toError(fault)
    },
    stop: async () => {
      receive = undefined
    },
  }
}

function toInbound(channel: string, arriving: Arriving, count: number): InboundMessage {
  return {
    id: arriving.id ?? `m${count}`,
    conversation: {
      channel,
      conversationId: arriving.group ?? arriving.from,
      kind: arriving.group ? 'group' : 'private',
    },
    sender: { accountId: arriving.from },
    sentAt: arriving.at ?? Temporal.Instant.from('2026-11-20T01:00:00Z'),
    content: arriving.content,
  }
}

function toError(fault: SendFault): DeliveryError {
  switch (fault.kind) {
    case 'rate-limited':
      return new DeliveryError('rate_limited', '平台限流，稍后再发。', {
        retryable: true,
        retryAt: fault.retryAt,
      })
    case 'server-error':
      return new DeliveryError('platform_error', '平台暂时出错，稍后再发。', { retryable: true })
    case 'timeout-after-accept':
      return new DeliveryError('timeout', '平台没有及时回应，可能已经收到。', {
        retryable: true,
        outcomeUnknown: true,
      })
    case 'forbidden':
      return new DeliveryError('forbidden', '对方已不在通讯录中，请改用其他方式联系。', {
        retryable: false,
      })
  }
}
