/** Events as the open platform sends them (schema 2.0), with the fields its documentation lists. */

export interface Saying {
  readonly text?: string
  readonly from: string
  /** A chat id `oc_…`; without one it is the private chat of that person with the bot. */
  readonly group?: string
  /** Mention the bot: in front of the text, as clients do. */
  readonly mention?: boolean
  /** Other people mentioned, by name. */
  readonly others?: readonly { readonly openId: string; readonly name: string }[]
  readonly type?: string
  readonly content?: unknown
  readonly messageId?: string
  readonly parentId?: string
  readonly threadId?: string
  readonly senderType?: string
  readonly createdAt?: number
  readonly eventId?: string
}

export interface PlatformIdentity {
  readonly appId: string
  readonly botOpenId: string
  readonly botName: string
  readonly verificationToken: string
}

export interface PlatformEvent {
  readonly schema: '2.0'
  readonly header: Readonly<Record<string, string>>
  readonly event: Readonly<Record<string, unknown>>
}

let counter = 0
/** A number no other id of this process has. */
export const nextNumber = () => ++counter

export const privateChatOf = (openId: string) => `oc_p2p_${openId.replace(/^ou_/, '')}`

export function envelope(
  identity: PlatformIdentity,
  type: string,
  event: Readonly<Record<string, unknown>>,
  eventId = `ev_${String(nextNumber()).padStart(12, '0')}`,
): PlatformEvent {
  return {
    schema: '2.0',
    header: {
      event_id: eventId,
      event_type: type,
      create_time: String(Temporal.Now.instant().epochMilliseconds),
      token: identity.verificationToken,
      app_id: identity.appId,
      tenant_key: 'tenant_of_tests',
    },
    event,
  }
}

export function messageEvent(identity: PlatformIdentity, saying: Saying): PlatformEvent {
  const createdAt = String(saying.createdAt ?? Temporal.Now.instant().epochMilliseconds)
  const mentions = [
    ...(saying.mention ? [{ openId: identity.botOpenId, name: identity.botName, bot: true }] : []),
    ...(saying.others ?? []).map((other) => ({ ...other, bot: false })),
  ].map(({ openId, name, bot }, at) => ({
    key: `@_user_${at + 1}`,
    id: { open_id: openId, union_id: `on_${openId}`, user_id: bot ? '' : openId.slice(3) },
    mentioned_type: bot ? 'bot' : 'user',
    name,
    tenant_key: 'tenant_of_tests',
  }))
  const keys = mentions.map(({ key }) => key).join(' ')
  const text = [keys, saying.text ?? ''].filter(Boolean).join(' ')
  return envelope(
    identity,
    'im.message.receive_v1',
    {
      sender: {
        sender_id: { open_id: saying.from, union_id: `on_${saying.from}`, user_id: 'u1' },
        sender_type: saying.senderType ?? 'user',
        tenant_key: 'tenant_of_tests',
      },
      message: {
        message_id: saying.messageId ?? `om_in_${nextNumber()}`,
        ...(saying.parentId ? { parent_id: saying.parentId, root_id: saying.parentId } : {}),
        ...(saying.threadId ? { thread_id: saying.threadId } : {}),
        create_time: createdAt,
        update_time: createdAt,
        chat_id: saying.group ?? privateChatOf(saying.from),
        chat_type: saying.group ? 'group' : 'p2p',
        message_type: saying.type ?? 'text',
        content: JSON.stringify(saying.content ?? { text }),
        ...(mentions.length > 0 ? { mentions } : {}),
        user_agent: 'Mozilla/5.0 Lark/7.30.0',
      },
    },
    saying.eventId,
  )
}

export interface Clicking {
  readonly from: string
  readonly messageId: string
  readonly chatId: string
  readonly value: unknown
  readonly formValue?: Readonly<Record<string, unknown>>
  readonly eventId?: string
}

export function clickEvent(identity: PlatformIdentity, clicking: Clicking): PlatformEvent {
  return envelope(
    identity,
    'card.action.trigger',
    {
      operator: {
        tenant_key: 'tenant_of_tests',
        open_id: clicking.from,
        union_id: `on_${clicking.from}`,
      },
      token: `c-${nextNumber()}`,
      action: {
        value: clicking.value,
        tag: 'button',
        timezone: 'Asia/Shanghai',
        ...(clicking.formValue ? { form_value: clicking.formValue } : {}),
      },
      host: 'im_message',
      context: { open_message_id: clicking.messageId, open_chat_id: clicking.chatId },
    },
    clicking.eventId,
  )
}

export function recallEvent(identity: PlatformIdentity, messageId: string, chatId: string) {
  return envelope(identity, 'im.message.recalled_v1', {
    message_id: messageId,
    chat_id: chatId,
    recall_time: '1700000000000',
    recall_type: 'message_owner',
  })
}

export function botAddedEvent(identity: PlatformIdentity, chatId: string, operator: string) {
  return envelope(identity, 'im.chat.member.bot.added_v1', {
    chat_id: chatId,
    operator_id: { open_id: operator },
    external: false,
    operator_tenant_key: 'tenant_of_tests',
    name: '测试群',
  })
}

export function privateChatEnteredEvent(identity: PlatformIdentity, openId: string) {
  return envelope(identity, 'im.chat.access_event.bot_p2p_chat_entered_v1', {
    chat_id: privateChatOf(openId),
    operator_id: { open_id: openId },
    last_message_id: '',
    last_message_create_time: '',
  })
}

export function readEvent(identity: PlatformIdentity, openId: string, messageIds: string[]) {
  return envelope(identity, 'im.message.message_read_v1', {
    reader: { reader_id: { open_id: openId }, read_time: '1700000000000' },
    message_id_list: messageIds,
  })
}
