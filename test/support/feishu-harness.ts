/** The real channel with the real SDK, pointed at the fake platform. */
import * as lark from '@larksuiteoapi/node-sdk'
import {
  createFeishuChannel,
  type FeishuChannel,
} from '../../src/channels/feishu/feishu-channel.ts'
import type { FeishuOptions } from '../../src/channels/feishu/feishu-options.ts'
import { systemClock } from '../../src/clock.ts'
import type {
  Block,
  ConversationRef,
  InboundMessage,
  OutboundMessage,
} from '../../src/domain/message.ts'
import { silentLogger } from '../../src/logger.ts'
import { type FeishuPlatform, startFeishuPlatform } from './feishu-platform.ts'
import type { Shown } from './feishu-platform-world.ts'

export interface FeishuHarness {
  readonly platform: FeishuPlatform
  readonly channel: FeishuChannel
  /** What the channel handed on, in order. */
  readonly received: InboundMessage[]
  /** Has the bot send; to a group, as delivery d1, unless told otherwise. */
  send(blocks: readonly Block[], options?: HarnessSending): Promise<void>
  /** Calls so far that the platform charges for. */
  paidCalls(): number
  close(): Promise<void>
}

export type HarnessSending = Partial<OutboundMessage> & {
  readonly id?: string
  readonly to?: ConversationRef
}

export const GROUP: ConversationRef = {
  channel: 'feishu',
  conversationId: 'oc_group',
  kind: 'group',
}
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
/** A refusal as the platform words it, for `fail`. */
export const refusal = (code: number, status = 400) =>
  ({ kind: 'answer', answer: { status, body: { code, msg: 'refused' } } }) as const
const PATIENCE_MS = 10_000

export function createChannelAt(
  platform: FeishuPlatform,
  options: Partial<FeishuOptions> = {},
): FeishuChannel {
  return createFeishuChannel(lark, {
    appId: platform.appId,
    appSecret: platform.appSecret,
    domain: platform.url,
    mode: 'long-connection',
    encryptKey: platform.encryptKey,
    verificationToken: platform.verificationToken,
    monthlyCalls: 10_000,
    clock: systemClock,
    logger: silentLogger,
    random: () => 0,
    ...options,
  })
}

/** Started, with everything received kept. */
export async function startFeishuHarness(
  options: Partial<FeishuOptions> = {},
): Promise<FeishuHarness> {
  const platform = await startFeishuPlatform()
  const channel = createChannelAt(platform, options)
  const received: InboundMessage[] = []
  await channel.start(async (message) => void received.push(message))
  return {
    platform,
    channel,
    received,
    send: (blocks, { id = 'd1', to = GROUP, ...message } = {}) =>
      channel.send(
        to,
        { blocks, ...message },
        { deliveryId: id, signal: AbortSignal.timeout(PATIENCE_MS) },
      ),
    paidCalls: () => platform.calls.filter(({ path }) => /\/im\/|\/cardkit\//.test(path)).length,
    close: async () => {
      await channel.stop()
      await platform.stop()
    },
  }
}

/** The words a reader of a message sees: texts of a card in reading order, entities resolved. */
export function wordsOf(message: Pick<Shown, 'type' | 'content'>): string {
  const content: unknown = JSON.parse(message.content)
  if (message.type === 'text') return String((content as { text: string }).text)
  const card = content as { header?: unknown; body: unknown }
  return [...collect(card.header), ...collect(card.body)].join('\n')
}

function collect(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(collect)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inside]) => {
    if (key === 'content' && typeof inside === 'string') return [readable(inside)]
    return key === 'behaviors' || key === 'confirm' ? [] : collect(inside)
  })
}

/** A card's markdown as it shows. */
const readable = (markdown: string) =>
  markdown
    .replace(/<\/?(?:font|number_tag)[^>]*>/g, '')
    .replace(/\*\*/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))

/** The callback value of the button with this label. */
export function buttonOf(message: Shown, label: string): Record<string, unknown> | undefined {
  const look = (value: unknown): Record<string, unknown> | undefined => {
    if (typeof value !== 'object' || value === null) return undefined
    const element = value as Record<string, unknown>
    const text = element['text'] as { content?: string } | undefined
    if (element['tag'] === 'button' && text?.content === label) {
      const [behavior] = element['behaviors'] as { value: Record<string, unknown> }[]
      return behavior?.value
    }
    for (const inside of Object.values(element)) {
      const found = look(inside)
      if (found) return found
    }
    return undefined
  }
  return look(JSON.parse(message.content))
}

/** The callback value of the button that submits the card's form. */
export function submitOf(message: Pick<Shown, 'content'>): Record<string, unknown> | undefined {
  const { body } = JSON.parse(message.content) as { body: { elements: CardElement[] } }
  const form = body.elements.find(({ tag }) => tag === 'form')
  const submit = form?.elements?.find(({ form_action_type }) => form_action_type === 'submit')
  return submit?.behaviors?.[0]?.value
}

interface CardElement {
  readonly tag: string
  readonly elements?: readonly CardElement[]
  readonly form_action_type?: string
  readonly behaviors?: readonly { readonly value: Record<string, unknown> }[]
}

/** The labels of a card's buttons, in order. */
export function labelsOf(message: Pick<Shown, 'content'>): string[] {
  return [
    ...message.content.matchAll(/"tag":"button","text":\{"tag":"plain_text","content":"([^"]*)"/g),
  ].map((match) => match[1] ?? '')
}
