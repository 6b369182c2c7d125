/** 知识库: the list of documents, one version with its preview, and the steps of a document's life. */
import { html } from 'hono/html'
import { z } from 'zod'
import type { DocumentStatus, DocumentSummary, DocumentVersion } from '../../domain/document.ts'
import { mayRead } from '../../domain/person.ts'
import { BadInputError } from '../../errors.ts'
import { formatDate, isOver, READERSHIP_NAMES, STATUS_NAMES } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import { consolePage } from '../console-page.ts'
import { actorOf, type ConsoleRequest, type ConsoleRoute } from '../console-request.ts'
import type { ConsoleServices, KnowledgeService } from '../console-services.ts'
import { today } from '../format-moment.ts'
import { parseForm } from '../parse-form.ts'
import { correctMetadata, metadataForm } from './document-metadata.ts'
import { versionView } from './version-view.ts'

const SHOWN: readonly (readonly [string, string, (status: DocumentStatus) => boolean])[] = [
  ['all', '全部', () => true],
  ['in-force', '生效中', (status) => status === 'in-force'],
  ['draft', '草稿', (status) => status === 'draft'],
  ['withdrawn', '已撤下', (status) => status === 'withdrawn'],
]
const documentForm = z.object({ document: z.string().min(1) })

export function documentRoutes(knowledge: KnowledgeService): readonly ConsoleRoute[] {
  const change = (
    path: string,
    run: (request: ConsoleRequest, knowledge: KnowledgeService) => Promise<string>,
  ): ConsoleRoute => ({
    method: 'post',
    path,
    least: 'admin',
    respond: async (request) => request.context.redirect(await run(request, knowledge), 303),
  })
  return [
    {
      method: 'get',
      path: '/documents',
      least: 'cadre',
      respond: (request) => list(request, knowledge),
    },
    {
      method: 'get',
      path: '/documents/:versionId',
      least: 'cadre',
      respond: (request) => show(request, knowledge),
    },
    {
      method: 'get',
      path: '/documents/:versionId/original',
      least: 'admin',
      respond: (request) => download(request, knowledge),
    },
    change('/documents/:versionId/publish', publish),
    change('/documents/:versionId/describe', describe),
    change('/documents/withdraw', withdraw),
    change('/documents/rollback', rollback),
    change('/documents/remove-samples', removeSamples),
  ]
}

async function list(request: ConsoleRequest, knowledge: KnowledgeService): Promise<Response> {
  const { context, account, services } = request
  const show = SHOWN.find(([name]) => name === context.req.query('show')) ?? SHOWN[0]
  const words = (context.req.query('q') ?? '').trim().slice(0, 100)
  const all = (await knowledge.list()).filter(({ metadata }) =>
    mayRead(account.role, metadata.readableBy),
  )
  const shown = all.filter(
    ({ status, metadata, fileName }) =>
      (show?.[2](status) ?? true) && `${metadata.title} ${fileName}`.includes(words),
  )
  const body = html`${toolbar(request, { words, hasSamples: all.some(isLiveSample) })}
<nav class="tabs" aria-label="筛选">${SHOWN.map(
    ([name, label, matches]) =>
      html`<a href="/console/documents?show=${name}" aria-current="${name === show?.[0] ? 'true' : 'false'}">${label} ${all.filter(({ status }) => matches(status)).length}</a>`,
  )}</nav>
${shown.length === 0 ? html`<p class="empty">${words ? `没有标题含「${words}」的文件。` : '这里还没有文件。'}</p>` : table(shown, services)}`
  return consolePage(request, { title: '知识库', section: '/console/documents', body })
}

const isLiveSample = ({ metadata, status }: DocumentSummary) =>
  metadata.sample && status === 'in-force'

function toolbar(
  { account }: ConsoleRequest,
  { words, hasSamples }: { words: string; hasSamples: boolean },
): Html {
  const isAdmin = account.role === 'admin'
  return html`<div class="toolbar">
<form method="get" action="/console/documents" role="search"><input type="search" name="q" value="${words}" placeholder="按标题找" aria-label="按标题找"><button>找</button></form>
${isAdmin && html`<a class="primary" href="/console/documents/upload">上传文件</a>`}
${isAdmin && hasSamples && html`<form method="post" action="/console/documents/remove-samples" data-confirm="移除全部示例资料？移除后只按您的文件回答。"><button>一键移除示例</button></form>`}
</div>`
}

