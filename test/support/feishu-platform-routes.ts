/** The calls of the fake open platform: paths, checks and answers as its documentation has them. */
import { findCardFault } from './feishu-platform-cards.ts'
import { nextNumber, type PlatformIdentity, privateChatOf } from './feishu-platform-events.ts'

export interface ApiAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface Call {
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly query: Readonly<Record<string, string>>
}

/** A message the bot sent, as it shows now. */
export interface Shown {
  readonly id: string
  readonly chatId: string
  readonly threadId?: string
  readonly parentId?: string
  readonly uuid?: string
  type: string
  content: string
  /** Contents before each update, oldest first. */
  readonly earlier: string[]
  readonly urgentTo: string[]
  readonly readBy: string[]
}

export interface PlatformDepartment {
  readonly id: string
  readonly name: string
  readonly parentId?: string
  readonly leaderId?: string
}

export interface PlatformUser {
  readonly openId: string
  readonly name: string
  readonly departments?: readonly string[]
  readonly groups?: readonly string[]
}

export interface World {
  readonly identity: PlatformIdentity
  readonly appSecret: string
  readonly tokens: Set<string>
  readonly shown: Shown[]
  readonly incoming: Map<string, { readonly chatId: string; readonly threadId?: string }>
  /** Chat id of a private chat → the person in it. */
  readonly privateChats: Map<string, string>
  readonly recalled: Set<string>
  /** `message id/file key` → bytes. */
  readonly files: Map<string, { readonly name: string; readonly bytes: Uint8Array }>
  readonly users: PlatformUser[]
  readonly departments: PlatformDepartment[]
  readonly groups: { readonly id: string; readonly name: string }[]
  readonly documents: Map<string, { readonly title: string; readonly text: string }>
  /** Wiki node token → what it points to. */
  readonly wiki: Map<
    string,
    { readonly type: string; readonly token: string; readonly title: string }
  >
  readonly drive: Map<string, { readonly name: string; readonly bytes: Uint8Array }>
  readonly tasks: { guid: string; clientToken: string; fields: Record<string, unknown> }[]
  readonly cardEntities: Map<string, { card: string; sequence: number; writes: string[] }>
  readonly scopes: Map<string, boolean>
  readonly subscribedEvents: string[]
  published: boolean
  /** Texts that the content audit refuses. */
  audit: RegExp | undefined
}

export function emptyWorld(identity: PlatformIdentity, appSecret: string): World {
  return {
    identity,
    appSecret,
    tokens: new Set(),
    shown: [],
    incoming: new Map(),
    privateChats: new Map(),
    recalled: new Set(),
    files: new Map(),
    users: [],
    departments: [],
    groups: [],
    documents: new Map(),
    wiki: new Map(),
    drive: new Map(),
    tasks: [],
    cardEntities: new Map(),
    scopes: new Map(),
    subscribedEvents: [],
    published: true,
    audit: undefined,
  }
}

type Handler = (world: World, call: Call, ids: string[]) => ApiAnswer

const ok = (data: unknown): ApiAnswer => ({ body: { code: 0, msg: 'success', data } })
const refuse = (code: number, msg: string, status = 400): ApiAnswer => ({
  status,
  body: { code, msg },
})

