/**
 * The console: the pages below /console, for cadres and admins.
 *
 * Every page is a row of one table with the least privileged role that may use it; the guard stands
 * in one place, before all of them. The web server around it has refused foreign origins already
 * and sets the headers.
 */
import { join } from 'node:path'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import type { Role } from '../domain/person.ts'
import { BadInputError } from '../errors.ts'
import { loadAssets } from '../http/load-assets.ts'
import { hasRole } from './console-menu.ts'
import { consolePage, entryPage } from './console-page.ts'
import type {
  ConsoleEnvironment,
  ConsoleParts,
  ConsoleRequest,
  ConsoleRoute,
  Visitor,
} from './console-request.ts'
import type { ConsoleServices } from './console-services.ts'
import { entryRoutes } from './entry-routes.ts'
import { manageAccess } from './manage-access.ts'
import { accountRoutes } from './pages/account-pages.ts'
import { auditRoutes } from './pages/audit-page.ts'
import { backupRoutes } from './pages/backup-page.ts'
import { channelRoutes } from './pages/channels-page.ts'
import { deliveryRoutes } from './pages/deliveries-page.ts'
import { documentRoutes } from './pages/document-pages.ts'
import { overviewRoutes } from './pages/overview-page.ts'
import { peopleRoutes } from './pages/people-page.ts'
import { pinnedRoutes } from './pages/pinned-page.ts'
import { questionRoutes } from './pages/questions-page.ts'
import { sandboxRoutes } from './pages/sandbox-page.ts'
import { taskRoutes } from './pages/task-pages.ts'
import { taskReviewRoutes } from './pages/task-review-page.ts'
import { uploadRoutes } from './pages/upload-page.ts'
import { PASSWORD_COST, type PasswordCost } from './password.ts'
import { sessionToken, sessionTokenOf } from './session-cookie.ts'

/** The largest file that ingestion takes, and room for the form around it. */
const LARGEST_UPLOAD = 51 * 1024 * 1024
/** Everything else, which strangers may send too: signing in. */
const LARGEST_FORM = 1024 * 1024

export interface Console {
  respond(request: Request, visitor: Visitor): Promise<Response>
  /** The role of a signed-in visitor, for the pages outside the console. */
  identify(headers: Headers): Promise<Role | undefined>
  /** The path that sets up the first admin, good for 15 minutes and once; undefined when there is one. */
  setupPath(): Promise<string | undefined>
}

export function createConsole(
  services: ConsoleServices,
  options: { readonly publicUrl?: string; readonly passwordCost?: PasswordCost } = {},
): Console {
  const access = manageAccess(services.accounts, {
    clock: services.clock,
    passwordCost: options.passwordCost ?? PASSWORD_COST,
    change: services.changeAccounts,
  })
  const parts: ConsoleParts = {
    services,
    access,
    assets: loadAssets(join(import.meta.dirname, 'assets'), '/console/assets/'),
    publicUrl: options.publicUrl,
    secureCookies: options.publicUrl?.startsWith('https:') ?? false,
  }
  const app = consoleApp(parts)
  return {
    respond: async (request, visitor) => app.fetch(request, { visitor }),
    identify: async (headers) => (await access.accountOf(sessionTokenOf(headers)))?.role,
    setupPath: async () => {
      if (await access.isClaimed()) return undefined
      await services.accounts.prune(services.clock.now().subtract({ hours: 24 }))
      return `/console/setup?code=${await access.invite('admin', 'first-start')}`
    },
  }
}

/** All addresses with their roles; a part whose service is missing has none. */
export function consoleRoutes(services: ConsoleServices): readonly ConsoleRoute[] {
  return [
    ...overviewRoutes(),
    ...accountRoutes(),
    ...(services.knowledge
      ? [...uploadRoutes(services.knowledge), ...documentRoutes(services.knowledge)]
      : []),
    ...(services.pinned ? pinnedRoutes(services.pinned) : []),
    ...(services.tasks ? [...taskReviewRoutes(services.tasks), ...taskRoutes(services.tasks)] : []),
    ...(services.people ? peopleRoutes(services.people) : []),
    ...(services.deliveries ? deliveryRoutes(services.deliveries) : []),
    ...(services.sandbox ? sandboxRoutes(services.sandbox) : []),
    ...(services.questions ? questionRoutes(services.questions) : []),
    ...(services.channels ? channelRoutes(services.channels) : []),
    ...(services.audit ? auditRoutes(services.audit) : []),
    ...(services.backup ? backupRoutes(services.backup) : []),
  ]
}

