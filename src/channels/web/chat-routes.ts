/**
 * The chat: `GET /` the page, `POST /` the page with an answer (works without JavaScript),
 * `POST /chat/answer` the answer alone, which the page's script puts under the question.
 */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { BadInputError } from '../../errors.ts'
import type { Html } from '../../http/html.ts'
import { limitRate, type RateLimit } from '../../http/limit-rate.ts'
import { answerView, failureView } from './answer-view.ts'
import { answerSignal } from './api-routes.ts'
import { type ChatForm, emptyForm, parseChatForm, parseFeedback } from './chat-form.ts'
import { chatPage, thanksPage } from './chat-page.ts'
import { parseAsk } from './parse-ask.ts'
import { type Problem, problemOf, problemResponse, TOO_LARGE } from './problem.ts'
import {
  addressOf,
  highestRole,
  lesserRole,
  type WebContext,
  type WebEnvironment,
  type WebParts,
} from './web-app.ts'

const LARGEST_FORM = 512 * 1024
/** A person types a few questions a minute; a whole office may share one address. */
const QUESTIONS_PER_MINUTE = 60

/** A question and what came of it, ready to be shown. */
interface Turn {
  readonly status: 200 | Problem['status']
  readonly view: Html
}

type ChatParts = WebParts & { readonly limit: RateLimit }

export function chatRoutes(parts: WebParts): Hono<WebEnvironment> {
  const app = new Hono<WebEnvironment>()
  const perMinute = parts.options.questionsPerMinute ?? QUESTIONS_PER_MINUTE
  const chat = { ...parts, limit: limitRate(perMinute, () => performance.now()) }
  const formLimit = bodyLimit({ maxSize: LARGEST_FORM, onError: () => problemResponse(TOO_LARGE) })
  app.get('/', (context) => respondPage(context, parts, { form: emptyForm }))
  app.post('/', formLimit, async (context) => {
    const form = parseChatForm(await context.req.text())
    return respondPage(context, parts, { form, turn: await answerForm(context, form, chat) })
  })
  app.post('/chat/answer', formLimit, async (context) => {
    const { view, status } = await answerForm(
      context,
      parseChatForm(await context.req.text()),
      chat,
    )
    return context.html(view, status, { 'cache-control': 'no-store' })
  })
  mountFeedback(app, chat)
  mountSampleRemoval(app, parts)
  return app
}

async function respondPage(
  context: WebContext,
  { services, options, assets }: WebParts,
  { form, turn }: { form: ChatForm; turn?: Turn },
): Promise<Response> {
  const highest = await highestRole(context, options)
  const documents = await services.listDocuments()
  const hasSamples = documents.some(
    ({ status, metadata }) => metadata.sample && status === 'in-force',
  )
  const page = chatPage({
    nonce: context.get('secureHeadersNonce'),
    assets,
    services,
    highest,
    form,
    hasSamples,
    samplesRemoved: context.req.query('samples') === 'removed',
    ...(turn && { answer: turn.view }),
  })
  return context.html(page, turn?.status ?? 200, { 'cache-control': 'no-store' })
}

/** Never rejects: what goes wrong is a turn too. */
async function answerForm(context: WebContext, form: ChatForm, parts: ChatParts): Promise<Turn> {
  const { services, options } = parts
  try {
    const wait = context.get('visit') === 'local' ? 0 : parts.limit.take(addressOf(context))
    if (wait > 0) return tooFast(wait)
    const { query, asOf } = parseAsk(form.ask, services)
    const highest = await highestRole(context, options)
    const role = lesserRole(query.role, highest)
    const id = context.get('requestId')
    const request = { id, from: 'chat' as const, query: { ...query, role }, ...(asOf && { asOf }) }
    const reply = await services.ask(request, answerSignal(context))
    const canVote = services.recordFeedback !== undefined
    return { status: 200, view: answerView({ id, reply, canVote }) }
  } catch (error) {
    const { logger } = services
    const problem = problemOf(error, { logger, requestId: context.get('requestId') })
    return { status: problem.status, view: failureView(problem.message) }
  }
}

function tooFast(wait: number): Turn {
  return { status: 429, view: failureView(`问得太快了，请 ${wait} 秒后再问`) }
}

function mountFeedback(app: Hono<WebEnvironment>, parts: ChatParts): void {
  const { recordFeedback } = parts.services
  if (!recordFeedback) return
  app.post('/feedback', bodyLimit({ maxSize: 4096 }), async (context) => {
    const local = context.get('visit') === 'local'
    if (!local && parts.limit.take(addressOf(context)) > 0) {
      throw new BadInputError('too_fast', '操作太快了，请过一会儿再试')
    }
    await recordFeedback(parseFeedback(await context.req.text()))
    const nonce = context.get('secureHeadersNonce')
    return context.html(thanksPage({ nonce, assets: parts.assets }))
  })
}

function mountSampleRemoval(app: Hono<WebEnvironment>, { services, options }: WebParts): void {
  const { removeSamples } = services
  if (!removeSamples) return
  app.post('/samples/remove', async (context) => {
    if ((await highestRole(context, options)) !== 'admin') {
      return problemResponse({ status: 403, code: 'admin_only', message: '只有管理员可以移除示例' })
    }
    await removeSamples()
    return context.redirect('/?samples=removed', 303)
  })
}
