/** The world behind the fake open platform: what is in it, and how its calls answer. */
import type { PlatformIdentity } from './feishu-platform-events.ts'

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
/** Paths below `/open-apis/`; what is caught in brackets is handed on. */
export type Routes = readonly (readonly [method: string, path: RegExp, handler: Handler])[]

/** A page of a list, as the platform cuts it: 10 by default, 50 at most. */
export function page(all: readonly unknown[], call: Call, key = 'items'): ApiAnswer {
  const size = Math.min(Number(call.query['page_size'] ?? 10), 50)
  const start = Number(call.query['page_token'] ?? 0)
  const more = start + size < all.length
  return ok({
    [key]: all.slice(start, start + size),
    has_more: more,
    ...(more ? { page_token: String(start + size) } : {}),
  })
}

export const ok = (data: unknown): ApiAnswer => ({ body: { code: 0, msg: 'success', data } })
export const refuse = (code: number, msg: string, status = 400): ApiAnswer => ({
  status,
  body: { code, msg },
})

export const body = (call: Call): Record<string, unknown> =>
  typeof call.body === 'object' && call.body !== null ? (call.body as Record<string, unknown>) : {}
