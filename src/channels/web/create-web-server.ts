/**
 * The web edge: chat, documents, API, health, webhook, console, on one port.
 *
 * `createWebApp` answers requests without a socket; `createWebServer` listens. No module state: two
 * servers can live in one process.
 */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { Hono, type MiddlewareHandler } from 'hono'
import { BotError } from '../../errors.ts'
import { isOwnOrigin, judgeVisit } from '../../http/judge-visit.ts'
import { loadAssets } from '../../http/load-assets.ts'
import { pageHeaders } from '../../http/page-headers.ts'
import { apiRoutes } from './api-routes.ts'
import { chatRoutes } from './chat-routes.ts'
import { documentRoutes } from './document-routes.ts'
import { messagePage } from './message-page.ts'
import { NOT_FOUND, type Problem, problemOf, problemResponse, WRONG_ORIGIN } from './problem.ts'
import {
  addressOf,
  type WebContext,
  type WebEnvironment,
  type WebOptions,
  type WebParts,
} from './web-app.ts'
import type { WebServices } from './web-services.ts'

export interface WebServer {
  /** Resolves when listening; rejects with a BotError when the port cannot be had. */
  start(): Promise<void>
  /** Where it listens, once started: http://127.0.0.1:3000 */
  address(): string
  /** Takes no new requests, waits for those under way at most 5 seconds; may be called twice. */
  stop(): Promise<void>
}

/** Longest wait for requests under way when stopping. */
const STOP_WITHIN_MS = 5000
const WRONG_HOST: Problem = {
  status: 421,
  code: 'wrong_host',
  message: '请用 http://127.0.0.1 或 http://localhost 打开；要用别的网址，请管理员设置 PUBLIC_URL',
}

export function createWebApp(services: WebServices, options: WebOptions): Hono<WebEnvironment> {
  const assets = loadAssets(join(import.meta.dirname, 'assets'), '/assets/')
  const parts: WebParts = { services, options, assets }
  const app = new Hono<WebEnvironment>()
  app.use(pageHeaders({ overTls: options.publicUrl?.startsWith('https:') ?? false }))
  app.use(door(parts))
  app.route('/', apiRoutes(parts))
  app.route('/', chatRoutes(parts))
  app.route('/', documentRoutes(parts))
  app.get(
    '/assets/:name',
    (context) => assets.respond(context.req.param('name')) ?? context.notFound(),
  )
  mountConsole(app, services)
  app.notFound((context) => missing(context, parts, app))
  app.onError((error, context) => failed(error, context, parts))
  return app
}

export function createWebServer(services: WebServices, options: WebOptions): WebServer {
  const app = createWebApp(services, options)
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    serverOptions: { requestTimeout: 30_000, headersTimeout: 10_000 },
  }) as Server
  return {
    start: () => listen(server, options),
    address: () => addressText(server, options.host),
    stop: () => close(server),
  }
}

/** Names the request, tells visitors apart, and refuses what came from a foreign page. */
function door({ options }: WebParts): MiddlewareHandler<WebEnvironment> {
  return async (context, next) => {
    context.set('requestId', crypto.randomUUID())
    const { headers, method } = context.req.raw
    const visit = judgeVisit(headers, options)
    if (visit === 'wrong-host') return problemResponse(WRONG_HOST)
    context.set('visit', visit)
    const changes = method !== 'GET' && method !== 'HEAD'
    const fromPlatform = context.req.path.startsWith('/webhooks/')
    if (changes && !fromPlatform && !isOwnOrigin(headers, options)) {
      return problemResponse(WRONG_ORIGIN)
    }
    return next()
  }
}

function mountConsole(app: Hono<WebEnvironment>, { console: pages }: WebServices): void {
  if (!pages) return
  const respond = (context: WebContext) =>
    pages(context.req.raw, {
      visit: context.get('visit'),
      address: addressOf(context),
      nonce: context.get('secureHeadersNonce') ?? '',
    })
  app.all('/console', respond)
  app.all('/console/*', respond)
}

/** 405 where the address exists for another method, 404 elsewhere; JSON for programs, a page for people. */
function missing(context: WebContext, { assets }: WebParts, app: Hono<WebEnvironment>) {
  const { path, method } = context.req
  const allowed = app.routes
    .filter((route) => route.path === path && route.method !== 'ALL')
    .map((route) => route.method)
  if (allowed.length > 0 && method !== 'HEAD') {
    const allow = [...new Set(allowed)].join(', ')
    const message = `这个地址不支持 ${method}，请用 ${allow}`
    return problemResponse({ status: 405, code: 'method_not_allowed', message }, { allow })
  }
  const isPage = context.req.header('accept')?.includes('text/html') && !path.startsWith('/api/')
  if (!isPage) return problemResponse(NOT_FOUND)
  const nonce = context.get('secureHeadersNonce')
  const page = messagePage({
    nonce,
    assets,
    title: '没有这个页面',
    text: '网址可能写错了，或者页面已经移走。',
  })
  return context.html(page, 404)
}

function failed(error: unknown, context: WebContext, { services, assets }: WebParts) {
  const requestId = context.get('requestId')
  const problem = problemOf(error, { logger: services.logger, requestId })
  const isPage = context.req.header('accept')?.includes('text/html')
  if (!isPage || context.req.path.startsWith('/api/')) return problemResponse(problem)
  const nonce = context.get('secureHeadersNonce')
  const page = messagePage({ nonce, assets, title: '没有办成', text: problem.message })
  return context.html(page, problem.status)
}

function listen(server: Server, { host, port }: WebOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (cause: NodeJS.ErrnoException) => reject(listenFailure(cause, { host, port }))
    server.once('error', onError)
    server.listen(port, host, () => {
      server.off('error', onError)
      resolve()
    })
  })
}

function listenFailure(
  cause: NodeJS.ErrnoException,
  { host, port }: { host: string; port: number },
) {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `端口 ${port} 已被占用：可能已经启动了一个。请先停掉它，或用 PORT 换一个端口`,
    EACCES: `没有权限使用端口 ${port}：请用 PORT 换一个 1024 以上的端口`,
    EADDRNOTAVAIL: `本机没有地址 ${host}：请检查 HOST`,
    ENOTFOUND: `找不到地址 ${host}：请检查 HOST`,
  }
  const message = reasons[cause.code ?? ''] ?? `不能在 ${host}:${port} 上启动网页服务`
  return new BotError('cannot_listen', message, { cause })
}

function addressText(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function close(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve()
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS)
    server.close(() => {
      clearTimeout(cutOff)
      resolve()
    })
    server.closeIdleConnections()
  })
}