function table(documents: readonly DocumentSummary[], services: ConsoleServices): Html {
  return html`<div class="scroll"><table><thead><tr><th>文件</th><th>地区</th><th>日期</th><th>谁能看</th><th>状态</th></tr></thead><tbody>${documents.map(
    ({ versionId, version, status, metadata, fileName }) => {
      const place =
        metadata.jurisdictionCode && services.placeByCode(metadata.jurisdictionCode)?.name
      return html`<tr><td><a href="/console/documents/${encodeURIComponent(versionId)}">${metadata.title}</a>${metadata.sample && html` <span class="chip">示例</span>`}<small>${fileName} · 第 ${version} 版</small></td>
<td>${place ?? '未写明'}</td><td class="nowrap">${metadata.issuedOn ? formatDate(metadata.issuedOn) : '没有日期'}</td><td>${READERSHIP_NAMES[metadata.readableBy]}</td>
<td class="nowrap"><span class="tag tag--${status}">${STATUS_NAMES[status]}</span>${isOver(metadata.validity, today(services)) && html` <span class="chip chip--past">时期已过</span>`}</td></tr>`
    },
  )}</tbody></table></div>`
}

/** The version of the address, if this account may read it; otherwise as if it did not exist. */
async function readableVersion(
  { context, account }: ConsoleRequest,
  knowledge: KnowledgeService,
): Promise<DocumentVersion> {
  const version = await knowledge.version(context.req.param('versionId') ?? '')
  if (version && mayRead(account.role, version.metadata.readableBy)) return version
  throw new BadInputError('unknown_version', '没有这份文件，或者您还不能看它')
}

async function show(request: ConsoleRequest, knowledge: KnowledgeService): Promise<Response> {
  const version = await readableVersion(request, knowledge)
  const isAdmin = request.account.role === 'admin'
  const [history, review] = await Promise.all([
    knowledge.history(version.documentId),
    version.status === 'draft' ? knowledge.review?.(version.versionId) : undefined,
  ])
  const body = versionView({
    version,
    history: history.filter(({ metadata }) => mayRead(request.account.role, metadata.readableBy)),
    services: request.services,
    mayChange: isAdmin,
    ...(review && { review }),
    ...(isAdmin && { form: metadataForm(version, request.services) }),
    at: request.context.req.query('at') ?? '',
  })
  return consolePage(request, {
    title: version.metadata.title,
    section: '/console/documents',
    body,
  })
}

/** As a download that no browser opens: an uploaded page must not run as one of ours. */
async function download(request: ConsoleRequest, knowledge: KnowledgeService): Promise<Response> {
  const { fileName, contentHash } = await readableVersion(request, knowledge)
  const bytes = await knowledge.original(contentHash)
  if (!bytes) throw new BadInputError('no_original', '原件没有保存，只有读出来的文字')
  const name = fileName.split(/[/\\]/).at(-1) ?? 'document'
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
    },
  })
}

async function publish(request: ConsoleRequest, knowledge: KnowledgeService): Promise<string> {
  const { versionId } = await readableVersion(request, knowledge)
  await knowledge.publish(versionId, actorOf(request.account))
  return `/console/documents/${encodeURIComponent(versionId)}?done=published`
}

async function describe(request: ConsoleRequest, knowledge: KnowledgeService): Promise<string> {
  const version = await readableVersion(request, knowledge)
  const fields = new URLSearchParams(await request.context.req.text())
  const metadata = correctMetadata(version.metadata, fields, request.services)
  await knowledge.setMetadata(version.versionId, metadata, actorOf(request.account))
  return `/console/documents/${encodeURIComponent(version.versionId)}?done=saved`
}

const documentOf = async ({ context }: ConsoleRequest) =>
  parseForm(documentForm, new URLSearchParams(await context.req.text())).document

async function withdraw(request: ConsoleRequest, knowledge: KnowledgeService): Promise<string> {
  await knowledge.withdraw(await documentOf(request), actorOf(request.account))
  return '/console/documents?done=withdrawn'
}

async function rollback(request: ConsoleRequest, knowledge: KnowledgeService): Promise<string> {
  await knowledge.rollback(await documentOf(request), actorOf(request.account))
  return '/console/documents?done=rolled-back'
}

async function removeSamples(
  request: ConsoleRequest,
  knowledge: KnowledgeService,
): Promise<string> {
  await knowledge.removeSamples(actorOf(request.account))
  return '/console/documents?done=samples-removed'
}
