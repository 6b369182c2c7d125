/**
 * What comes in from a platform and what goes out to it, the same for every channel.
 *
 * Content travels as discriminated blocks, so that a new kind of content does not widen the channel
 * seam. A channel renders what it can and falls back to plain text (plain-text.ts) for the rest.
 */

export interface ConversationRef {
  readonly channel: string
  /** The platform's chat id; for a private chat that is opened by us, the account id. */
  readonly conversationId: string
  readonly kind: 'private' | 'group'
  /** Thread or topic inside the chat, where the platform has them. */
  readonly threadId?: string
}

export interface Sender {
  readonly accountId: string
  readonly displayName?: string
}

export interface InboundMessage {
  /** Unique for ever on this platform and app: redelivery of one event carries the same id. The inbox key. */
  readonly id: string
  readonly conversation: ConversationRef
  readonly sender: Sender
  readonly sentAt: Temporal.Instant
  /** The group's name, where the platform tells it. */
  readonly groupName?: string
  /** Id, on the platform, of the message this one answers. */
  readonly replyTo?: string
  readonly content: InboundContent
}

export type InboundContent =
  | { readonly kind: 'text'; readonly text: string }
  /** A button, a form or a numbered reply: `name` says what, `values` with which words. */
  | {
      readonly kind: 'action'
      readonly name: string
      readonly values: Readonly<Record<string, string>>
    }
  /** `reference` is what the channel needs to fetch the bytes later. */
  | {
      readonly kind: 'file'
      readonly name: string
      readonly reference: string
      readonly size?: number
    }
  | { readonly kind: 'recalled'; readonly messageId: string }
  | { readonly kind: 'joined'; readonly who: 'bot' | 'person' }
  /** Images, voice, stickers …: answered with 「暂时只能读文字和文件」. */
  | { readonly kind: 'unsupported'; readonly what: string }

export interface OutboundMessage {
  readonly blocks: readonly Block[]
  /** Platform id of the message that is answered. */
  readonly replyTo?: string
  /** Account to mention, in a group. */
  readonly mention?: string
  /**
   * The earlier message that this one replaces, where the channel edits: its deliveryId, or the
   * `replyTo` of the action that was pressed on it.
   */
  readonly replaces?: string
  /**
   * The same with buttons and forms, for channels that show cards. Where it answers a button, the
   * card that was pressed changes into it and `blocks` are the word beside it.
   */
  readonly card?: readonly Block[]
  /** Last rung of a ladder: the channel may use its strongest means. */
  readonly urgent?: boolean
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** A verbatim quotation. `highlight` is the part of `text` that answers. */
  | {
      readonly kind: 'quote'
      readonly text: string
      readonly highlight?: string
      readonly source: string
      readonly url?: string
    }
  | { readonly kind: 'notice'; readonly tone: 'warning' | 'info'; readonly text: string }
  /** What an answer holds for at a glance: place, date, whether it still counts. Notices say it in full. */
  | { readonly kind: 'stamps'; readonly stamps: readonly Stamp[] }
  | {
      readonly kind: 'rows'
      readonly rows: readonly { readonly label: string; readonly value: string }[]
    }
  | { readonly kind: 'details'; readonly title: string; readonly blocks: readonly Block[] }
  | { readonly kind: 'actions'; readonly actions: readonly Action[] }
  | { readonly kind: 'form'; readonly fields: readonly FormField[]; readonly submit: Action }
  | { readonly kind: 'divider' }

export interface Stamp {
  readonly text: string
  readonly tone: 'plain' | 'warning'
}

export interface Action {
  readonly label: string
  readonly name: string
  readonly values: Readonly<Record<string, string>>
  readonly style?: 'primary' | 'danger'
}

export interface FormField {
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'number' | 'date'
  readonly required: boolean
  readonly value?: string
}
