/** Messages and the files in them. */
import { findCardFault } from './feishu-platform-cards.ts'
import { nextNumber, privateChatOf } from './feishu-platform-events.ts'
import {
  type ApiAnswer,
  body,
  type Call,
  ok,
  type Routes,
  refuse,
  type Shown,
  type World,
} from './feishu-platform-world.ts'

export const MESSAGE_ROUTES: Routes = [
  ['POST', /^im\/v1\/messages$/, createMessage],
  ['POST', /^im\/v1\/messages\/([^/]+)\/reply$/, replyMessage],
  ['PATCH', /^im\/v1\/messages\/([^/]+)$/, patchMessage],
  ['GET', /^im\/v1\/messages\/([^/]+)\/resources\/([^/]+)$/, download],
  ['GET', /^im\/v1\/messages\/([^/]+)\/read_users$/, readUsers],
  ['PATCH', /^im\/v1\/messages\/([^/]+)\/urgent_app$/, urgent],
  ['POST', /^im\/v1\/files$/, uploadFile],
]

function createMessage(world: World, call: Call): ApiAnswer {
  const given = body(call)
  const to = String(given['receive_id'])
  const kind = call.query['receive_id_type']
  const prefix = { open_id: 'ou_', chat_id: 'oc_', thread_id: 'omt_', union_id: 'on_' }[
    String(kind)
  ]
  if (prefix && !to.startsWith(prefix)) return refuse(230001, `invalid receive_id of ${kind}`)
  const chatId = to.startsWith('ou_') ? privateChatOf(to) : to
  if (to.startsWith('ou_')) world.privateChats.set(chatId, to)
  if (chatId.includes('not_a_member')) return refuse(230002, 'Bot/User can NOT be out of the chat.')
  const thread = to.startsWith('omt_') ? { threadId: to } : {}
  return show(world, given, { chatId, ...thread })
}

function replyMessage(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  if (world.recalled.has(id)) return refuse(230011, 'The message was withdrawn.')
  const sent = world.shown.find((message) => message.id === id)
  const parent =
    world.incoming.get(id) ?? (sent && { chatId: sent.chatId, threadId: sent.threadId })
  if (!parent) return refuse(230001, 'Your request contains an invalid request parameter.')
  const threadId =
    body(call)['reply_in_thread'] === true ? (parent.threadId ?? `omt_${id}`) : parent.threadId
  return show(world, body(call), {
    chatId: parent.chatId,
    parentId: id,
    ...(threadId ? { threadId } : {}),
  })
}

function show(
  world: World,
  given: Record<string, unknown>,
  place: { chatId: string; parentId?: string; threadId?: string },
): ApiAnswer {
  const uuid = given['uuid'] === undefined ? undefined : String(given['uuid'])
  if (uuid !== undefined && uuid.length > 50) return refuse(230001, 'uuid is too long')
  const known = world.shown.find((shown) => uuid !== undefined && shown.uuid === uuid)
  if (known) return ok(view(known))
  const type = String(given['msg_type'])
  const content = String(given['content'])
  const fault = contentFault(world, type, content)
  if (fault) return fault
  const message: Shown = {
    id: `om_out_${nextNumber()}`,
    ...place,
    ...(uuid ? { uuid } : {}),
    type,
    content,
    earlier: [],
    urgentTo: [],
    readBy: [],
  }
  world.shown.push(message)
  return ok(view(message))
}

function contentFault(world: World, type: string, content: string): ApiAnswer | undefined {
  if (type === 'interactive') {
    const entity = /^\{"type":"card","data":\{"card_id":"([^"]+)"\}\}$/.exec(content)?.[1]
    if (entity)
      return world.cardEntities.has(entity) ? undefined : refuse(230099, 'ErrCode: 200740')
    const fault = findCardFault(content)
    if (fault) return refuse(fault.code, fault.message)
  } else if (type === 'text') {
    if (Buffer.byteLength(content) > 150 * 1024) return refuse(230025, 'content is too long')
    if (!('text' in (JSON.parse(content) as object))) return refuse(230001, 'invalid content')
  }
  if (world.audit?.test(content)) return refuse(230028, 'The messages do NOT pass the audit.')
  return undefined
}

const view = (message: Shown) => ({
  message_id: message.id,
  chat_id: message.chatId,
  ...(message.threadId ? { thread_id: message.threadId } : {}),
  ...(message.parentId ? { parent_id: message.parentId, root_id: message.parentId } : {}),
  msg_type: message.type,
  create_time: '1700000000000',
  update_time: '1700000000000',
  deleted: false,
  updated: message.earlier.length > 0,
  body: { content: message.content },
})

function patchMessage(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  const message = world.shown.find((shown) => shown.id === id)
  if (!message) return refuse(230001, 'message not found')
  if (world.recalled.has(id)) return refuse(230011, 'The message was withdrawn.')
  const content = String(body(call)['content'])
  if (message.type !== 'interactive') return refuse(230054, 'not a card')
  const fault = contentFault(world, 'interactive', content)
  if (fault) return fault
  message.earlier.push(message.content)
  message.content = content
  return ok({})
}

function download(world: World, call: Call, [messageId = '', key = '']: string[]): ApiAnswer {
  if (!call.query['type']) return refuse(234001, 'Invalid request param.')
  const file = world.files.get(`${messageId}/${key}`)
  return file ? fileAnswer(file) : refuse(234003, 'File not in msg.')
}

export function fileAnswer(file: { name: string; bytes: Uint8Array }): ApiAnswer {
  const name = encodeURIComponent(file.name)
  return {
    body: file.bytes,
    headers: { 'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${name}` },
  }
}

function readUsers(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  const message = world.shown.find((shown) => shown.id === id)
  if (!message) return refuse(230001, 'message not found')
  if (!call.query['user_id_type']) return refuse(230001, 'user_id_type is required')
  const items = message.readBy.map((openId) => ({
    user_id_type: 'open_id',
    user_id: openId,
    timestamp: '1700000000000',
    tenant_key: 'tenant_of_tests',
  }))
  return ok({ items, has_more: false })
}

function urgent(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  const message = world.shown.find((shown) => shown.id === id)
  if (!message) return refuse(230012, 'Bot is NOT the sender of the message.')
  message.urgentTo.push(...(body(call)['user_id_list'] as string[]))
  return ok({ invalid_user_id_list: [] })
}

function uploadFile(_world: World, call: Call): ApiAnswer {
  const size = call.body instanceof Uint8Array ? call.body.length : 0
  if (size === 0) return refuse(234010, "File's size can't be 0.")
  return ok({ file_key: `file_up_${nextNumber()}` })
}
