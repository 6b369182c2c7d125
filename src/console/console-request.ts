/** A request to the console, once it is known who asks. */
import type { Context } from 'hono'
import type { Role } from '../domain/person.ts'
import type { Actor } from '../domain/task.ts'
import type { Assets } from '../http/load-assets.ts'
import type { ConsoleAccount } from '../storage/console-store.ts'
import type { ConsoleServices } from './console-services.ts'
import type { Access } from './manage-access.ts'

/** Who visits, as the web server judged it. */
export interface Visitor {
  readonly visit: 'local' | 'outside'
  readonly address: string
  readonly nonce: string
}

export interface ConsoleEnvironment {
  Bindings: { visitor: Visitor }
}

export interface ConsoleParts {
  readonly services: ConsoleServices
  readonly access: Access
  readonly assets: Assets
  /** Cookies are for https only when the public address is. */
  readonly secureCookies: boolean
  /** The address that links for other people begin with, when it is not the one in use. */
  readonly publicUrl: string | undefined
}

export interface ConsoleRequest extends ConsoleParts {
  readonly context: Context<ConsoleEnvironment>
  readonly account: ConsoleAccount
}

/** One address of the console and the least privileged role that may use it. */
export interface ConsoleRoute {
  readonly method: 'get' | 'post'
  /** Below /console. */
  readonly path: string
  readonly least: Role
  respond(request: ConsoleRequest): Promise<Response> | Response
}

/** An account as the one who changes a task. */
export function taskActor(account: Pick<ConsoleAccount, 'id' | 'name'>): Actor {
  return { kind: 'person', personId: actorOf(account), name: account.name }
}

/** How an account is named in the audit log. */
export function actorOf({ id }: Pick<ConsoleAccount, 'id'>): string {
  return `web:${id}`
}
