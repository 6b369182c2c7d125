/** The list of documents: the newest version of each, and whether another one is in force meanwhile. */
import { html } from 'hono/html'
import type { DocumentSummary } from '../../domain/document.ts'
import { mayRead } from '../../domain/person.ts'
import { formatDate, isOver, READERSHIP_NAMES, STATUS_NAMES } from '../../http/format-document.ts'
import type { Html } from '../../http/html.ts'
import { consolePage } from '../console-page.ts'
import type { ConsoleRequest } from '../console-request.ts'
import type { ConsoleServices, KnowledgeService } from '../console-services.ts'
import { today } from '../format-moment.ts'

/** More rows than anybody reads; beyond them one searches. */
const MOST_SHOWN = 300

interface Entry {
  readonly newest: DocumentSummary
  readonly current: DocumentSummary | undefined
}

type Tab = readonly [name: string, label: string, holds: (entry: Entry) => boolean]

const EVERYTHING: Tab = ['all', '全部', () => true]
const TABS: readonly Tab[] = [
  EVERYTHING,
  ['in-force', '生效中', ({ current }) => current !== undefined],
  ['draft', '草稿', ({ newest }) => newest.status === 'draft'],
  ['withdrawn', '已撤下', ({ newest, current }) => newest.status === 'withdrawn' && !current],
]

export async function listDocuments(
  request: ConsoleRequest,
  knowledge: KnowledgeService,
): Promise<Response> {
  const { context, services } = request
  const shownTab = TABS.find(([name]) => name === context.req.query('show')) ?? EVERYTHING
  const words = (context.req.query('q') ?? '').trim().slice(0, 100)
  const entries = await readableEntries(request, knowledge)
  const shown = entries.filter(
    (entry) =>
      shownTab[2](entry) &&
      `${entry.newest.metadata.title} ${entry.newest.fileName}`.includes(words),
  )
  const hasSamples = entries.some(({ current }) => current?.metadata.sample)
  const body = html`${toolbar(request, { words, hasSamples })}
<nav class="tabs" aria-label="筛选">${TABS.map(
    ([name, label, holds]) =>
      html`<a href="/console/documents?show=${name}" aria-current="${name === shownTab[0] ? 'true' : 'false'}">${label} ${entries.filter(holds).length}</a>`,
  )}</nav>
${shown.length === 0 ? html`<p class="empty">${words ? `没有标题含「${words}」的文件。` : '这里还没有文件。'}</p>` : table(shown.slice(0, MOST_SHOWN), services)}
${shown.length > MOST_SHOWN && html`<p class="hint">还有 ${shown.length - MOST_SHOWN} 份没有列出，请按标题找。</p>`}`
  return consolePage(request, { title: '知识库', section: '/console/documents', body })
}

async function readableEntries(
  { account }: ConsoleRequest,
  knowledge: KnowledgeService,
): Promise<readonly Entry[]> {
  const [newest, inForce] = await Promise.all([knowledge.list(), knowledge.inForce()])
  const current = new Map(inForce.map((version) => [version.documentId, version]))
  return newest
    .filter(({ metadata }) => mayRead(account.role, metadata.readableBy))
    .map((version) => ({ newest: version, current: current.get(version.documentId) }))
}

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

function table(entries: readonly Entry[], services: ConsoleServices): Html {
  return html`<div class="scroll"><table><thead><tr><th>文件</th><th>地区</th><th>日期</th><th>谁能看</th><th>状态</th></tr></thead><tbody>${entries.map((entry) => row(entry, services))}</tbody></table></div>`
}

function row({ newest, current }: Entry, services: ConsoleServices): Html {
  const { versionId, version, status, metadata, fileName } = newest
  const { jurisdictionCode, issuedOn, readableBy, sample, validity, title } = metadata
  const place = jurisdictionCode && services.placeByCode(jurisdictionCode)?.name
  const meanwhile = current && current.versionId !== versionId
  return html`<tr><td><a href="/console/documents/${encodeURIComponent(versionId)}">${title}</a>${sample && html` <span class="chip">示例</span>`}<small>${fileName} · 第 ${version} 版</small></td>
<td>${place ?? '未写明'}</td><td class="nowrap">${issuedOn ? formatDate(issuedOn) : '没有日期'}</td><td>${READERSHIP_NAMES[readableBy]}</td>
<td><span class="tag tag--${status}">${STATUS_NAMES[status]}</span>${meanwhile && html` <a href="/console/documents/${encodeURIComponent(current.versionId)}" class="jump">第 ${current.version} 版生效中</a>`}${isOver(validity, today(services)) && html` <span class="chip chip--past">时期已过</span>`}</td></tr>`
}
