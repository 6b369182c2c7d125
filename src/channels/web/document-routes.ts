/** The documents that answers rest on: `GET /documents`, `GET /documents/:versionId?at=120-180#quote`. */
import { Hono } from 'hono'
import { mayRead } from '../../domain/person.ts'
import type { Span } from '../../domain/span.ts'
import { documentListPage } from './document-list-page.ts'
import { documentPage } from './document-page.ts'
import { messagePage } from './message-page.ts'
import { highestRole, type WebContext, type WebEnvironment, type WebParts } from './web-app.ts'

export function documentRoutes(parts: WebParts): Hono<WebEnvironment> {
  const app = new Hono<WebEnvironment>()
  app.get('/documents', (context) => list(context, parts))
  app.get('/documents/:versionId', (context) => show(context, parts))
  return app
}

async function list(context: WebContext, { services, options, assets }: WebParts) {
  const highest = await highestRole(context, options)
  const documents = (await services.listDocuments()).filter(
    ({ status, metadata }) => status === 'in-force' && mayRead(highest, metadata.readableBy),
  )
  const nonce = context.get('secureHeadersNonce')
  const hasConsole = services.console !== undefined && highest !== 'worker'
  return context.html(documentListPage({ nonce, assets, hasConsole, services, documents }))
}

/**
 * What an answer may have quoted is shown: versions in force and those that were. A draft, a
 * withdrawn one and one this visitor may not read look the same as one that does not exist.
 */
async function show(context: WebContext, { services, options, assets }: WebParts) {
  const nonce = context.get('secureHeadersNonce')
  const version = await services.documentVersion(context.req.param('versionId') ?? '')
  const highest = await highestRole(context, options)
  const readable =
    version !== undefined &&
    (version.status === 'in-force' || version.status === 'superseded') &&
    mayRead(highest, version.metadata.readableBy)
  if (!readable) {
    const text = '没有这份文件，或者它已被撤下、您还不能阅读。'
    return context.html(messagePage({ nonce, assets, title: '找不到这份文件', text }), 404)
  }
  const hasConsole = services.console !== undefined && highest !== 'worker'
  const span = parseSpan(context.req.query('at'))
  const view = context.req.query('view') === 'original' ? 'original' : 'cleaned'
  const page = documentPage({
    nonce,
    assets,
    hasConsole,
    services,
    version,
    view,
    ...(span && { span }),
  })
  return context.html(page, 200, { 'cache-control': 'no-store' })
}

function parseSpan(text: string | undefined): Span | undefined {
  const [, start, end] = text?.match(/^(\d{1,9})-(\d{1,9})$/) ?? []
  if (start === undefined || end === undefined || Number(end) <= Number(start)) return undefined
  return { start: Number(start), end: Number(end) }
}