function consoleApp(parts: ConsoleParts): Hono<ConsoleEnvironment> {
  const app = new Hono<ConsoleEnvironment>({ strict: false }).basePath('/console')
  const uploads = bodyLimit({ maxSize: LARGEST_UPLOAD, onError: () => tooLarge('50 MB') })
  const forms = bodyLimit({ maxSize: LARGEST_FORM, onError: () => tooLarge('1 MB') })
  app.use((context, next) =>
    (context.req.path === '/console/documents/upload' ? uploads : forms)(context, next),
  )
  app.get(
    '/assets/:name',
    (context) => parts.assets.respond(context.req.param('name')) ?? context.notFound(),
  )
  app.route('/', entryRoutes(parts))
  for (const route of consoleRoutes(parts.services)) {
    app.on(route.method, route.path, (context) => guarded(context, parts, route))
  }
  app.notFound((context) => missing(context, parts))
  app.onError((error, context) => failed(error, context, parts))
  return app
}

async function guarded(
  context: Context<ConsoleEnvironment>,
  parts: ConsoleParts,
  route: ConsoleRoute,
): Promise<Response> {
  const account = await parts.access.accountOf(sessionToken(context))
  if (!account) return toSignIn(context, route.method)
  const request: ConsoleRequest = { ...parts, context, account }
  if (hasRole(account.role, route.least)) return await respond(request, route)
  const body = html`<p>这一页要「${route.least === 'admin' ? '管理员' : '工会干部'}」才能看。需要的话，请管理员调整您的身份。</p>`
  return consolePage(request, { title: '没有权限', section: '', body, status: 403 })
}

/** What the person did wrong is said on a page of the console; our own faults go up to `failed`. */
async function respond(request: ConsoleRequest, route: ConsoleRoute): Promise<Response> {
  try {
    return await route.respond(request)
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error
    const back = request.context.req.header('referer')
    const body = html`<p><a href="${ownReferer(back)}">返回上一页</a></p>`
    const flash = { tone: 'failed' as const, text: error.message }
    return consolePage(request, { title: '没有办成', section: '', body, flash, status: 400 })
  }
}

function ownReferer(referer: string | undefined): string {
  const path = referer && URL.canParse(referer) ? new URL(referer).pathname : ''
  return path.startsWith('/console') ? path : '/console'
}

/** Back to where one wanted to go, but only by reading: a change is not repeated after signing in. */
function toSignIn(context: Context<ConsoleEnvironment>, method: ConsoleRoute['method']) {
  const next = method === 'get' ? `?next=${encodeURIComponent(context.req.path)}` : ''
  return context.redirect(`/console/sign-in${next}`, method === 'get' ? 302 : 303)
}

async function missing(context: Context<ConsoleEnvironment>, parts: ConsoleParts) {
  const account = await parts.access.accountOf(sessionToken(context))
  if (!account) return toSignIn(context, 'get')
  const body = html`<p>网址可能写错了，或者它已经不在了。<a href="/console">回到总览</a></p>`
  return consolePage(
    { ...parts, context, account },
    { title: '没有这一页', section: '', body, status: 404 },
  )
}

function failed(error: unknown, context: Context<ConsoleEnvironment>, parts: ConsoleParts) {
  const number = crypto.randomUUID().slice(0, 8)
  parts.services.logger.error('console_failed', { number, path: context.req.path, error })
  const { nonce } = context.env.visitor
  const body = html`<p>系统出了点问题（编号 ${number}）。请稍后再试；一直这样请查看日志或运行 doctor。</p><p><a href="/console">回到总览</a></p>`
  return context.html(entryPage(parts, { title: '没有办成', nonce, body }), 500)
}

function tooLarge(most: string): Response {
  return new Response(`内容太大：最多 ${most}。请拆分后再提交。`, {
    status: 413,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}
