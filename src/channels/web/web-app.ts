/** What every group of routes is given: the services, the door, and the files of the pages. */
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { ROLES, type Role } from '../../domain/person.ts'
import type { DoorOptions, Visit } from '../../http/judge-visit.ts'
import type { Assets } from '../../http/load-assets.ts'
import type { WebServices } from './web-services.ts'

export interface WebEnvironment {
  Bindings: Partial<HttpBindings>
  Variables: {
    secureHeadersNonce?: string
    requestId: string
    visit: Exclude<Visit, 'wrong-host'>
  }
}

export type WebContext = Context<WebEnvironment>

export interface WebOptions extends DoorOptions {
  readonly port: number
  /** Opens /api to visitors from outside; without it they are refused. */
  readonly apiToken?: string
  /** The role of a signed-in visitor from outside; undefined for strangers, who are workers. */
  identify?(headers: Headers): Promise<Role | undefined>
  /** Questions a minute that one address from outside may ask. */
  readonly questionsPerMinute?: number
}

export interface WebParts {
  readonly services: WebServices
  readonly options: WebOptions
  readonly assets: Assets
}

/** The most a visitor may say to be: anything here, and outside what the session says. */
export async function highestRole(context: WebContext, options: WebOptions): Promise<Role> {
  if (context.get('visit') === 'local') return 'admin'
  return (await options.identify?.(context.req.raw.headers)) ?? 'worker'
}

export function lesserRole(a: Role, b: Role): Role {
  return ROLES.indexOf(a) < ROLES.indexOf(b) ? a : b
}

/** Where a request comes from; behind a proxy on this machine, what the proxy says. */
export function addressOf(context: WebContext): string {
  const remote = context.env?.incoming?.socket.remoteAddress ?? 'unknown'
  const forwarded = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return /^(127\.|::1$|::ffff:127\.)/.test(remote) && forwarded ? forwarded : remote
}
