/** What programs talk to: /api/ask, /health, /metrics, /openapi.json, and the webhook of Feishu. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { askJson } from './ask-json.ts'
import { openapiDocument } from './openapi-document.ts'
import { parseAsk, parseJsonBody } from './parse-ask.ts'
import { type Problem, problemResponse, TOO_LARGE } from './problem.ts'
import type { WebContext, WebEnvironment, WebParts } from './web-app.ts'

/** Room for a question of 20,000 escaped characters, which is refused with a sentence of its own. */
const LARGEST_BODY = 256 * 1024
/** Longer than a model may take (20 s), shorter than what proxies cut off at (30–60 s). */
const LONGEST_ANSWER_MS = 28_000

export function apiRoutes(parts: WebParts): Hono<WebEnvironment> {
  const app = new Hono<WebEnvironment>()
  app.use('/api/*', async (context, next) => refuseStranger(context, parts) ?? next())
  app.use('/api/*', bodyLimit({ maxSize: LARGEST_BODY, onError: () => problemResponse(TOO_LARGE) }))
  app.post('/api/ask', (context) => ask(context, parts))
  app.get('/openapi.json', (context) => context.json(openapiDocument(parts.options.publicUrl)))
  app.get('/health/live', (context) => context.json({ status: 'ok' }))
  for (const path of ['/health', '/health/ready']) {
    app.get(path, (context) => ready(context, parts))
  }
  mountOptional(app, parts)
  return app
}

async function ask(context: WebContext, { services }: WebParts): Promise<Response> {
  const input = parseJsonBody(new Uint8Array(await context.req.arrayBuffer()))
  const { id, query, asOf } = parseAsk(input, services)
  const answerId = String(id ?? context.get('requestId'))
  const request = { id: answerId, from: 'api' as const, query, ...(asOf && { asOf }) }
  const reply = await services.ask(request, answerSignal(context))
  return context.json(askJson(id ?? answerId, reply), 200, { 'cache-control': 'no-store' })
}

/** Ends when the caller hangs up or has waited too long. */
export function answerSignal(context: WebContext): AbortSignal {
  return AbortSignal.any([context.req.raw.signal, AbortSignal.timeout(LONGEST_ANSWER_MS)])
}

/** Strangers see whether it is ready, and not of what it is made. */
async function ready(context: WebContext, { services, options }: WebParts): Promise<Response> {
  const report = await services.health()
  const status = report.ready ? 'ready' : 'not-ready'
  const trusted = context.get('visit') === 'local' || hasToken(context, options.apiToken)
  const body = trusted ? { status, checks: report.checks } : { status }
  return context.json(body, report.ready ? 200 : 503, { 'cache-control': 'no-store' })
}

function mountOptional(app: Hono<WebEnvironment>, parts: WebParts): void {
  const { metrics, feishuWebhook } = parts.services
  if (metrics) {
    app.get('/metrics', async (context) => {
      const refused = refuseStranger(context, parts)
      if (refused) return refused
      const { contentType, text } = await metrics()
      return context.body(text, 200, { 'content-type': contentType, 'cache-control': 'no-store' })
    })
  }
  if (feishuWebhook) app.post('/webhooks/feishu', (context) => feishuWebhook(context.req.raw))
}

function refuseStranger(context: WebContext, { options }: WebParts): Response | undefined {
  if (context.get('visit') === 'local' || hasToken(context, options.apiToken)) return undefined
  const message =
    options.apiToken === undefined
      ? '接口没有对外开放。管理员设置 API_TOKEN 后，用 Authorization: Bearer 令牌 访问'
      : '需要令牌：请在请求头加 Authorization: Bearer 令牌（管理员设置的 API_TOKEN）'
  const problem: Problem = { status: 401, code: 'token_required', message }
  return problemResponse(problem, { 'www-authenticate': 'Bearer realm="niangjiaren"' })
}

function hasToken(context: WebContext, token: string | undefined): boolean {
  const given = context.req.header('authorization')?.match(/^Bearer\s+(\S+)$/i)?.[1]
  if (token === undefined || given === undefined) return false
  return timingSafeEqual(digest(given), digest(token))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