const ROUTES: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
  ['GET', /^bot\/v3\/info$/, botInfo],
  ['POST', /^im\/v1\/messages$/, createMessage],
  ['POST', /^im\/v1\/messages\/([^/]+)\/reply$/, replyMessage],
  ['PATCH', /^im\/v1\/messages\/([^/]+)$/, patchMessage],
  ['GET', /^im\/v1\/messages\/([^/]+)\/resources\/([^/]+)$/, download],
  ['GET', /^im\/v1\/messages\/([^/]+)\/read_users$/, readUsers],
  ['PATCH', /^im\/v1\/messages\/([^/]+)\/urgent_app$/, urgent],
  ['POST', /^im\/v1\/files$/, uploadFile],
  ['POST', /^cardkit\/v1\/cards\/id_convert$/, convertId],
  ['POST', /^cardkit\/v1\/cards$/, createEntity],
  ['PUT', /^cardkit\/v1\/cards\/([^/]+)\/elements\/([^/]+)\/content$/, writeEntity],
  ['PATCH', /^cardkit\/v1\/cards\/([^/]+)\/settings$/, changeEntity],
  ['PUT', /^cardkit\/v1\/cards\/([^/]+)$/, replaceEntity],
  ['GET', /^contact\/v3\/users\/find_by_department$/, usersOfDepartment],
  ['GET', /^contact\/v3\/users\/([^/]+)$/, oneUser],
  ['GET', /^contact\/v3\/departments\/([^/]+)\/children$/, childDepartments],
  ['GET', /^contact\/v3\/departments\/([^/]+)$/, oneDepartment],
  ['GET', /^contact\/v3\/group\/simplelist$/, userGroups],
  ['GET', /^contact\/v3\/group\/([^/]+)\/member\/simplelist$/, groupMembers],
  ['GET', /^docx\/v1\/documents\/([^/]+)$/, documentInfo],
  ['GET', /^docx\/v1\/documents\/([^/]+)\/raw_content$/, documentText],
  ['GET', /^wiki\/v2\/spaces\/get_node$/, wikiNode],
  ['GET', /^drive\/v1\/files\/([^/]+)\/download$/, driveFile],
  ['POST', /^task\/v2\/tasks$/, createTask],
  ['PATCH', /^task\/v2\/tasks\/([^/]+)$/, patchTask],
  ['GET', /^application\/v6\/scopes$/, scopes],
  ['GET', /^application\/v6\/applications\/([^/]+)$/, application],
  ['GET', /^application\/v6\/applications\/([^/]+)\/app_versions$/, versions],
]

const TOKEN_PATH = '/open-apis/auth/v3/tenant_access_token/internal'

export function answerApiCall(world: World, call: Call, authorization: string): ApiAnswer {
  if (call.path === TOKEN_PATH) return giveToken(world, call)
  if (!world.tokens.has(authorization.replace(/^Bearer /, ''))) {
    return refuse(
      99991663,
      'Invalid access token for authorization. Please make a request with token attached.',
    )
  }
  const path = call.path.replace(/^\/open-apis\//, '')
  for (const [method, pattern, handler] of ROUTES) {
    const match = method === call.method ? pattern.exec(path) : null
    if (match) return handler(world, call, match.slice(1).map(decodeURIComponent))
  }
  return { status: 404, body: '404 page not found' }
}

function giveToken(world: World, call: Call): ApiAnswer {
  const given = body(call)
  if (given['app_id'] !== world.identity.appId)
    return { body: { code: 10003, msg: 'invalid param' } }
  if (given['app_secret'] !== world.appSecret) {
    return { body: { code: 10014, msg: 'app secret invalid' } }
  }
  const token = `t-token-${nextNumber()}-0123456789abcdef`
  world.tokens.add(token)
  return { body: { code: 0, msg: 'ok', tenant_access_token: token, expire: 7_200 } }
}

function botInfo(world: World): ApiAnswer {
  const { botName, botOpenId } = world.identity
  const bot = { activate_status: world.published ? 2 : 0, app_name: botName, open_id: botOpenId }
  return { body: { code: 0, msg: 'ok', bot } }
}

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

function fileAnswer(file: { name: string; bytes: Uint8Array }): ApiAnswer {
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

function createEntity(world: World, call: Call): ApiAnswer {
  const card = String(body(call)['data'])
  const fault = findCardFault(card)
  if (fault) return refuse(300300, fault.message)
  const id = `card_${nextNumber()}`
  world.cardEntities.set(id, { card, sequence: 0, writes: [] })
  return ok({ card_id: id })
}

/** The entity behind a message that was sent as a card; from then on the message shows the entity. */
function convertId(world: World, call: Call): ApiAnswer {
  const message = world.shown.find(({ id }) => id === body(call)['message_id'])
  if (message?.type !== 'interactive') return refuse(300314, 'message is not a card')
  const id = `card_of_${message.id}`
  if (!world.cardEntities.has(id)) {
    world.cardEntities.set(id, { card: message.content, sequence: 0, writes: [] })
  }
  return ok({ card_id: id })
}

/** What a converted message shows follows its entity. */
function showEntity(world: World, id: string): void {
  const message = world.shown.find((shown) => `card_of_${shown.id}` === id)
  const entity = world.cardEntities.get(id)
  if (message && entity) message.content = entity.card
}

function advance(world: World, call: Call, id: string): ApiAnswer | undefined {
  const entity = world.cardEntities.get(id)
  if (!entity) return refuse(300313, 'card not found')
  const sequence = Number(body(call)['sequence'])
  if (!(sequence > entity.sequence)) return refuse(300317, 'sequence number compare failed')
  entity.sequence = sequence
  return undefined
}

function writeEntity(world: World, call: Call, [id = '', elementId = '']: string[]): ApiAnswer {
  const fault = advance(world, call, id)
  if (fault) return fault
  const entity = world.cardEntities.get(id)
  if (!entity?.card.includes('"streaming_mode":true'))
    return refuse(300309, 'streaming mode is closed')
  const content = String(body(call)['content'])
  entity.writes.push(content)
  const card = JSON.parse(entity.card) as { body: { elements: Record<string, unknown>[] } }
  const element = card.body.elements.find((one) => one['element_id'] === elementId)
  if (!element) return refuse(300303, 'element not found')
  element['content'] = content
  entity.card = JSON.stringify(card)
  showEntity(world, id)
  return ok({})
}

function changeEntity(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  const fault = advance(world, call, id)
  if (fault) return fault
  const entity = world.cardEntities.get(id)
  if (entity && String(body(call)['settings']).includes('"streaming_mode":false')) {
    entity.card = entity.card.replace('"streaming_mode":true', '"streaming_mode":false')
  }
  showEntity(world, id)
  return ok({})
}

function replaceEntity(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  const fault = advance(world, call, id)
  if (fault) return fault
  const card = String((body(call)['card'] as { data?: string } | undefined)?.data)
  const invalid = findCardFault(card)
  if (invalid) return refuse(300300, invalid.message)
  const entity = world.cardEntities.get(id)
  if (entity) entity.card = card
  showEntity(world, id)
  return ok({})
}

function usersOfDepartment(world: World, call: Call): ApiAnswer {
  const id = call.query['department_id'] ?? ''
  const all = world.users.filter((user) => user.departments?.includes(id)).map(viewUser)
  return page(all, call)
}

function page(all: readonly unknown[], call: Call, key = 'items'): ApiAnswer {
  const size = Math.min(Number(call.query['page_size'] ?? 10), 50)
  const start = Number(call.query['page_token'] ?? 0)
  const more = start + size < all.length
  return ok({
    [key]: all.slice(start, start + size),
    has_more: more,
    ...(more ? { page_token: String(start + size) } : {}),
  })
}

const viewUser = (user: PlatformUser) => ({
  open_id: user.openId,
  union_id: `on_${user.openId}`,
  name: user.name,
  department_ids: user.departments ?? [],
  status: { is_frozen: false, is_resigned: false, is_activated: true },
})

function oneUser(world: World, _call: Call, [id = '']: string[]): ApiAnswer {
  const user = world.users.find(({ openId }) => openId === id)
  return user ? ok({ user: viewUser(user) }) : refuse(41050, 'no user authority error')
}

const viewDepartment = (department: PlatformDepartment) => ({
  open_department_id: department.id,
  department_id: department.id,
  name: department.name,
  parent_department_id: department.parentId ?? '0',
  leader_user_id: department.leaderId ?? '',
})

function childDepartments(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  const deep = call.query['fetch_child'] === 'true'
  const below = (parent: string): PlatformDepartment[] =>
    world.departments
      .filter((department) => (department.parentId ?? '0') === parent)
      .flatMap((department) => [department, ...(deep ? below(department.id) : [])])
  return page(below(id).map(viewDepartment), call)
}

function oneDepartment(world: World, _call: Call, [id = '']: string[]): ApiAnswer {
  const department = world.departments.find((one) => one.id === id)
  return department
    ? ok({ department: viewDepartment(department) })
    : refuse(43004, 'department not exist')
}

function userGroups(world: World, call: Call): ApiAnswer {
  return page(
    world.groups.map(({ id, name }) => ({ id, name })),
    call,
    'grouplist',
  )
}

function groupMembers(world: World, call: Call, [id = '']: string[]): ApiAnswer {
  const members = world.users
    .filter((user) => user.groups?.includes(id))
    .map((user) => ({ member_id: user.openId, member_type: 'user', member_id_type: 'open_id' }))
  return page(members, call, 'memberlist')
}

function documentInfo(world: World, _call: Call, [id = '']: string[]): ApiAnswer {
  const found = world.documents.get(id)
  if (!found) return refuse(1770002, 'not found', 404)
  return ok({ document: { document_id: id, revision_id: 3, title: found.title } })
}

function documentText(world: World, _call: Call, [id = '']: string[]): ApiAnswer {
  const found = world.documents.get(id)
  return found ? ok({ content: found.text }) : refuse(1770032, 'forBidden', 403)
}

function wikiNode(world: World, call: Call): ApiAnswer {
  const node = world.wiki.get(call.query['token'] ?? '')
  if (!node) return refuse(131005, 'not found')
  return ok({ node: { obj_type: node.type, obj_token: node.token, title: node.title } })
}

function driveFile(world: World, _call: Call, [id = '']: string[]): ApiAnswer {
  const file = world.drive.get(id)
  return file ? fileAnswer(file) : refuse(1061003, 'not found.', 404)
}

function createTask(world: World, call: Call): ApiAnswer {
  const fields = body(call)
  const clientToken = String(fields['client_token'] ?? '')
  if (!fields['summary']) return refuse(1470400, 'summary is required')
  const known = world.tasks.find((task) => clientToken && task.clientToken === clientToken)
  const task = known ?? { guid: `task-${nextNumber()}`, clientToken, fields: { ...fields } }
  if (!known) world.tasks.push(task)
  return ok({ task: { guid: task.guid, url: `https://example.invalid/${task.guid}` } })
}

function patchTask(world: World, call: Call, [guid = '']: string[]): ApiAnswer {
  const task = world.tasks.find((one) => one.guid === guid)
  if (!task) return refuse(1470404, 'task not found', 404)
  const given = body(call) as { task?: Record<string, unknown>; update_fields?: string[] }
  for (const field of given.update_fields ?? []) task.fields[field] = given.task?.[field]
  return ok({ task: { guid } })
}

function scopes(world: World): ApiAnswer {
  return ok({
    scopes: [...world.scopes].map(([name, granted]) => ({
      scope_name: name,
      grant_status: granted ? 1 : 2,
      scope_type: 'tenant',
    })),
  })
}

function application(world: World): ApiAnswer {
  const online = world.published ? { online_version_id: 'oav_1' } : {}
  return ok({ app: { app_id: world.identity.appId, status: 1, ...online } })
}

function versions(world: World): ApiAnswer {
  const items = world.subscribedEvents.map((type) => ({ event_type: type, event_name: type }))
  return ok({ items: [{ version_id: 'oav_1', status: 1, event_infos: items }], has_more: false })
}

const body = (call: Call): Record<string, unknown> =>
  typeof call.body === 'object' && call.body !== null ? (call.body as Record<string, unknown>) : {}
